import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identityOf, isAlive, type ProcessIdentity } from '../host/process-identity.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { PortError, systemErrorCode } from './port-error.ts'

/** Who published a link and where it pointed. Stored in a file, because a link has no room for it. */
export interface OwnerRecord extends ProcessIdentity {
  readonly link: string
  /** The pty that it points to and, while the link is moved, the one before. */
  readonly targets: readonly string[]
}

/**
 * The owner record of one link, in `FOLDER/links`. Only one process can hold it, so that two simulators cannot both
 * take the same link.
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

  /**
   * Takes the record. Returns the record of a dead owner if there was one. Throws a `PortError` that names a living
   * owner.
   */
  take(): OwnerRecord | null {
    const mine: OwnerRecord = { ...identityOf(process.pid), link: this.#link, targets: [] }
    let dead: OwnerRecord | null = null
    // Two attempts: one may find the record of a dead owner, which is then moved away.
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

  /**
   * Records the target of the link before it changes. Throws a `PortError` when the folder was replaced and another
   * process took the link.
   */
  update(targets: readonly string[]): void {
    if (!this.#record) return
    const found = readRecord(this.#file)
    if (found && !this.#isMine(found)) this.#refuseLiving(found)
    this.#record = { ...this.#record, targets }
    const temporary = `${this.#file}.${process.pid}.tmp`
    writeFileSync(temporary, JSON.stringify(this.#record), { mode: 0o600 })
    renameSync(temporary, this.#file)
  }

  /** Releases the record. */
  release(): void {
    const found = this.#record && readRecord(this.#file)
    if (found && this.#isMine(found)) rmSync(this.#file, { force: true })
    this.#record = null
  }

  /**
   * Returns whether a record is this process's. The folder may have been replaced: then it may be another simulator's.
   */
  #isMine({ pid, startTime }: OwnerRecord): boolean {
    return pid === this.#record?.pid && startTime === this.#record.startTime
  }

  /** Moves the record of a dead owner away. It is read again afterwards, since it may have been replaced meanwhile. */
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

/** All records in a folder that can be read, of simulators that run and of those that ended without giving their links back. */
export function readOwnerRecords(folder: string): readonly OwnerRecord[] {
  const records = join(folder, 'links')
  let names: readonly string[]
  try {
    names = readdirSync(records)
  } catch {
    return []
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => readRecord(join(records, name)))
    .filter((record) => record !== null)
}

/** A record has some hundred bytes. */
const MAX_BYTES = 65_536

/** Returns `null` when there is no readable record. An incomplete one does not count. */
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
