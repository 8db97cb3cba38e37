import { closeSync, fstatSync, lstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { makePrivate, OWNER_ONLY } from '../host/private-file.ts'
import { identityOf, isAlive, type ProcessIdentity } from '../host/process-identity.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { StateError } from './state-error.ts'

/**
 * The file `lock` in a state folder: whose the folder is. A folder that is moved away takes its lock along, so the holder can tell
 * whether the folder at its path is still the one that it took.
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

  /** Takes the folder, which must exist. Throws a StateError, in one sentence, when somebody else has it. */
  static take(folder: string): FolderLock {
    // A lock may be left by a process that was killed: two tries, the second after it was put aside.
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
   * Whether the folder at the path is still the one that was taken, by nobody else since. A lock that somebody cleared away, out of
   * the very folder, is made anew.
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

  /** Gives the folder back; returns whether it was still held. Somebody else's lock stays. */
  release(): boolean {
    const held = this.isHeld()
    if (held) rmSync(fileIn(this.#folder), { force: true })
    return held
  }

  /** Returns the identity of the new file. Throws EEXIST when there is one. */
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

/** A lock has some fifty. */
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

/** Moves a dead owner's lock away. What was moved is read once more: another process may have taken the folder by then. */
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

/** Throws a StateError when the owner lives, or when the file is none that a simulator wrote: that is somebody's and stays. */
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

/** `null` when the text names no process: a half-written lock protects nobody. */
function lockOwner(text: string): ProcessIdentity | null {
  try {
    const { pid, startTime } = JSON.parse(text) as Partial<ProcessIdentity>
    if (typeof pid !== 'number' || !Number.isInteger(pid) || pid < 1) return null
    return { pid, startTime: typeof startTime === 'string' ? startTime : null }
  } catch {
    return null
  }
}

/** Whether a simulator may have been killed while it wrote this. */
function isHalfWritten(text: string): boolean {
  return LOCK_START.startsWith(text.slice(0, LOCK_START.length))
}

const LOCK_START = '{"pid":'

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
