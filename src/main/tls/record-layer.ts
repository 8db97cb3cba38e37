import type { TlsRecordEvent } from '../../shared/tls/trace.ts'
import { misbehaved } from './failures.ts'
import { MAX_CIPHERTEXT_BYTES, MAX_PLAINTEXT_BYTES } from './limits.ts'
import type { TlsLimits } from './limits.ts'
import type { RecordOpener, RecordSealer } from './record-cipher.ts'
import { RECORD_HEADER_BYTES, RecordReader, recordOverflow } from './record-reader.ts'
import { TLS_1_0, contentTypeCodes } from './wire.ts'
import type { ContentType } from './wire.ts'

/** A decrypted record. `content` is a copy if it was encrypted, else a view that must be used at once. */
export interface PlainRecord {
  readonly contentType: ContentType
  readonly content: Buffer
}

/**
 * The record layer (RFC 2246 6): bytes to records and back, unencrypted until each direction gets its cipher. Output is
 * collected until `takeOutput`, so that a flight is sent in one piece.
 */
export class RecordLayer {
  private readonly limits: TlsLimits
  private readonly trace: (event: TlsRecordEvent) => void
  private readonly reader: RecordReader
  private opener: RecordOpener | null = null
  private sealer: RecordSealer | null = null
  /** Written, but not yet taken. */
  private records: Buffer[] = []
  private idleRecords = 0

  constructor(limits: TlsLimits, trace: (event: TlsRecordEvent) => void) {
    this.limits = limits
    this.trace = trace
    this.reader = new RecordReader(limits.maxReceivedPlaintextBytes)
  }

  get readIsProtected(): boolean {
    return this.opener !== null
  }

  get writeIsProtected(): boolean {
    return this.sealer !== null
  }

  /** From now on a record of another version is a failure. */
  settleVersion(): void {
    this.reader.versionIsSettled = true
  }

  /** Handles the peer's ChangeCipherSpec: decrypts from now on. */
  protectReading(opener: RecordOpener): void {
    this.opener = opener
    this.reader.maxFragmentBytes = MAX_CIPHERTEXT_BYTES
  }

  protectWriting(sealer: RecordSealer): void {
    this.sealer = sealer
  }

  feed(bytes: Buffer): void {
    this.reader.feed(bytes)
  }

  /** Returns the next record of what was fed, or `null` when it is incomplete. */
  next(): PlainRecord | null {
    const record = this.reader.next()
    if (!record) return null
    const { contentType, version, fragment } = record
    const content = this.opener ? this.opener.open(contentTypeCodes[contentType], fragment) : fragment
    this.trace({
      kind: 'record',
      direction: 'in',
      contentType,
      version,
      wireBytes: fragment.length,
      plainBytes: content.length,
      encrypted: this.readIsProtected,
      macBytes: this.opener?.macBytes ?? 0
    })
    if (content.length > this.limits.maxReceivedPlaintextBytes) {
      throw recordOverflow(this.limits.maxReceivedPlaintextBytes, content.length)
    }
    if (content.length === 0) this.countIdle()
    return { contentType, content }
  }

  /** Notes that a useful record came. */
  progressed(): void {
    this.idleRecords = 0
  }

  /** Counts a record without progress: empty record, warning, HelloRequest. */
  countIdle(): void {
    this.idleRecords++
    if (this.idleRecords > this.limits.maxIdleRecords) {
      throw misbehaved(
        'unexpected_message',
        `${this.idleRecords} records in a row were empty, warnings or HelloRequests.`,
        {
          expected: `at most ${this.limits.maxIdleRecords} in a row`,
          got: `${this.idleRecords}`
        }
      )
    }
  }

  /** Queues `content` as one or more records. Empty content makes no record. */
  write(contentType: ContentType, content: Buffer): void {
    const maxBytes = Math.min(this.limits.maxSentPlaintextBytes, MAX_PLAINTEXT_BYTES)
    for (let offset = 0; offset < content.length; offset += maxBytes) {
      this.writeRecord(contentType, content.subarray(offset, offset + maxBytes))
    }
  }

  /** Queues `content` as exactly one record, of any length. */
  writeRecord(contentType: ContentType, content: Buffer): void {
    const code = contentTypeCodes[contentType]
    const record = this.sealer?.sealRecord?.(code, content) ?? this.recordOf(code, content)
    this.records.push(record)
    this.trace({
      kind: 'record',
      direction: 'out',
      contentType,
      version: TLS_1_0,
      wireBytes: record.length - RECORD_HEADER_BYTES,
      plainBytes: content.length,
      encrypted: this.writeIsProtected,
      macBytes: this.sealer?.macBytes ?? 0
    })
  }

  private recordOf(code: number, content: Buffer): Buffer {
    const wireBytes = this.sealer ? this.sealer.sealedBytes(content.length) : content.length
    const record = Buffer.allocUnsafe(RECORD_HEADER_BYTES + wireBytes)
    record[0] = code
    record.writeUInt16BE(TLS_1_0, 1)
    record.writeUInt16BE(wireBytes, 3)
    const fragment = record.subarray(RECORD_HEADER_BYTES)
    if (this.sealer) this.sealer.seal(code, content, fragment)
    else fragment.set(content)
    return record
  }

  /** Returns what was written since the last call, in new memory, or `null`. */
  takeOutput(): Buffer | null {
    const { records } = this
    if (records.length === 0) return null
    this.records = []
    return records.length === 1 ? records[0]! : Buffer.concat(records)
  }
}
