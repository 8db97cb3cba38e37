/** Data that was received, with the events that brought it, the oldest first. */
export interface Held {
  readonly bytes: Uint8Array
  readonly causes: readonly number[]
}

/** Received data that the host has not read yet, in order. For all sockets and for downloads of FTP. */
export class HeldBytes {
  private chunks: Held[] = []
  /** Chunks before this index have been taken. */
  private first = 0
  private held = 0

  get length(): number {
    return this.held
  }

  /** Whether so much is unread that the peer must wait. */
  get full(): boolean {
    return this.held >= HIGH_BYTES
  }

  /** Whether there is room again. */
  get hasRoom(): boolean {
    return this.held < HIGH_BYTES / 2
  }

  /** Adds data that `causes` brought. */
  add(bytes: Uint8Array, causes: readonly number[]): void {
    if (bytes.length === 0) return
    this.chunks.push({ bytes, causes })
    this.held += bytes.length
  }

  /** The events that brought what is held, the newest. */
  get newestCauses(): readonly number[] {
    return this.chunks.at(-1)?.causes ?? []
  }

  /** Takes at most `maxBytes` from the front. */
  take(maxBytes: number): Held {
    const causes: number[] = []
    const taken = new Uint8Array(Math.min(maxBytes, this.held))
    let at = 0
    while (at < taken.length) {
      const chunk = this.chunks[this.first]!
      const part = chunk.bytes.subarray(0, taken.length - at)
      taken.set(part, at)
      causes.push(...chunk.causes)
      at += part.length
      if (part.length === chunk.bytes.length) this.first += 1
      else this.chunks[this.first] = { ...chunk, bytes: chunk.bytes.subarray(part.length) }
    }
    this.held -= taken.length
    this.forgetTaken()
    return { bytes: taken, causes }
  }

  clear(): void {
    this.chunks = []
    this.first = 0
    this.held = 0
  }

  /**
   * Removes many chunks at once: shifting the array for each one takes quadratic time, and a peer may send byte by
   * byte.
   */
  private forgetTaken(): void {
    if (this.first < this.chunks.length && (this.first < MOST_TAKEN_CHUNKS || this.first * 2 < this.chunks.length))
      return
    this.chunks.splice(0, this.first)
    this.first = 0
  }
}

const MOST_TAKEN_CHUNKS = 256
/** Unread data beyond this stops reading from the peer: a module has kilobytes, not megabytes. */
const HIGH_BYTES = 65_536
