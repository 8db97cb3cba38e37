/** Gathers what an answer is made of, so that it leaves the module in one write (D-6). */
export class OutputBuffer {
  private pieces: Uint8Array[] = []

  constructor(private readonly write: (bytes: Uint8Array) => void) {}

  /** Text is Latin-1: AT answers are bytes. */
  add(piece: Uint8Array | string): void {
    if (piece.length > 0) this.pieces.push(typeof piece === 'string' ? bytesOf(piece) : piece)
  }

  /** What was gathered, joined, or null when nothing was. */
  take(): Uint8Array | null {
    if (this.pieces.length === 0) return null
    const joined = this.pieces.length === 1 ? this.pieces[0]! : join(this.pieces)
    this.pieces = []
    return joined
  }

  flush(): void {
    const bytes = this.take()
    if (bytes) this.write(bytes)
  }

  discard(): void {
    this.pieces = []
  }
}

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}

export function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
