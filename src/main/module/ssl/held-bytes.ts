/** Received data that the host has not read yet, in order. */
export class HeldBytes {
  private chunks: Uint8Array[] = []
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
      const chunk = this.chunks[0]!
      const part = chunk.subarray(0, taken.length - at)
      taken.set(part, at)
      at += part.length
      if (part.length === chunk.length) this.chunks.shift()
      else this.chunks[0] = chunk.subarray(part.length)
    }
    this.held -= taken.length
    return taken
  }

  clear(): void {
    this.chunks = []
    this.held = 0
  }
}
