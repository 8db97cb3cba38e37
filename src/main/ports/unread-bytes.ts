/**
 * Bytes that were read while polling for a client although the module does not read. They are kept for the module, up
 * to a limit.
 */
export class UnreadBytes {
  #bytes: Uint8Array | null = null
  /** Number of skipped checks because enough is kept. */
  #looksLeftOut = 0

  add(bytes: Uint8Array): void {
    this.#bytes = this.#bytes ? Buffer.concat([this.#bytes, bytes]) : bytes
  }

  /** Removes and returns all bytes; `null` when there are none. */
  take(): Uint8Array | null {
    const bytes = this.#bytes
    this.#bytes = null
    return bytes
  }

  /**
   * Returns whether to skip the next check because enough is kept. Not for a client that has left: what it left must be
   * read, or its leaving would not be noticed.
   */
  keepsEnough(isClientThere: () => boolean): boolean {
    const keptBytes = this.#bytes?.length ?? 0
    if (keptBytes < MOST_UNREAD_BYTES) return false
    if (keptBytes >= 2 * MOST_UNREAD_BYTES) return true
    this.#looksLeftOut += 1
    return this.#looksLeftOut % LOOKS_BETWEEN_SCANS !== 0 || isClientThere()
  }
}

/** Several times what a pty keeps of a client that has left. */
const MOST_UNREAD_BYTES = 65_536
/** Finding the program that has a pty open takes milliseconds. */
const LOOKS_BETWEEN_SCANS = 10
