import { misbehaved } from './failures.ts'

/** A handshake message with its four-byte header. A view that is valid until the next call. */
export interface RawHandshakeMessage {
  readonly typeCode: number
  readonly body: Buffer
  /** Header and body, as the transcript hash takes them. */
  readonly bytes: Buffer
}

const HEADER_BYTES = 4

/**
 * Reassembles handshake messages from records (RFC 2246 6.2.1): a record may hold several, and a message may be split
 * over many records at any byte.
 */
export class HandshakeJoiner {
  private readonly maxMessageBytes: number
  private fragment: Buffer = Buffer.alloc(0)
  private readonly header = Buffer.alloc(HEADER_BYTES)
  /** The message that is being assembled; allocated once its length is known. */
  private gathered: Buffer | null = null
  private gatheredBytes = 0

  constructor(maxMessageBytes: number) {
    this.maxMessageBytes = maxMessageBytes
  }

  /** Whether a message is incomplete. No other content may come in between (RFC 2246 6.2.1). */
  get inMessage(): boolean {
    return this.gatheredBytes > 0 || this.fragment.length > 0
  }

  /** Takes the content of a record. Read the previous one to its end by `next` first. */
  feed(fragment: Buffer): void {
    this.fragment = fragment
  }

  next(): RawHandshakeMessage | null {
    if (this.gatheredBytes === 0 && this.fragment.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.bodyLength(this.fragment)
      if (end <= this.fragment.length) return message(this.consume(end))
    }
    this.gather()
    if (this.gathered === null || this.gatheredBytes < this.gathered.length) return null
    const whole = this.gathered
    this.gathered = null
    this.gatheredBytes = 0
    return message(whole)
  }

  private gather(): void {
    if (this.gatheredBytes < HEADER_BYTES) {
      const part = this.consume(HEADER_BYTES - this.gatheredBytes)
      part.copy(this.header, this.gatheredBytes)
      this.gatheredBytes += part.length
      if (this.gatheredBytes < HEADER_BYTES) return
      this.gathered = Buffer.allocUnsafe(HEADER_BYTES + this.bodyLength(this.header))
      this.header.copy(this.gathered)
    }
    const part = this.consume(this.gathered!.length - this.gatheredBytes)
    part.copy(this.gathered!, this.gatheredBytes)
    this.gatheredBytes += part.length
  }

  private consume(wantedBytes: number): Buffer {
    const part = this.fragment.subarray(0, wantedBytes)
    this.fragment = this.fragment.subarray(part.length)
    return part
  }

  private bodyLength(header: Buffer): number {
    const length = header.readUIntBE(1, 3)
    if (length > this.maxMessageBytes) {
      const sentence = `A handshake message announces ${length} bytes; ${this.maxMessageBytes} is the most that is taken.`
      throw misbehaved('decode_error', sentence, {
        expected: `at most ${this.maxMessageBytes} bytes`,
        got: `${length} bytes`,
        rule: 'RFC 2246 7.4'
      })
    }
    return length
  }
}

function message(bytes: Buffer): RawHandshakeMessage {
  return { typeCode: bytes[0]!, body: bytes.subarray(HEADER_BYTES), bytes }
}
