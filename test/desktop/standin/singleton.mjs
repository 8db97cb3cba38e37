import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The lock of a single instance, as Electron has it: one holder for each user-data folder; a later start hands over its
 * arguments and what else it says, and is told that it is not the first.
 */
export class Singleton {
  constructor(folder) {
    this.folder = folder
    this.lock = join(folder, 'standin-lock')
    this.held = false
  }

  /** `heard(message)` is called for every later start. Answers whether this one is the first. */
  request(message, heard) {
    mkdirSync(this.folder, { recursive: true })
    for (;;) {
      try {
        writeFileSync(this.lock, String(process.pid), { flag: 'wx' })
        break
      } catch {
        if (this.holderLives()) {
          this.tellHolder(message)
          return false
        }
        rmSync(this.lock, { force: true })
      }
    }
    this.held = true
    this.watcher = watch(this.folder, () => this.hear(heard))
    this.watcher.unref()
    return true
  }

  release() {
    if (!this.held) return
    this.held = false
    this.watcher.close()
    rmSync(this.lock, { force: true })
  }

  holderLives() {
    try {
      return process.kill(Number(readFileSync(this.lock, 'utf8')), 0)
    } catch {
      return false
    }
  }

  tellHolder(message) {
    const file = join(this.folder, `standin-second-${process.pid}`)
    writeFileSync(`${file}.new`, JSON.stringify(message))
    renameSync(`${file}.new`, `${file}.json`)
  }

  hear(heard) {
    for (const name of readdirSync(this.folder).filter((one) => /^standin-second-\d+\.json$/.test(one))) {
      const message = JSON.parse(readFileSync(join(this.folder, name), 'utf8'))
      rmSync(join(this.folder, name), { force: true })
      heard(message)
    }
  }
}
