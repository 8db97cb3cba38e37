import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { dirname, join } from 'node:path'
import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import { fileReason, whenRead } from '../host/file-reason.ts'
import { makePrivate, OWNER_ONLY } from '../host/private-file.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { StateError } from './state-error.ts'

/**
 * NVM in a file: one image per product, followed by a checksum line. It is written to another file, flushed and
 * renamed, so that a power cut leaves the old or the new image. A damaged image is set aside, never overwritten.
 */
export class FileNvmStore implements NvmStore {
  savedAtMs: number | null = null
  private readonly file: string

  private readonly files: NvmFiles
  private readonly assertHeld: () => void

  /**
   * `folder` is the state folder, which must exist. `assertHeld` throws a StateError once another process has it.
   * Throws a StateError when the product's folder cannot be made.
   */
  constructor(
    folder: string,
    product: string,
    { files = realFiles, assertHeld = () => {} }: { files?: NvmFiles; assertHeld?: () => void } = {}
  ) {
    this.files = files
    this.assertHeld = assertHeld
    const own = join(folder, product)
    assertHeld()
    try {
      files.mkdirSync(own, { recursive: true })
    } catch (error) {
      throw new StateError(`The state folder ${own} cannot be created: ${fileReason(error)}.`)
    }
    this.file = join(own, 'nvm.json')
  }

  /**
   * Returns the image, or what was wrong with a damaged one, which is set aside. Throws a StateError when it cannot be
   * read.
   */
  load(): { image: string | null; fault: string | null } {
    if (!this.files.existsSync(this.file)) return { image: null, fault: null }
    let text: string
    try {
      text = this.files.readFileSync(this.file, 'utf8')
    } catch (error) {
      throw new StateError(`The NVM image ${this.file} cannot be read: ${fileReason(error, whenRead)}.`)
    }
    const image = intact(text)
    if (image !== null) return { image, fault: null }
    return { image: null, fault: `The NVM image is damaged; it was set aside as ${this.setAside()}.` }
  }

  /** Moves the present image to a free name and returns that name. Throws a StateError when it cannot. */
  setAside(): string {
    this.assertHeld()
    let count = 1
    while (this.files.existsSync(`${this.file}.damaged-${count}`)) count += 1
    const aside = `${this.file}.damaged-${count}`
    try {
      this.files.renameSync(this.file, aside)
    } catch (error) {
      throw new StateError(`The damaged NVM image ${this.file} cannot be set aside: ${fileReason(error)}.`)
    }
    return aside
  }

  save(image: string): void {
    this.assertHeld()
    const beside = `${this.file}.new`
    try {
      this.writeFlushed(beside, Buffer.from(`${image}\n${checksumOf(image)}\n`, 'utf8'))
      this.files.renameSync(beside, this.file)
      this.flushFolder()
      this.savedAtMs = Date.now()
    } catch (error) {
      throw new StateError(`The NVM image ${this.file} cannot be written: ${fileReason(error)}.`)
    }
  }

  private writeFlushed(path: string, bytes: Uint8Array): void {
    const file = this.files.openSync(path, 'w', OWNER_ONLY)
    try {
      // A file left by a power cut may be readable by others.
      makePrivate(file)
      // A write may take only part of the bytes.
      for (let at = 0; at < bytes.length;) at += this.files.writeSync(file, bytes, at, bytes.length - at)
      this.files.fsyncSync(file)
    } finally {
      this.files.closeSync(file)
    }
  }

  /** Makes sure that the new name is on the disk too, not only the content. Some folders cannot be flushed. */
  private flushFolder(): void {
    let folder: number | null = null
    try {
      folder = this.files.openSync(dirname(this.file), 'r')
      this.files.fsyncSync(folder)
    } catch (error) {
      if (!noFlushCodes.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    } finally {
      if (folder !== null) this.files.closeSync(folder)
    }
  }
}

/** The part of a file system that the store uses. Tests pass one whose power fails. */
export interface NvmFiles {
  existsSync(path: string): boolean
  mkdirSync(path: string, options: { recursive: true }): unknown
  readFileSync(path: string, encoding: 'utf8'): string
  openSync(path: string, flags: string, mode?: number): number
  /** Returns how many bytes were written. */
  writeSync(file: number, bytes: Uint8Array, offset: number, length: number): number
  fsyncSync(file: number): void
  closeSync(file: number): void
  renameSync(from: string, to: string): void
}

const realFiles: NvmFiles = { ...fs, readFileSync: (path) => readRegularFile(path, MAX_IMAGE_BYTES).toString('utf8') }
/** An image has three slots and some settings: some ten thousand bytes. */
const MAX_IMAGE_BYTES = 2 ** 20

/** Windows and some network file systems cannot flush a folder. */
const noFlushCodes = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'ENOSYS'])

const checksumOf = (image: string): string => `sha256 ${createHash('sha256').update(image).digest('hex')}`

/** Returns the image without its checksum, or `null` when it is damaged. JSON alone, without checksum, is accepted. */
function intact(text: string): string | null {
  const [, image, checksum] = /^(.*)\n(sha256 [0-9a-f]{64})\n?$/s.exec(text) ?? []
  if (image !== undefined) return checksum === checksumOf(image) ? image : null
  return isJson(text) ? text : null
}

/** Returns whether a text is a JSON object. */
function isJson(text: string): boolean {
  try {
    return /^\s*\{/.test(text) && typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
