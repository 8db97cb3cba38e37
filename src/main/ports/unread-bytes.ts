/**
 * What a look for a client read while the module reads nothing. Kept for the module, but from a host that goes on sending not for ever.
 */
export class UnreadBytes {
  #bytes: Uint8Array | null = null
  /** Looks that were left out because enough is kept. */
  #looksLeftOut = 0

  add(bytes: Uint8Array): void {
    this.#bytes = this.#bytes ? Buffer.concat([this.#bytes, bytes]) : bytes
  }

  /** Takes all of it; `null` when nothing is kept. */
  take(): Uint8Array | null {
    const bytes = this.#bytes
    this.#bytes = null
    return bytes
  }

  /**
   * Whether so much is kept that the next look is to be left out. A host that has left sends no more, and what it left is read to its end:
   * nothing else tells that it has gone.
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
/** To find the program that has a pty takes milliseconds. */
const LOOKS_BETWEEN_SCANS = 10
