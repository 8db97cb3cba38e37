/** Received data that the host has not read yet, in order. */
export class HeldBytes {
  private chunks: Uint8Array[] = []
  /** Chunks before this index have been taken. */
  private first = 0
  private held = 0

  get length(): number {
    return this.held
  }

  add(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.chunks.push(bytes)
    this.held += bytes.length
  }

  /** Takes at most `maxBytes` from the front. */
  take(maxBytes: number): Uint8Array {
    const taken = new Uint8Array(Math.min(maxBytes, this.held))
    let at = 0
    while (at < taken.length) {
      const chunk = this.chunks[this.first]!
      const part = chunk.subarray(0, taken.length - at)
      taken.set(part, at)
      at += part.length
      if (part.length === chunk.length) this.first += 1
      else this.chunks[this.first] = chunk.subarray(part.length)
    }
    this.held -= taken.length
    this.forgetTaken()
    return taken
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
