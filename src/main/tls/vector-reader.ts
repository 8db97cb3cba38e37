import { decodeError } from './failures.ts'

/**
 * Reads the presentation language of RFC 2246 4: big-endian integers and vectors with a length. Never reads past its
 * end: anything too short or too long is a `decode_error`. Returns views, not copies.
 */
export class VectorReader {
  private offset = 0
  private readonly message: string
  private readonly bytes: Buffer

  /** `message` names what is read, for the sentence of a failure. */
  constructor(message: string, bytes: Buffer) {
    this.message = message
    this.bytes = bytes
  }

  get remaining(): number {
    return this.bytes.length - this.offset
  }

  uint8(what: string): number {
    return this.take(1, what)[0]!
  }

  uint16(what: string): number {
    return this.take(2, what).readUInt16BE(0)
  }

  uint24(what: string): number {
    return this.take(3, what).readUIntBE(0, 3)
  }

  fixed(length: number, what: string): Buffer {
    return this.take(length, what)
  }

  /** Reads `opaque what<minBytes..maxBytes>` with a one-byte length. */
  vector8(what: string, minBytes = 0, maxBytes = 0xff): Buffer {
    return this.vector(this.uint8(`length of ${what}`), what, minBytes, maxBytes)
  }

  vector16(what: string, minBytes = 0, maxBytes = 0xffff): Buffer {
    return this.vector(this.uint16(`length of ${what}`), what, minBytes, maxBytes)
  }

  vector24(what: string, minBytes = 0, maxBytes = 0xffffff): Buffer {
    return this.vector(this.uint24(`length of ${what}`), what, minBytes, maxBytes)
  }

  /** Returns a reader of a vector's content, for a nested structure. */
  inner(content: Buffer): VectorReader {
    return new VectorReader(this.message, content)
  }

  /** Throws a `decode_error` when not everything was read. */
  end(): void {
    if (this.remaining > 0) throw decodeError(this.message, 'its end', `${this.remaining} more bytes`)
  }

  private vector(length: number, what: string, minBytes: number, maxBytes: number): Buffer {
    if (length < minBytes || length > maxBytes) {
      throw decodeError(this.message, `${minBytes} to ${maxBytes} bytes of ${what}`, `a length of ${length}`)
    }
    return this.take(length, what)
  }

  private take(length: number, what: string): Buffer {
    if (length > this.remaining) throw decodeError(this.message, `${length} bytes of ${what}`, `${this.remaining}`)
    const taken = this.bytes.subarray(this.offset, this.offset + length)
    this.offset += length
    return taken
  }
}
