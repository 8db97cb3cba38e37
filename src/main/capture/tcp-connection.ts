import type { CapturedLine, CapturedStream } from '../../shared/calls/capture.ts'
import type { TlsDirection } from '../../shared/tls/trace.ts'
import type { TcpSegment } from './ip-packet.ts'
import type { KnownSecrets } from './key-log-text.ts'
import { MAX_COMMENTS, MAX_LINE_BYTES, MAX_LINES_OF_STREAM } from './limits.ts'
import { TcpOrder, type InOrder } from './tcp-order.ts'
import { TlsReading } from './tls-reading.ts'

export interface ConnectionHost {
  readonly secrets: KnownSecrets
  message(name: string, bytes: Uint8Array | null): number | null
  /** Returns whether one more line of data may be kept. */
  mayKeepLine(): boolean
}

/** One TCP connection of a capture: its bytes in order, decoded as TLS from ClientHello on, otherwise as plain data. */
export class TcpConnection {
  readonly lines: CapturedLine[] = []
  private readonly orders = new Map<string, TcpOrder>()
  private readonly comments: { atMs: number; text: string }[] = []
  private readonly notes: string[] = []
  /** The end that opened the connection, or sent first; once TLS begins, the end that sent ClientHello. */
  private near: string
  private far: string
  private readonly carried = new Map<string, number>()
  private packets = 0
  private ended = false
  private tls: TlsReading | null = null
  /** For each end: bytes that may be the beginning of a ClientHello, until that is decided. */
  private readonly held = new Map<string, Buffer>()

  constructor(
    first: TcpSegment,
    private readonly beganMs: number,
    /** Sequence number of the SYN; `null` when the capture began later. */
    private readonly synSequence: number | null,
    private readonly host: ConnectionHost
  ) {
    const opener = first.syn && first.ack ? first.to : first.from
    this.near = opener
    this.far = opener === first.from ? first.to : first.from
    for (const end of [this.near, this.far]) this.orders.set(end, new TcpOrder())
  }

  /** Returns whether this SYN begins another connection between the same ends. A repeated SYN has the same number. */
  isBegunAnewBy({ syn, ack, sequence }: TcpSegment): boolean {
    return syn && !ack && sequence !== this.synSequence
  }

  add(segment: TcpSegment, atMs: number, comments: readonly string[]): void {
    const { from, syn, fin, rst, sequence, payload, missingBytes } = segment
    this.packets += 1
    for (const text of comments) if (this.comments.length < MAX_COMMENTS) this.comments.push({ atMs, text })
    const order = this.orders.get(from)!
    if (syn) order.synchronise(sequence)
    this.deliver(from, order.add(syn ? sequence + 1 : sequence, payload, missingBytes), atMs)
    this.ended ||= fin || rst
  }

  /** Returns the summary of the connection, once all its packets have been added. */
  end(number: number, endMs: number): CapturedStream {
    for (const [end, order] of this.orders) this.deliver(end, order.end(), endMs)
    for (const [end, bytes] of this.held) this.plain(end, bytes, endMs)
    this.held.clear()
    return {
      number,
      near: this.near,
      far: this.far,
      beganMs: this.beganMs,
      packets: this.packets,
      sentBytes: this.carried.get(this.near) ?? 0,
      receivedBytes: this.carried.get(this.far) ?? 0,
      handshake: this.tls?.snapshot(number, this.far, this.ended) ?? null,
      decrypted: this.tls?.decrypted ?? null,
      notes: [...this.notes, ...(this.tls?.notes ?? [])],
      comments: this.comments,
      lines: this.lines.length
    }
  }

  private deliver(end: string, pieces: readonly InOrder[], atMs: number): void {
    for (const piece of pieces) {
      if ('missingBytes' in piece) this.missing(end, piece.missingBytes, atMs)
      else {
        this.carried.set(end, (this.carried.get(end) ?? 0) + piece.bytes.length)
        if (this.tls) this.tls.feed(this.directionOf(end), piece.bytes, atMs)
        else this.beforeTls(end, piece.bytes, atMs)
      }
    }
  }

  private missing(end: string, bytes: number, atMs: number): void {
    const held = this.held.get(end)
    this.held.delete(end)
    if (held) this.plain(end, held, atMs)
    if (this.tls) this.tls.lost(this.directionOf(end), bytes)
    this.line(end, atMs, 'missing', new Uint8Array(), bytes)
  }

  /** Looks for the start of TLS: at once, or after plain text, as with FTP's AUTH TLS (RFC 4217). */
  private beforeTls(end: string, bytes: Uint8Array, atMs: number): void {
    const held = this.held.get(end)
    const all = held ? Buffer.concat([held, bytes]) : bytes
    this.held.delete(end)
    const match = beginsClientHello(all)
    if (match === 'perhaps') this.held.set(end, Buffer.from(all))
    else if (match === 'yes') {
      if (end !== this.near) [this.near, this.far] = [this.far, this.near]
      this.tls = new TlsReading(this.host.secrets, {
        message: (name, raw) => this.host.message(name, raw),
        data: (direction, at, content, wireBytes) =>
          this.line(
            direction === 'out' ? this.near : this.far,
            at,
            content ? 'data' : 'encrypted',
            content ?? new Uint8Array(),
            content?.length ?? wireBytes
          )
      })
      this.tls.feed('out', all, atMs)
    } else {
      if (this.lines.length === 0 && looksLikeRecord(all))
        this.note(
          'The capture begins within this TLS connection: its handshake is not there, so nothing of it can be decrypted.'
        )
      this.plain(end, all, atMs)
    }
  }

  private plain(end: string, bytes: Uint8Array, atMs: number): void {
    this.line(end, atMs, 'data', bytes, bytes.length)
  }

  private line(end: string, atMs: number, kind: CapturedLine['kind'], bytes: Uint8Array, byteCount: number): void {
    if (this.lines.length >= MAX_LINES_OF_STREAM || !this.host.mayKeepLine()) {
      this.note('Only the first pieces of its data are shown.')
      return
    }
    this.lines.push({
      atMs,
      direction: end === this.near ? 'tx' : 'rx',
      interfaceName: '',
      kind,
      byteCount,
      bytes: Uint8Array.from(bytes.subarray(0, MAX_LINE_BYTES)),
      comments: []
    })
  }

  private note(sentence: string): void {
    if (!this.notes.includes(sentence)) this.notes.push(sentence)
  }

  private directionOf(end: string): TlsDirection {
    return end === this.near ? 'out' : 'in'
  }
}

/** Returns whether bytes begin a ClientHello (1) in a handshake record (22) of any version 3.x: RFC 2246 6.2.1, 7.4. */
function beginsClientHello(bytes: Uint8Array): 'yes' | 'no' | 'perhaps' {
  const wanted = [22, 3, null, null, null, 1]
  const fits = wanted.every((byte, at) => byte === null || at >= bytes.length || bytes[at] === byte)
  return !fits ? 'no' : bytes.length >= wanted.length ? 'yes' : 'perhaps'
}

function looksLikeRecord(bytes: Uint8Array): boolean {
  return bytes.length >= 5 && bytes[0]! >= 20 && bytes[0]! <= 23 && bytes[1] === 3 && bytes[2]! <= 4
}
