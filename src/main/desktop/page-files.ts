import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { MAX_CAPTURE_BYTES, tooLarge } from '../../shared/calls/capture.ts'
import type { OpenedFile } from '../../shared/api/opened-files.ts'
import { fileReason, whenRead } from '../host/file-reason.ts'

/** Captures on their way to the page: they wait until it is there, also while it is loaded anew. */
export class PageFiles {
  #send: ((file: OpenedFile) => void) | null = null
  /** The page shows one at a time: only the newest is worth waiting for. */
  #waiting: OpenedFile | null = null

  /** The page is there, and this leads to it. */
  loaded(send: (file: OpenedFile) => void): void {
    this.#send = send
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) send(waiting)
  }

  /** The page goes. */
  left(): void {
    this.#send = null
  }

  show(file: OpenedFile): void {
    if (this.#send) this.#send(file)
    else this.#waiting = file
  }
}

/** The file for the page, or in one sentence why not. Never reads more than a capture may have, whatever the file says of itself. */
export async function readCaptureFile(path: string): Promise<OpenedFile | { readonly refusal: string }> {
  try {
    // A pipe that nobody writes would be waited for for ever. Windows has none with a name in a folder.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const facts = await file.stat()
      if (!facts.isFile()) return { refusal: `${path} is no file.` }
      if (facts.size > MAX_CAPTURE_BYTES) return { refusal: tooLarge(path, facts.size, MAX_CAPTURE_BYTES) }
      const bytes = Buffer.alloc(facts.size)
      let at = 0
      for (let read = -1; at < bytes.length && read !== 0; at += read)
        read = (await file.read(bytes, at, bytes.length - at, at)).bytesRead
      return { name: basename(path), bytes: Uint8Array.from(bytes.subarray(0, at)) }
    } finally {
      await file.close()
    }
  } catch (error) {
    return { refusal: `${path} cannot be read: ${fileReason(error, whenRead)}.` }
  }
}
