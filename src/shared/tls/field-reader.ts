/** One field of a message, for people. */
export interface TlsField {
  /** Byte range in the message, which includes the header; `endByte` is exclusive. */
  readonly startByte: number
  readonly endByte: number
  /** Nesting depth: a field belongs to the last field before it with a smaller depth. */
  readonly depth: number
  readonly name: string
  readonly value: string
  /** What the value means, or `null` when that is clear. */
  readonly meaning: string | null
}

/** Bytes of an opaque field that are written out. The window shows the rest by its range. */
const MAX_HEX_BYTES = 24

/** A handshake message of the largest size, made of two-byte suites only, would have 65,000 fields. */
const MAX_FIELDS = 4096

export function hexText(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, MAX_HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return bytes.length > MAX_HEX_BYTES ? `${shown}… (${bytes.length} bytes)` : shown
}

/** Ends the reading of a message. The unreadable field was recorded. */
class Unreadable extends Error {}

/**
 * Reads integers and vectors (RFC 2246 4) and records each as a field. Works on Uint8Array, so it runs in a browser
 * too.
 */
export class FieldReader {
  private readonly bytes: Uint8Array
  private readonly fields: TlsField[]
  private readonly depth: number
  private offset: number
  private readonly end: number

  constructor(bytes: Uint8Array, fields: TlsField[] = [], depth = 0, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.fields = fields
    this.depth = depth
    this.offset = start
    this.end = end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  /** Runs `read` and returns the fields that were recorded. */
  attempt(read: () => void): readonly TlsField[] {
    try {
      read()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
    }
    return this.fields
  }

  uint(
    length: 1 | 2 | 3 | 4,
    name: string,
    meaning: ((value: number) => string) | null = null,
    style: 'number' | 'hex' = 'number'
  ): number {
    const bytes = this.take(length, name)
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    this.note(length, name, style === 'hex' ? `0x${hexText(bytes)}` : `${value}`, meaning?.(value) ?? null)
    return value
  }

  opaque(length: number, name: string, meaning: ((bytes: Uint8Array) => string | null) | null = null): Uint8Array {
    const bytes = this.take(length, name)
    this.note(length, name, hexText(bytes), meaning?.(bytes) ?? null)
    return bytes
  }

  /** Records all remaining bytes, if there are any. */
  opaqueRest(name: string): void {
    if (this.remaining > 0) this.opaque(this.remaining, name)
  }

  /**
   * Records a vector with a length of `lengthBytes` as one field. Calls `each` until the content is read, and returns a
   * reader of the content.
   */
  vector(
    lengthBytes: 1 | 2 | 3,
    name: string,
    meaning: ((bytes: number) => string) | null,
    each: ((list: FieldReader) => void) | null
  ): FieldReader {
    const start = this.offset
    const length = this.take(lengthBytes, `length of ${name}`).reduce((sum, byte) => sum * 256 + byte, 0)
    if (length > this.remaining) this.unreadable(name, `${length} bytes announced, ${this.remaining} there`)
    const content = new FieldReader(this.bytes, this.fields, this.depth + 1, this.offset, this.offset + length)
    this.offset += length
    this.note(this.offset - start, name, `${length} bytes`, meaning?.(length) ?? null)
    while (each && content.remaining > 0) each(content)
    return content
  }

  /** Records a field with header and content. Returns a reader of the content, one level deeper. */
  element(headerBytes: number, contentBytes: number, name: string): FieldReader {
    const start = this.offset + headerBytes
    this.take(headerBytes + contentBytes, name)
    this.note(headerBytes + contentBytes, name, `${contentBytes} bytes`, null)
    return new FieldReader(this.bytes, this.fields, this.depth + 1, start, start + contentBytes)
  }

  /** Returns the next bytes without reading them. */
  peek(length: number): Uint8Array {
    return this.bytes.subarray(this.offset, Math.min(this.end, this.offset + length))
  }

  private take(length: number, name: string): Uint8Array {
    if (length > this.remaining) this.unreadable(name, `${length} bytes due, ${this.remaining} there`)
    const bytes = this.bytes.subarray(this.offset, this.offset + length)
    this.offset += length
    return bytes
  }

  /** Records the bytes that were just read. */
  private note(length: number, name: string, value: string, meaning: string | null): void {
    if (this.fields.length >= MAX_FIELDS) throw new Unreadable()
    this.fields.push({ startByte: this.offset - length, endByte: this.offset, depth: this.depth, name, value, meaning })
  }

  private unreadable(name: string, value: string): never {
    const meaning = 'cut short: the message is malformed'
    this.fields.push({ startByte: this.offset, endByte: this.end, depth: this.depth, name, value, meaning })
    throw new Unreadable()
  }
}
