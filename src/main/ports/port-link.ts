import { existsSync, lstatSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileReason } from '../host/file-reason.ts'
import { OwnerRecordFile } from './owner-record.ts'
import { PortError } from './port-error.ts'
import { runtimeFolder } from './runtime-folder.ts'

/**
 * The stable name of a pty: a symbolic link, because `/dev/pts/N` changes whenever the pair is replaced.
 * A link at its path that belongs to this user's dead simulator is replaced; anything else there is a `PortError`
 * ('link-taken'). The owner record in the runtime folder decides, not the target: after a kill -9 another program's
 * terminal may have the same `/dev/pts/N`.
 */
export class PortLink {
  readonly path: string
  readonly #record: OwnerRecordFile
  #target: string | null = null

  /** Takes the name `path`. Nothing is published yet. */
  static claim(path: string, folder: string = runtimeFolder()): PortLink {
    const link = new PortLink(path, folder)
    try {
      const dead = link.#record.take()
      link.#refuseForeign(dead?.targets ?? [])
      // Removed now: if no pty can be made, a link without a record would look like another program's.
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

  /** Publishes or moves the link atomically. Throws a `PortError`. */
  pointTo(target: string): void {
    const known = this.#target === null ? [] : [this.#target]
    try {
      if (this.#target !== null) this.#refuseForeign(known)
      // Recorded before the link moves: a kill in between must not leave a link without an owner record.
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

  /** Removes the link if it is still ours, and releases the name. Safe to call twice. */
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

/** Resolves the folder, so that the same link reached through two folders has one owner. */
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
