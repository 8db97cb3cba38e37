import { existsSync, lstatSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { OwnerRecordFile } from './owner-record.ts'
import { fileReason } from '../host/file-reason.ts'
import { PortError } from './port-error.ts'
import { runtimeFolder } from './runtime-folder.ts'

/**
 * The stable name of a pty: a symbolic link, because `/dev/pts/N` changes whenever the pair is made anew.
 *
 * A dead or own old link at its path is replaced, anything else there is a `PortError` ('link-taken'). "Own" is known
 * from an owner record in the runtime folder and not from the target: after a kill -9 somebody else's terminal may
 * have become that same `/dev/pts/N`.
 */
export class PortLink {
  readonly path: string
  readonly #record: OwnerRecordFile
  #target: string | null = null

  /** Takes the name `path`, without publishing anything yet. */
  static claim(path: string, folder: string = runtimeFolder()): PortLink {
    const link = new PortLink(path, folder)
    try {
      const dead = link.#record.take()
      link.#refuseForeign(dead?.targets ?? [])
      // At once: should no pty be had, a link without a record would look like somebody else's.
      rmSync(link.path, { force: true })
    } catch (error) {
      link.#record.release()
      throw asPortError(error, link.path)
    }
    return link
  }

  private constructor(path: string, folder: string) {
    this.path = resolve(path)
    try {
      this.#record = new OwnerRecordFile(folder, withRealFolder(this.path))
    } catch (error) {
      throw new PortError(
        'folder-failed',
        `The records of links cannot be kept in ${folder}: ${fileReason(error)}.`,
        error
      )
    }
  }

  /** Publishes the link, or moves it, in one step: a client sees the old target or the new one. Throws a `PortError`. */
  pointTo(target: string): void {
    const known = this.#target === null ? [] : [this.#target]
    try {
      if (this.#target !== null) this.#refuseForeign(known)
      // Before the link moves: a kill between the two must not leave a link that nobody is known to own.
      this.#record.update([...known, target])
      const temporary = `${this.path}.${process.pid}.tmp`
      rmSync(temporary, { force: true })
      symlinkSync(target, temporary)
      renameSync(temporary, this.path)
      this.#target = target
      this.#record.update([target])
    } catch (error) {
      throw asPortError(error, this.path)
    }
  }

  /** Takes the link away if it is still ours, and gives the name back. Harmless when called twice. */
  remove(): void {
    if (this.#target !== null && targetOf(this.path) === this.#target) rmSync(this.path, { force: true })
    this.#target = null
    this.#record.release()
  }

  #refuseForeign(ownTargets: readonly string[]): void {
    const found = lstatSync(this.path, { throwIfNoEntry: false })
    if (!found) return
    if (!found.isSymbolicLink()) {
      const what = found.isDirectory() ? 'a folder' : 'a file'
      throw new PortError(
        'link-taken',
        `${this.path} is ${what} that the simulator did not make; remove it or choose another --link PATH.`
      )
    }
    const target = targetOf(this.path)
    if (target === null || ownTargets.includes(target) || !existsSync(this.path)) return
    throw new PortError(
      'link-taken',
      `${this.path} is a link to ${target} that the simulator did not make; remove it or choose another --link PATH.`
    )
  }
}

/** One name for one place: the same link reached through two folders must have one owner. */
function withRealFolder(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path))
  } catch {
    return path
  }
}

function targetOf(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

function asPortError(error: unknown, path: string): PortError {
  if (error instanceof PortError) return error
  const reasons = {
    ENOENT: `the folder ${dirname(path)} does not exist`,
    ENOTDIR: `${dirname(path)} is not a folder`,
    EACCES: 'the folder may not be written',
    EPERM: 'the folder may not be written',
    ENOSPC: 'the disk is full'
  }
  return new PortError('link-failed', `The link ${path} cannot be created: ${fileReason(error, reasons)}.`, error)
}
