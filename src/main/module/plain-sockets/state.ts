import type { Endpoint } from '../../../shared/contracts/bearer.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { Chart } from '../chart.ts'
import type { SocketSettings } from '../hardware/nvm.ts'
import type { Timers } from '../hardware/timer-board.ts'
import type { Held } from '../sockets/held-bytes.ts'
import { SocketBase } from '../sockets/socket-base.ts'
import { settingsOf } from './config.ts'
import { Datagrams } from './datagrams.ts'
import { dataFailures } from './failures.ts'
import { hexText } from './hex.ts'
import type { PlainLink, PlainSocketParts } from './parts.ts'

/** Why the last connection was closed, as #SLASTCLOSURE prints it (at-reference 13). */
export type LastClosure = (typeof lastClosures)[keyof typeof lastClosures]

export const lastClosures = { never: 0, fin: 1, reset: 2, idle: 3, context: 4 } as const

/** The data of one plain socket. */
export class PlainState extends SocketBase<Chart<'socket'>> {
  readonly connId: number
  readonly parts: PlainSocketParts
  readonly timers: Timers
  /** The connection, from the dial on until it has ended and all data was read. */
  link: PlainLink | null = null
  closureType: 0 | 255 = 0
  lastClosure: LastClosure = lastClosures.never
  /** The end of a connection that the host must not notice yet (closureType 255); else `null`. */
  hiddenEnd: { readonly cause: number | null; readonly because: EndReason } | null = null
  /** Kind, direction, ends and counters of the last connection. They stay after its end (#SI, #ST). */
  record: ConnectionRecord = neverOpened
  readonly datagrams = new Datagrams()
  /** Whether SRING has told of the data that waits. */
  announced = false
  readonly #take: (maxBytes: number) => Held

  constructor(connId: number, chart: Chart<'socket'>, parts: PlainSocketParts, take: (maxBytes: number) => Held) {
    const timers = parts.timers.ofSocket(connId)
    super(chart, { clock: parts.clock, timers, failures: dataFailures(connId) })
    this.connId = connId
    this.parts = parts
    this.timers = timers
    this.#take = take
  }

  get connection(): PlainLink | null {
    return this.link
  }

  get settings(): SocketSettings {
    return settingsOf(this.parts.nvm, this.connId)
  }

  dataArrived(): void {
    // With mode 0 once until all was read: further data is no news.
    if (this.settings.ringMode !== 0 || !this.announced) this.owner.ring()
  }

  dataLeft(): void {}

  override drop(): void {
    super.drop()
    this.forgetConnection()
  }

  protected connectionEnds(): void {
    this.link?.close()
    this.forgetConnection()
  }

  /** Returns the SRING line of the mode that #SCFGEXT set. In modes 2 and 3 it includes the data. */
  protected announcement(): string | null {
    const { ringMode, ringTo, receiveHex } = this.settings
    const waiting = this.reader.heldBytes
    if (waiting === 0 || this.online || !this.chart.within('open')) return null
    this.announced = true
    if (ringMode === 0) return `SRING: ${this.connId}`
    if (ringMode === 1) return `SRING: ${this.connId},${waiting}`
    const from = this.datagrams.first?.from ?? null
    const { bytes } = this.#take(this.#ringBytes)
    const text = receiveHex === 1 ? hexText(bytes) : String.fromCharCode(...bytes)
    if (this.reader.heldBytes > 0) this.owner.ring((ringTo || DEFAULT_RING_TO) * 100)
    if (ringMode === 2 || from === null) return `SRING: ${this.connId},${bytes.length},${text}`
    const left = this.datagrams.leftOfTaken
    return `SRING: ${from.address},${from.port},${this.connId},${bytes.length},${left},${text}`
  }

  protected unaskedRing(): null {
    return null
  }

  /** The mode of #SCFGEXT2. */
  noCarrierDetail(): string {
    switch (this.settings.noCarrierMode) {
      case 1:
        return `:${this.connId}`
      case 2:
        return `:${this.connId},${this.lastClosure}`
      default:
        return ''
    }
  }

  private forgetConnection(): void {
    this.link = null
    this.hiddenEnd = null
    this.announced = false
    this.datagrams.clear()
  }

  get #ringBytes(): number {
    return this.settings.ringBytes === 1 && this.record.kind === 'tcp' ? LONG_RING_BYTES : SHORT_RING_BYTES
  }
}

export interface ConnectionRecord {
  readonly kind: 'tcp' | 'udp' | null
  readonly direction: 'dialled' | 'accepted' | null
  readonly local: Endpoint | null
  readonly remote: Endpoint | null
  /** The counters of the connection, which go on counting. */
  readonly counters: { readonly sentBytes: number; readonly receivedBytes: number }
}

export const neverOpened: ConnectionRecord = {
  kind: null,
  direction: null,
  local: null,
  remote: null,
  counters: { sentBytes: 0, receivedBytes: 0 }
}

/** Most bytes of one SRING by the fourth value of #SCFGEXT2: 64, or the payload of one TCP segment. */
const SHORT_RING_BYTES = 64
const LONG_RING_BYTES = 1460
/** The default pause between two SRINGs with data, in tenths of a second. */
const DEFAULT_RING_TO = 10
