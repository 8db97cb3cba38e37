/** The files of the FTPS far end: a few to get, and a folder in memory to put into. */
export class LabFiles {
  private readonly written = new Map<string, Uint8Array[]>()
  private writtenBytes = 0
  /** Bytes that went into the folder which keeps nothing. */
  discardedBytes = 0

  /** Null: there is no such file. */
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

  /** Begins a file, or goes on with it; false: not here. */
  begin(path: string, append: boolean): boolean {
    if (path.startsWith(`${NOWHERE}/`)) return true
    if (!path.startsWith(`${UPLOADS}/`)) return false
    if (!append) this.delete(path)
    if (!this.written.has(path)) this.written.set(path, [])
    return true
  }

  /** False: the folder is full. */
  write(path: string, bytes: Uint8Array): boolean {
    if (path.startsWith(`${NOWHERE}/`)) {
      this.discardedBytes += bytes.length
      return true
    }
    const pieces = this.written.get(path)
    // Somebody may have deleted it in the meantime.
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

/** The folder that takes files. */
export const UPLOADS = '/in'
/** The folder that takes as much as there is and keeps nothing of it. */
const NOWHERE = '/null'
/** Uploads beyond this are refused with 452: a far end for tests is no disk. */
const CAPACITY_BYTES = 16 * 1024 * 1024

const served: Readonly<Record<string, LabFile>> = {
  '/file.txt': fileOf(Buffer.from('This file came through FTP with TLS to a module that is emulated.\r\n')),
  '/large.bin': counted(1024 * 1024),
  '/huge.bin': counted(100 * 1024 * 1024)
}

function fileOf(content: Uint8Array): LabFile {
  return { size: content.length, read: (offset, length) => content.subarray(offset, offset + length) }
}

/** The bytes 0 to 250 over and over: 251 is prime, so that a shift by any power of two shows. */
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
