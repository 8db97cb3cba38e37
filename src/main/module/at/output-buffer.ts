import { joinBytes } from '../join-bytes.ts'
import type { SecretPart } from '../../../shared/timeline/events.ts'

/** Gathers what an answer is made of, so that it leaves the module in one write (D-6). */
export class OutputBuffer {
  private pieces: Uint8Array[] = []
  /** What may be kept of each piece. */
  private shown: Uint8Array[] = []
  private secrets: SecretPart[] = []

  /** Text is Latin-1: AT answers are bytes. `shown` is what the timeline may keep of it, where that differs; `secret`: it is all one. */
  add(piece: Uint8Array | string, shown?: Uint8Array, secret?: Pick<SecretPart, 'name' | 'end'>): void {
    if (piece.length === 0) return
    if (secret) this.secrets.push({ offset: this.pieces.reduce((sum, one) => sum + one.length, 0), length: piece.length, ...secret })
    const bytes = typeof piece === 'string' ? bytesOf(piece) : piece
    this.pieces.push(bytes)
    this.shown.push(shown ?? bytes)
  }

  /** What was gathered, joined, or null when nothing was. */
  take(): { bytes: Uint8Array; shown: Uint8Array; secrets: readonly SecretPart[] } | null {
    if (this.pieces.length === 0) return null
    const bytes = joinBytes(this.pieces)
    const shown = this.shown.every((piece, index) => piece === this.pieces[index]) ? bytes : joinBytes(this.shown)
    const { secrets } = this
    this.discard()
    return { bytes, shown, secrets }
  }

  discard(): void {
    this.pieces = []
    this.shown = []
    this.secrets = []
  }
}

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}
