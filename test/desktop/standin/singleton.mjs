import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Electron's lock for a single instance: one owner for each user-data folder. A later start passes on its arguments and
 * data, and learns that it is not the first.
 */
export class Singleton {
  constructor(folder) {
    this.folder = folder
    this.lock = join(folder, 'standin-lock')
    this.held = false
  }

  /** Takes the lock. Calls `heard(message)` for every later start. Returns whether this one is the first. */
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
