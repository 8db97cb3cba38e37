/** The files of the FTPS server: some to download, and a folder in memory for uploads. */
export class LabFiles {
  private readonly written = new Map<string, Uint8Array[]>()
  private writtenBytes = 0
  /** Bytes that were uploaded to the folder that discards them. */
  discardedBytes = 0

  /** Returns a file, or `null` when there is none at the path. */
  find(path: string): LabFile | null {
    const pieces = this.written.get(path)
    if (pieces) return fileOf(Buffer.concat(pieces))
    return served[path] ?? null
  }

  list(folder: string): string {
    const prefix = folder === '/' ? '/' : `${folder}/`
    const names = [...Object.keys(served), ...this.written.keys()].filter(
      (path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/')
    )
    const folders =
      folder === '/' ? [UPLOADS, NOWHERE].map((one) => `drwxrwxrwx 1 lab lab 0 Jan 01 00:00 ${one.slice(1)}`) : []
    return [
      ...folders,
      ...names.map((path) => `-rw-r--r-- 1 lab lab ${this.find(path)!.size} Jan 01 00:00 ${path.slice(prefix.length)}`)
    ]
      .map((line) => `${line}\r\n`)
      .join('')
  }

  isFolder(path: string): boolean {
    return path === '/' || path === UPLOADS || path === NOWHERE
  }

  /** Begins or continues an upload. Returns false where the folder takes no files. */
  begin(path: string, append: boolean): boolean {
    if (path.startsWith(`${NOWHERE}/`)) return true
    if (!path.startsWith(`${UPLOADS}/`)) return false
    if (!append) this.delete(path)
    if (!this.written.has(path)) this.written.set(path, [])
    return true
  }

  /** Adds bytes to an upload. Returns false when the folder is full. */
  write(path: string, bytes: Uint8Array): boolean {
    if (path.startsWith(`${NOWHERE}/`)) {
      this.discardedBytes += bytes.length
      return true
    }
    const pieces = this.written.get(path)
    // The file may have been deleted meanwhile.
    if (!pieces) return true
    if (this.writtenBytes + bytes.length > CAPACITY_BYTES) return false
    this.writtenBytes += bytes.length
    pieces.push(bytes.slice())
    return true
  }

  delete(path: string): boolean {
    const pieces = this.written.get(path)
    if (!pieces) return false
    for (const piece of pieces) this.writtenBytes -= piece.length
    return this.written.delete(path)
  }
}

export interface LabFile {
  readonly size: number
  read(offset: number, length: number): Uint8Array
}

/** The folder for uploads. */
export const UPLOADS = '/in'
/** The folder that takes any amount and discards it. */
const NOWHERE = '/null'
/** Larger uploads are refused with 452, because they are kept in memory. */
const CAPACITY_BYTES = 16 * 1024 * 1024

const served: Readonly<Record<string, LabFile>> = {
  '/file.txt': fileOf(Buffer.from('This file came through FTP with TLS to a module that is emulated.\r\n')),
  '/large.bin': counted(1024 * 1024),
  '/huge.bin': counted(100 * 1024 * 1024)
}

function fileOf(content: Uint8Array): LabFile {
  return { size: content.length, read: (offset, length) => content.subarray(offset, offset + length) }
}

/** A file with the bytes 0 to 250 repeated. 251 is prime, so that a shift by any power of two shows. */
function counted(size: number): LabFile {
  const period = 251
  return {
    size,
    read: (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = (offset + at) % period
      return bytes
    }
  }
}
