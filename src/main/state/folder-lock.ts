import { closeSync, fstatSync, lstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { makePrivate, OWNER_ONLY } from '../host/private-file.ts'
import { identityOf, isAlive, type ProcessIdentity } from '../host/process-identity.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { StateError } from './state-error.ts'

/**
 * The file `lock` in a state folder, which says who owns the folder. A folder that is moved takes its lock along, so
 * the owner can tell whether the folder at its path is still the same.
 */
export class FolderLock {
  readonly #folder: string
  readonly #content = JSON.stringify(identityOf(process.pid))
  readonly #folderIdentity: string
  #fileIdentity: string

  private constructor(folder: string) {
    this.#folder = folder
    this.#folderIdentity = identityAt(folder)
    this.#fileIdentity = this.#make()
  }

  /** Takes the folder, which must exist. Throws a StateError when another process has it. */
  static take(folder: string): FolderLock {
    // Two attempts: a killed process may have left a lock, which is moved away.
    for (let tries = 0; tries < 2; tries += 1) {
      try {
        return new FolderLock(folder)
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error
        putAsideDead(folder)
      }
    }
    throw new StateError(`Another process is just locking the state folder ${folder}.`)
  }

  /**
   * Returns whether the folder at the path is still the one that was taken, and no other process has it. A deleted lock
   * is made again.
   */
  isHeld(): boolean {
    try {
      if (identityAt(this.#folder) !== this.#folderIdentity) return false
      if (lstatSync(fileIn(this.#folder), { throwIfNoEntry: false }) === undefined) {
        this.#fileIdentity = this.#make()
        return true
      }
      return identityAt(fileIn(this.#folder)) === this.#fileIdentity && readLock(this.#folder) === this.#content
    } catch {
      return false
    }
  }

  /** Releases the folder. Returns whether it was still held. The lock of another process stays. */
  release(): boolean {
    const held = this.isHeld()
    if (held) rmSync(fileIn(this.#folder), { force: true })
    return held
  }

  /** Makes the lock and returns its identity. Throws EEXIST when there is one. */
  #make(): string {
    const file = openSync(fileIn(this.#folder), 'wx', OWNER_ONLY)
    try {
      makePrivate(file)
      writeSync(file, this.#content)
      return identity(fstatSync(file, { bigint: true }))
    } finally {
      closeSync(file)
    }
  }
}

/** A lock has some fifty bytes. */
const MAX_LOCK_BYTES = 4096

const fileIn = (folder: string): string => join(folder, 'lock')

function identityAt(path: string): string {
  return identity(statSync(path, { bigint: true }))
}

function identity({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`
}

function readLock(folder: string): string {
  return readRegularFile(fileIn(folder), MAX_LOCK_BYTES).toString('utf8')
}

/**
 * Moves the lock of a dead owner away. It is read again afterwards, since another process may have taken the folder
 * meanwhile.
 */
function putAsideDead(folder: string): void {
  const file = fileIn(folder)
  refuseLiving(folder, file)
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  try {
    refuseLiving(folder, aside)
  } catch (error) {
    renameSync(aside, file)
    throw error
  }
  rmSync(aside, { force: true })
}

/** Throws a StateError when the owner is alive, or when no simulator wrote the file. */
function refuseLiving(folder: string, file: string): void {
  let text: string
  try {
    text = readRegularFile(file, MAX_LOCK_BYTES).toString('utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw new StateError(
      `The state folder ${folder} cannot be used: its lock cannot be read, because ${fileReason(error)}.`
    )
  }
  const owner = lockOwner(text)
  if (owner && isAlive(owner)) throw new StateError(`The state folder ${folder} is in use by the process ${owner.pid}.`)
  if (!owner && !isHalfWritten(text))
    throw new StateError(`The state folder ${folder} cannot be used: its file lock was not written by a simulator.`)
}

/** Returns the owner, or `null` when the text names no process. An incomplete lock does not count. */
function lockOwner(text: string): ProcessIdentity | null {
  try {
    const { pid, startTime } = JSON.parse(text) as Partial<ProcessIdentity>
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return null
    return { pid, startTime: typeof startTime === 'string' ? startTime : null }
  } catch {
    return null
  }
}

/** Returns whether the text may be an incomplete lock, of a simulator that was killed while writing it. */
function isHalfWritten(text: string): boolean {
  return LOCK_START.startsWith(text.slice(0, LOCK_START.length))
}

const LOCK_START = '{"pid":'

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
