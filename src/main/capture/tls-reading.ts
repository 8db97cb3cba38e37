import type { HandshakeMessage, HandshakeSnapshot } from '../../shared/calls/handshakes.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import { handshakeTypes } from '../../shared/tls/names.ts'
import type { TlsDirection } from '../../shared/tls/trace.ts'
import { AlertReader } from '../tls/alert-reader.ts'
import { HandshakeJoiner, type RawHandshakeMessage } from '../tls/handshake-joiner.ts'
import { defaultLimits, MAX_CIPHERTEXT_BYTES } from '../tls/limits.ts'
import { decodeHandshake } from '../tls/messages.ts'
import type { RecordOpener } from '../tls/record-cipher.ts'
import { RecordReader, RECORD_HEADER_BYTES, type WireRecord } from '../tls/record-reader.ts'
import { summarizeAlert, summarizeHandshake } from '../tls/summaries.ts'
import { contentTypeCodes } from '../tls/wire.ts'
import { describeDer } from '../x509/stored-data.ts'
import { CapturedKeys } from './captured-keys.ts'
import type { KnownSecrets } from './key-log-text.ts'
import { MAX_MESSAGES_OF_STREAM } from './limits.ts'

export interface TlsReadingHost {
  /**
   * Takes the bytes of a message (`null` when they stay encrypted). Returns its `seq`, or `null` when no more messages
   * are taken.
   */
  message(name: string, bytes: Uint8Array | null): number | null
  /** Takes the content of an application data record; `null` when it stays encrypted. */
  data(direction: TlsDirection, atMs: number, content: Uint8Array | null, wireBytes: number): void
}

/**
 * Decodes both directions of a captured TLS connection (RFC 2246) into messages. `out` is what the end sent that began
 * with ClientHello. Records are decrypted where the master
 * secret is known and the suite is one of the five of the guide. Never throws.
 */
export class TlsReading {
  readonly notes: string[] = []
  private readonly messages: HandshakeMessage[] = []
  private readonly sides: Readonly<Record<TlsDirection, Side>> = { out: new Side(), in: new Side() }
  private readonly data = { sentRecords: 0, sentBytes: 0, receivedRecords: 0, receivedBytes: 0 }
  private readonly keys: CapturedKeys
  private finished = 0
  private finishedMs: number | null = null
  private fatal: { readonly sentence: string } | null = null
  private opened = 0
  private closedRecords = 0

  constructor(
    secrets: KnownSecrets,
    private readonly host: TlsReadingHost
  ) {
    this.keys = new CapturedKeys(secrets)
  }

  feed(direction: TlsDirection, bytes: Uint8Array, atMs: number): void {
    const side = this.sides[direction]
    if (side.stopped) return
    try {
      side.reader.feed(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
      for (let record = side.reader.next(); record; record = side.reader.next())
        this.record(direction, side, record, atMs)
    } catch (error) {
      this.stop(
        side,
        `What the ${who(direction)} sent could not be read further: ${error instanceof TlsFailure ? error.message : 'it is malformed.'}`
      )
    }
  }

  /** Notes that bytes of that direction are missing: the start of the next record is then unknown. */
  lost(direction: TlsDirection, bytes: number): void {
    const side = this.sides[direction]
    if (!side.stopped)
      this.stop(
        side,
        `${bytes} bytes of the ${who(direction)} are not in the capture, so what it sent after them cannot be read.`
      )
  }

  /** Whether all encrypted records could be read; `null` when there were none. */
  get decrypted(): boolean | null {
    return this.closedRecords > 0 ? false : this.opened > 0 ? true : null
  }

  /** Returns the handshake as the window shows it. `ended` is false when only the capture ended, not the connection. */
  snapshot(id: number, farEnd: string, ended: boolean): HandshakeSnapshot | null {
    const first = this.messages[0]
    if (!first) return null
    const isOpen =
      this.finished >= 2 || (this.keys.isTls13 && this.data.sentRecords > 0 && this.data.receivedRecords > 0)
    const failure = isOpen
      ? null
      : (this.fatal?.sentence ?? (ended ? 'The connection ended before the handshake was complete.' : null))
    // No failure was captured: the missing part may have succeeded.
    const goesOn = !isOpen && failure === null
    if (goesOn) this.note('The capture ends within the handshake, or does not have all of it.')
    return {
      id,
      farEnd,
      startedMs: first.atMs,
      finishedMs: goesOn ? null : isOpen ? (this.finishedMs ?? this.messages.at(-1)!.atMs) : this.messages.at(-1)!.atMs,
      outcome: isOpen ? 'open' : goesOn ? 'running' : 'failed',
      failure,
      rule: null,
      failureSeq: null,
      messages: this.messages,
      // Only the client knows which checks it skipped.
      remarks: [],
      data: this.data
    }
  }

  private stop(side: Side, sentence: string): void {
    side.stopped = true
    this.note(sentence)
  }

  private note(sentence: string): void {
    if (this.notes.length < MAX_NOTES && !this.notes.includes(sentence)) this.notes.push(sentence)
  }

  private record(direction: TlsDirection, side: Side, { contentType, fragment }: WireRecord, atMs: number): void {
    side.records += 1
    const content = side.isProtected ? this.open(side, contentTypeCodes[contentType], fragment) : fragment
    const number = side.records
    const record = {
      seq: -1,
      number,
      bytes: RECORD_HEADER_BYTES + fragment.length,
      plainBytes: content?.length ?? 0,
      encrypted: side.isProtected,
      macBytes: content ? (side.opener?.macBytes ?? 0) : 0
    }
    const add = (name: string, bytes: Uint8Array | null, length: number, summary: string, fatal = false): void => {
      if (this.messages.length >= MAX_MESSAGES_OF_STREAM)
        return this.note(`Only the first ${MAX_MESSAGES_OF_STREAM} messages of the connection are shown.`)
      const seq = this.host.message(name, bytes)
      if (seq === null) return this.note('No more messages of this capture are shown.')
      // How much of an encrypted record is content is unknown.
      this.messages.push({
        seq,
        atMs,
        direction,
        name,
        bytes: length,
        encrypted: side.isProtected,
        summary,
        fatal,
        record: content ? record : null
      })
    }
    switch (contentType) {
      case 'change_cipher_spec':
        add(
          'ChangeCipherSpec',
          content && Buffer.from(content),
          content?.length ?? fragment.length,
          this.keys.isTls13 ? 'a formality in TLS 1.3' : 'what follows is encrypted'
        )
        if (!this.keys.isTls13) this.protect(direction, side)
        return
      case 'application_data':
        return this.applicationData(direction, content, fragment.length, atMs)
      case 'alert':
        if (!content) return add('Alert', null, fragment.length, 'encrypted')
        for (const { isFatal, code } of side.alerts.read(content)) {
          add('Alert', Uint8Array.of(isFatal ? 2 : 1, code), 2, summarizeAlert(isFatal, code), isFatal)
          if (isFatal)
            this.fatal ??= { sentence: `The ${who(direction)} ended the connection: ${summarizeAlert(isFatal, code)}.` }
        }
        return
      case 'handshake':
        return content
          ? this.handshake(side, content, direction, atMs, add)
          : this.closedHandshake(side, fragment.length, atMs, add)
    }
  }

  private handshake(
    side: Side,
    content: Buffer,
    direction: TlsDirection,
    atMs: number,
    add: (name: string, bytes: Uint8Array, length: number, summary: string) => void
  ): void {
    side.joiner.feed(content)
    for (let message = side.joiner.next(); message; message = side.joiner.next()) {
      const name = handshakeTypes[message.typeCode] ?? `Handshake message ${message.typeCode}`
      add(name, Uint8Array.from(message.bytes), message.bytes.length, this.summaryOf(message, direction))
      if (name === 'Finished') this.finish(atMs)
    }
  }

  /** Adds an encrypted handshake record. The first one after ChangeCipherSpec is Finished (RFC 2246 7.4.9). */
  private closedHandshake(
    side: Side,
    bytes: number,
    atMs: number,
    add: (name: string, bytes: null, length: number, summary: string) => void
  ): void {
    const isFinished = !side.closedFinished
    side.closedFinished = true
    add(isFinished ? 'Finished' : 'Handshake message', null, bytes, 'encrypted')
    if (isFinished) this.finish(atMs)
  }

  private finish(atMs: number): void {
    this.finished += 1
    if (this.finished === 2) this.finishedMs = atMs
  }

  private applicationData(direction: TlsDirection, content: Buffer | null, wireBytes: number, atMs: number): void {
    // Application data before any key is in use is TLS 1.3, which sends the rest of its handshake under this type.
    const side = this.sides[direction]
    const open = side.isProtected ? content : null
    const bytes = open?.length ?? wireBytes
    if (direction === 'out') {
      this.data.sentRecords += 1
      this.data.sentBytes += bytes
    } else {
      this.data.receivedRecords += 1
      this.data.receivedBytes += bytes
    }
    if (!side.isProtected) {
      this.closedRecords += 1
      this.note(
        this.keys.isTls13
          ? 'TLS 1.3 encrypts everything after ServerHello; only TLS 1.0 with the suites of the guide is decrypted.'
          : 'Application data came before any key was in use.'
      )
    }
    this.host.data(direction, atMs, open, wireBytes)
  }

  private summaryOf(message: RawHandshakeMessage, direction: TlsDirection): string {
    try {
      const decoded = decodeHandshake(message)
      if (!decoded) return 'no message of TLS 1.0'
      if (decoded.name === 'ClientHello' && direction === 'out') this.keys.offered(decoded.random)
      else if (decoded.name === 'ServerHello' && direction === 'in') this.keys.chosen(decoded)
      return summarizeHandshake(decoded, describeDer)
    } catch (error) {
      return `malformed: ${error instanceof Error ? error.message : 'it cannot be read.'}`
    }
  }

  /** Handles ChangeCipherSpec: from here on this direction is encrypted. */
  private protect(direction: TlsDirection, side: Side): void {
    side.isProtected = true
    side.closedFinished = false
    side.opener = null
    const opener = this.keys.opener(direction)
    if (typeof opener === 'string') this.note(opener)
    else side.opener = opener
  }

  private open(side: Side, contentType: number, fragment: Buffer): Buffer | null {
    try {
      const content = side.opener?.open(contentType, fragment) ?? null
      if (content) this.opened += 1
      else this.closedRecords += 1
      return content
    } catch {
      // The cipher state depends on every record, so it is lost with this one.
      side.opener = null
      this.closedRecords += 1
      this.note(
        'A record does not decrypt with the secrets that are given for this session; what follows it stays encrypted.'
      )
      return null
    }
  }
}

class Side {
  readonly reader = new RecordReader(MAX_CIPHERTEXT_BYTES)
  readonly joiner = new HandshakeJoiner(defaultLimits.maxHandshakeMessageBytes)
  readonly alerts = new AlertReader()
  records = 0
  isProtected = false
  /** Decrypts the records of this direction; `null` while they are plain, or when they stay encrypted. */
  opener: RecordOpener | null = null
  closedFinished = false
  stopped = false
}

function who(direction: TlsDirection): string {
  return direction === 'out' ? 'client' : 'server'
}

const MAX_NOTES = 10
