import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { OpenedFile } from '../../shared/api/opened-files.ts'
import { MAX_CAPTURE_BYTES, tooLarge } from '../../shared/calls/capture.ts'
import { fileReason, whenRead } from '../host/file-reason.ts'

/** Sends captures to the page. A capture waits here while the page is loaded or reloaded. */
export class PageFiles {
  #send: ((file: OpenedFile) => void) | null = null
  /** Only the newest waits, since the page shows one at a time. */
  #waiting: OpenedFile | null = null

  /** The page is loaded and takes files through `send`. */
  loaded(send: (file: OpenedFile) => void): void {
    this.#send = send
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting) send(waiting)
  }

  /** The page is unloaded. */
  left(): void {
    this.#send = null
  }

  show(file: OpenedFile): void {
    if (this.#send) this.#send(file)
    else this.#waiting = file
  }
}

/**
 * Reads a capture for the page, or returns in one sentence why not. Never reads more than the limit, whatever size the
 * file reports.
 */
export async function readCaptureFile(path: string): Promise<OpenedFile | { readonly refusal: string }> {
  try {
    // Opening a pipe without a writer would block forever. On Windows pipes are not in folders.
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
