import { incompatible, misbehaved } from './failures.ts'
import { MAX_CIPHERTEXT_BYTES } from './limits.ts'
import { TLS_1_0, contentTypeName, versionName } from './wire.ts'
import type { ContentType } from './wire.ts'

/** A record as it came, still protected. `fragment` is valid until the next call of the reader. */
export interface WireRecord {
  readonly contentType: ContentType
  readonly version: number
  readonly fragment: Buffer
}

export const RECORD_HEADER_BYTES = 5

/**
 * Cuts a byte stream into records (RFC 2246 6.2.1). Bytes come in pieces of any size; a record that lies whole in a piece
 * is not copied, one that does not is gathered in a buffer of fixed size, so a slow peer costs neither memory nor time.
 */
export class RecordReader {
  /** Before both sides know the version a ServerHello may come in a record of any 3.x. */
  versionIsSettled = false
  /** Largest fragment that is let in: checked on the header, before its bytes are gathered. */
  maxFragmentBytes: number
  private piece: Buffer = Buffer.alloc(0)
  private offset = 0
  private gathered: Buffer | null = null
  private gatheredBytes = 0

  constructor(maxFragmentBytes: number) {
    this.maxFragmentBytes = maxFragmentBytes
  }

  /** Takes the next piece; the one before has to be read to its end by `next`. */
  feed(piece: Buffer): void {
    this.piece = piece
    this.offset = 0
  }

  /** The next whole record, or null when more bytes are needed; what is left of the piece is kept then. */
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
        // Another protocol answers with a few bytes and waits: say so on the first of them.
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

  /** Lets go of the caller's piece, which is read to its end. */
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
    // RFC 2246 6 would ignore unknown types; what sends one in practice is no TLS at all, and would be waited for in vain.
    if (!contentType) throw notTls(header, this.piece.subarray(this.offset))
    return contentType
  }
}

/** A record whose content, or whose protected fragment, is too long. */
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
