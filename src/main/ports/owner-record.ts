import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PortError, systemErrorCode } from './port-error.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { identityOf, isAlive, type ProcessIdentity } from '../host/process-identity.ts'

/** Who published a link, and where it pointed. Kept beside the link, because a link itself carries no owner. */
export interface OwnerRecord extends ProcessIdentity {
  readonly link: string
  /** The pty it points to and, while it is being moved, the one before. */
  readonly targets: readonly string[]
}

/**
 * The record of one link in `FOLDER/links`. Holding it is holding the link's name: two simulators that start at the
 * same moment with the same name cannot both have it.
 */
export class OwnerRecordFile {
  readonly #file: string
  readonly #link: string
  #record: OwnerRecord | null = null

  constructor(folder: string, link: string) {
    const records = join(folder, 'links')
    mkdirSync(records, { recursive: true, mode: 0o700 })
    this.#link = link
    this.#file = join(records, `${createHash('sha256').update(link).digest('hex').slice(0, 32)}.json`)
  }

  /** Takes the name; answers the dead owner's record when there was one. Throws a `PortError` naming a living owner. */
  take(): OwnerRecord | null {
    const mine: OwnerRecord = { ...identityOf(process.pid), link: this.#link, targets: [] }
    let dead: OwnerRecord | null = null
    // Twice at most: once onto a dead owner's record, once more after that has been put aside.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      try {
        writeFileSync(this.#file, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
        this.#record = mine
        return dead
      } catch (error) {
        if (systemErrorCode(error) !== 'EEXIST') throw error
      }
      dead = this.#putAsideDead() ?? dead
    }
    throw new PortError(
      'link-taken',
      `${this.#link} is being taken by another simulator that started at the same moment; start again with another --link PATH.`
    )
  }

  /** Notes where the link points, or is about to. Throws a `PortError` when the folder was replaced and another one has the name. */
  update(targets: readonly string[]): void {
    if (!this.#record) return
    const found = readRecord(this.#file)
    if (found && !this.#isMine(found)) this.#refuseLiving(found)
    this.#record = { ...this.#record, targets }
    const temporary = `${this.#file}.${process.pid}.tmp`
    writeFileSync(temporary, JSON.stringify(this.#record), { mode: 0o600 })
    renameSync(temporary, this.#file)
  }

  /** Gives the name back. */
  release(): void {
    const found = this.#record && readRecord(this.#file)
    if (found && this.#isMine(found)) rmSync(this.#file, { force: true })
    this.#record = null
  }

  /** The folder may have been moved away and made anew: then the record there is another simulator's. */
  #isMine({ pid, startTime }: OwnerRecord): boolean {
    return pid === this.#record?.pid && startTime === this.#record.startTime
  }

  /** Moves a dead owner's record out of the way. What is moved is read once more: it may be new by then. */
  #putAsideDead(): OwnerRecord | null {
    this.#refuseLiving(readRecord(this.#file))
    const aside = `${this.#file}.${process.pid}.dead`
    try {
      renameSync(this.#file, aside)
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return null
      throw error
    }
    const moved = readRecord(aside)
    try {
      this.#refuseLiving(moved)
    } catch (error) {
      renameSync(aside, this.#file)
      throw error
    }
    rmSync(aside, { force: true })
    return moved
  }

  #refuseLiving(record: OwnerRecord | null): void {
    if (!record || !isAlive(record)) return
    throw new PortError(
      'link-taken',
      `${this.#link} is in use by a running simulator (pid ${record.pid}); stop it or choose another --link PATH.`
    )
  }
}

/** A record has some hundred. */
const MAX_BYTES = 65_536

/** Null when there is none, or none that can be read: a half-written record protects nobody. */
function readRecord(file: string): OwnerRecord | null {
  try {
    const record = JSON.parse(readRegularFile(file, MAX_BYTES).toString('utf8')) as Partial<OwnerRecord>
    const { pid, startTime, link, targets } = record
    if (typeof pid !== 'number' || typeof link !== 'string' || !Array.isArray(targets)) return null
    return {
      pid,
      startTime: typeof startTime === 'string' ? startTime : null,
      link,
      targets: targets.filter((target) => typeof target === 'string')
    }
  } catch {
    return null
  }
}
