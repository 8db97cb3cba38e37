import type { SecretPart } from '../../../shared/timeline/events.ts'
import { joinBytes } from '../join-bytes.ts'

/** Collects the parts of a response, so that it is sent in one write (D-6). */
export class OutputBuffer {
  private pieces: Uint8Array[] = []
  /** The version of each piece for the timeline. */
  private shown: Uint8Array[] = []
  private secrets: SecretPart[] = []
  private length = 0
  private echoes: { from: number; to: number }[] = []
  private answerEnds: number[] = []

  /**
   * Adds a piece. Text is Latin-1, because AT responses are bytes. `shown` is the version for the timeline where it
   * differs; `secret` marks the whole piece as a secret.
   */
  add(piece: Uint8Array | string, shown?: Uint8Array, secret?: Pick<SecretPart, 'name' | 'end'>): void {
    if (piece.length === 0) return
    if (secret) this.secrets.push({ offset: this.length, length: piece.length, ...secret })
    const bytes = typeof piece === 'string' ? bytesOf(piece) : piece
    this.pieces.push(bytes)
    this.shown.push(shown ?? bytes)
    this.length += bytes.length
  }

  /** Adds an echo of what the host typed. */
  addEcho(piece: Uint8Array, shown?: Uint8Array): void {
    const last = this.echoes.at(-1)
    if (last?.to === this.length) last.to += piece.length
    else this.echoes.push({ from: this.length, to: this.length + piece.length })
    this.add(piece, shown)
  }

  /** Adds what ends a response: a result code or a prompt. */
  addEnd(piece: Uint8Array | string): void {
    this.add(piece)
    this.answerEnds.push(this.length)
  }

  /** Returns what was collected, joined, or `null` when there is nothing. */
  take(): Gathered | null {
    if (this.pieces.length === 0) return null
    const bytes = joinBytes(this.pieces)
    const shown = this.shown.every((piece, index) => piece === this.pieces[index]) ? bytes : joinBytes(this.shown)
    const { secrets, echoes, answerEnds } = this
    this.discard()
    return { bytes, shown, secrets, echoes, answerEnds }
  }

  discard(): void {
    this.pieces = []
    this.shown = []
    this.secrets = []
    this.length = 0
    this.echoes = []
    this.answerEnds = []
  }
}

/** The content of one write to the port. */
export interface Gathered {
  readonly bytes: Uint8Array
  readonly shown: Uint8Array
  readonly secrets: readonly SecretPart[]
  /** Ranges of bytes that are an echo, in order. */
  readonly echoes: readonly { readonly from: number; readonly to: number }[]
  /** Offsets at which a response has ended. */
  readonly answerEnds: readonly number[]
}

export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at)
  return bytes
}
