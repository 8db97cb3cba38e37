import { incompatible, misbehaved } from './failures.ts'
import { MAX_CIPHERTEXT_BYTES } from './limits.ts'
import { TLS_1_0, contentTypeName, versionName } from './wire.ts'
import type { ContentType } from './wire.ts'

/** A received record, still encrypted. `fragment` is valid until the next call of the reader. */
export interface WireRecord {
  readonly contentType: ContentType
  readonly version: number
  readonly fragment: Buffer
}

export const RECORD_HEADER_BYTES = 5

/**
 * Splits a byte stream into records (RFC 2246 6.2.1). A record inside one piece is not copied. A split one is collected
 * in a buffer of fixed size, so that a slow peer costs neither memory nor time.
 */
export class RecordReader {
  /** Before the version is agreed, ServerHello may come in a record of any version 3.x. */
  versionIsSettled = false
  /** Largest accepted fragment. Checked on the header, before the fragment arrives. */
  maxFragmentBytes: number
  private piece: Buffer = Buffer.alloc(0)
  private offset = 0
  private gathered: Buffer | null = null
  private gatheredBytes = 0

  constructor(maxFragmentBytes: number) {
    this.maxFragmentBytes = maxFragmentBytes
  }

  /** Takes the next piece. Read the previous one to its end by `next` first. */
  feed(piece: Buffer): void {
    this.piece = piece
    this.offset = 0
  }

  /** Returns the next complete record, or `null` when more bytes are needed. The rest of the piece is kept. */
  next(): WireRecord | null {
    if (this.gatheredBytes === 0) {
      const record = this.wholeRecordInPiece()
      if (record) return record
      if (this.offset === this.piece.length) return this.release()
    }
    return this.gather() ?? this.release()
  }

  private wholeRecordInPiece(): WireRecord | null {
    const { piece, offset } = this
    if (piece.length - offset < RECORD_HEADER_BYTES) return null
    const contentType = this.checkHeader(piece, offset)
    const end = offset + RECORD_HEADER_BYTES + piece.readUInt16BE(offset + 3)
    if (end > piece.length) return null
    this.offset = end
    return {
      contentType,
      version: piece.readUInt16BE(offset + 1),
      fragment: piece.subarray(offset + RECORD_HEADER_BYTES, end)
    }
  }

  private gather(): WireRecord | null {
    const buffer = (this.gathered ??= Buffer.allocUnsafeSlow(RECORD_HEADER_BYTES + MAX_CIPHERTEXT_BYTES))
    if (this.gatheredBytes < RECORD_HEADER_BYTES) {
      this.fillTo(RECORD_HEADER_BYTES)
      if (this.gatheredBytes < RECORD_HEADER_BYTES) {
        // A server of another protocol sends a few bytes and waits: report that at the first of them.
        this.checkContentType(buffer.subarray(0, this.gatheredBytes))
        return null
      }
    }
    const contentType = this.checkHeader(buffer, 0)
    const end = RECORD_HEADER_BYTES + buffer.readUInt16BE(3)
    this.fillTo(end)
    if (this.gatheredBytes < end) return null
    this.gatheredBytes = 0
    return { contentType, version: buffer.readUInt16BE(1), fragment: buffer.subarray(RECORD_HEADER_BYTES, end) }
  }

  private fillTo(end: number): void {
    const missing = Math.min(end - this.gatheredBytes, this.piece.length - this.offset)
    this.piece.copy(this.gathered!, this.gatheredBytes, this.offset, this.offset + missing)
    this.gatheredBytes += missing
    this.offset += missing
  }

  /** Releases the caller's piece after it was read to its end. */
  private release(): null {
    this.piece = Buffer.alloc(0)
    this.offset = 0
    return null
  }

  private checkHeader(bytes: Buffer, at: number): ContentType {
    const contentType =
      contentTypeName(bytes[at]!) ?? this.checkContentType(bytes.subarray(at, at + RECORD_HEADER_BYTES))
    const version = bytes.readUInt16BE(at + 1)
    if (version >> 8 !== 3 || (this.versionIsSettled && version !== TLS_1_0)) {
      throw incompatible('protocol_version', `A record of ${versionName(version)} came on a TLS 1.0 connection.`, {
        expected: versionName(TLS_1_0),
        got: versionName(version),
        rule: 'RFC 2246 6.2.1',
        finding: 'version-refused',
        facts: [{ kind: 'version', offered: versionName(TLS_1_0), got: versionName(version) }]
      })
    }
    const length = bytes.readUInt16BE(at + 3)
    if (length > this.maxFragmentBytes) throw recordOverflow(this.maxFragmentBytes, length)
    return contentType
  }

  private checkContentType(header: Buffer): ContentType {
    const contentType = contentTypeName(header[0]!)
    // RFC 2246 6 ignores unknown types. In practice the peer is not TLS at all, and waiting would be in vain.
    if (!contentType) throw notTls(header, this.piece.subarray(this.offset))
    return contentType
  }
}

/** Returns the failure for a record whose content or fragment is too long. */
export function recordOverflow(limitBytes: number, gotBytes: number): Error {
  return misbehaved(
    'record_overflow',
    `A record of ${gotBytes} bytes came; ${limitBytes} is the most that can be received.`,
    {
      expected: `at most ${limitBytes} bytes`,
      got: `${gotBytes} bytes`,
      rule: limitBytes < 2 ** 14 ? 'G-4.0-1' : 'RFC 2246 6.2.1',
      finding: 'record-too-large',
      facts: [{ kind: 'size', label: 'record', gotBytes, limitBytes }]
    }
  )
}

function notTls(header: Buffer, following: Buffer): Error {
  const expected = 'a TLS record'
  if (header[0]! >= 0x80 && header[2] === 1) {
    return incompatible('protocol_version', 'The peer begins with an SSL 2.0 ClientHello.', {
      expected,
      got: 'an SSL 2.0 record',
      rule: 'RFC 2246 E',
      finding: 'not-tls'
    })
  }
  const start = header.length >= following.length ? header : following
  const text = start
    .toString('latin1', 0, 24)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
  const got = text.length > 2 ? `"${text}"` : `a first byte of ${header[0]}`
  return misbehaved('unexpected_message', `The peer does not speak TLS: it sent ${got} where a record was expected.`, {
    expected,
    got,
    rule: 'RFC 2246 6.2.1',
    finding: 'not-tls'
  })
}
