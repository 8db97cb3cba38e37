import {
  BITS_8N1,
  type LineRate,
  type PortKind,
  type SerialPortEnd,
  type SerialPortEvents
} from '../../shared/contracts/serial-port.ts'
import {
  deadUart,
  type HostLines,
  type ModuleUart,
  type PortLines,
  unknownLines
} from '../../shared/hardware/port-lines.ts'
import type { Pace } from '../../shared/hardware/line-rates.ts'
import { LossReport } from './loss-report.ts'
import { PacedQueue } from './paced-queue.ts'
import { hostTime, type WireTime } from './wire-time.ts'

/** What a UART keeps of bytes that its module does not fetch; with flow control off the rest is lost, as on a real one. */
export const UART_BUFFER_BYTES = 1_024
/** The rate where host and module both leave it to the other. */
const AUTOBAUD = 115_200
/** A UART reads a byte at a rate that is this much off; its last bit is sampled beside the mark beyond it. */
const RATE_TOLERANCE = 0.03
const XON = 0x11
const XOFF = 0x13

/**
 * The wire between a host's port and the module's UART: how long bytes are on it, and what flow control does. It is a
 * port itself, around whatever carries the bytes; without pacing and while nobody holds the other back, bytes pass through at once.
 */
export class Wire implements SerialPortEnd {
  readonly #events: SerialPortEvents
  readonly #toHost: PacedQueue
  readonly #fromHost: PacedQueue
  readonly #losses: LossReport
  #carrier: SerialPortEnd | null = null
  #pace: Pace
  #uart: ModuleUart = deadUart
  #reading = true
  /** Received by the UART, not fetched by the module: bounded by `uartBufferBytes`. */
  #unfetched: Uint8Array[] = []
  #carrierFull = false
  #hostXoff = false
  #xoffSent = false
  #rts: boolean | null = null
  #closed = false

  /** Opens the carrier with listeners of the wire around it. Rejects as the carrier's opener does. */
  static async open(
    openCarrier: (events: SerialPortEvents) => Promise<SerialPortEnd>,
    pace: Pace,
    events: SerialPortEvents,
    time: WireTime = hostTime
  ): Promise<Wire> {
    const wire = new Wire(pace, events, time)
    wire.#carrier = await openCarrier(wire.#carrierEvents())
    wire.#follow()
    return wire
  }

  private constructor(pace: Pace, events: SerialPortEvents, time: WireTime) {
    this.#pace = pace
    this.#events = events
    this.#losses = new LossReport(time, (droppedBytes, sentence) => events.overrun(droppedBytes, sentence))
    this.#toHost = new PacedQueue(time, {
      arrived: (bytes) => this.#hand(bytes),
      drained: () => events.drained(),
      overrun: (bytes) => this.#losses.add(bytes, `${this.name} was not read; bytes to the host are lost.`)
    })
    this.#fromHost = new PacedQueue(time, {
      arrived: (bytes) => this.#received(bytes),
      drained: () => this.#carrier?.setReading(true),
      overrun: (bytes) => this.#losses.add(bytes, `${this.name} sent more than was read; bytes from the host are lost.`)
    })
  }

  get carrier(): SerialPortEnd {
    return this.#carrier!
  }

  get name(): string {
    return this.#carrier?.name ?? 'the port'
  }

  get kind(): PortKind {
    return this.#carrier!.kind
  }

  get clientPresent(): boolean {
    return this.#carrier?.clientPresent ?? false
  }

  get lines(): PortLines {
    return this.#carrier?.lines ?? unknownLines(this.kind)
  }

  get trouble(): string | null {
    return this.#carrier?.trouble ?? this.mismatch
  }

  get pace(): Pace {
    return this.#pace
  }

  /** The rate that bytes have on the wire; null: as fast as it goes. */
  get rate(): LineRate | null {
    if (this.#pace === 'off') return null
    const bitsPerByte = this.#carrier?.rate?.bitsPerByte ?? BITS_8N1
    if (this.#pace !== 'follow') return { baud: this.#pace, bitsPerByte }
    return { baud: this.#carrier?.rate?.baud ?? (this.#uart.baud || AUTOBAUD), bitsPerByte }
  }

  /** Why neither side can read the other, while rates are followed and differ; null otherwise. */
  get mismatch(): string | null {
    // A real UART takes the module's rate, and its wire shows by itself who cannot read whom. Asked for every piece of bytes.
    if (this.#pace !== 'follow' || this.kind === 'serial') return null
    const host = this.#carrier?.rate?.baud
    const module = this.#uart.baud
    if (!host || module === 0 || Math.abs(host - module) <= module * RATE_TOLERANCE) return null
    return `The host has set ${this.name} to ${host} baud and the module is set to ${module} (AT+IPR), so neither can read the other.`
  }

  write(bytes: Uint8Array): boolean {
    if (this.#closed) return true
    if (!this.clientPresent) {
      // A wire that leads nowhere; the carrier counts.
      this.#carrier?.write(bytes)
      return true
    }
    return this.#toHost.push(bytes)
  }

  setReading(reading: boolean): void {
    if (reading === this.#reading) return
    this.#reading = reading
    if (reading) this.#fetchAll()
    this.#holdHost()
  }

  setPace(pace: Pace): void {
    this.#pace = pace
    this.#follow()
  }

  /** Takes what the module drives and how its UART is set now. */
  setUart(uart: ModuleUart): void {
    const before = this.#uart
    this.#uart = uart
    this.#carrier?.drive?.(uart.lines)
    if (uart.online !== before.online) this.#carrier?.setOnline?.(uart.online)
    // What it is set to at its start was the person's to choose, who named the wire's rate.
    if (before !== deadUart && uart.baud !== before.baud && uart.baud > 0) this.#carrier?.setBaud?.(uart.baud)
    if (uart.flow.hostXoff === 'data') this.#hostXoff = false
    this.#holdHost()
    this.#holdModule()
    this.#takeRate()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#toHost.clear()
    this.#fromHost.clear()
    this.#losses.stop()
    await this.#carrier?.close()
  }

  #carrierEvents(): SerialPortEvents {
    const events = this.#events
    return {
      data: (bytes) => {
        if (!this.#fromHost.push(bytes)) this.#carrier?.setReading(false)
      },
      presence: (present, client) => {
        if (this.#closed) return
        this.#hostXoff = false
        this.#carrierFull = false
        if (!present) this.#toHost.clear()
        this.#rts = this.lines.rts
        this.#holdModule()
        this.#takeRate()
        events.presence(present, client)
      },
      drained: () => {
        this.#carrierFull = false
        this.#holdModule()
      },
      overrun: (droppedBytes, sentence) => events.overrun(droppedBytes, sentence),
      note: (sentence) => events.note(sentence),
      hostLines: (lines: HostLines) => {
        this.#rts = lines.rts
        this.#holdModule()
        events.hostLines?.(lines)
      },
      rate: (rate) => {
        this.#takeRate()
        events.rate?.(rate)
        const { mismatch } = this
        if (mismatch) events.note(mismatch)
      },
      purge: ({ fromHost, toHost }) => {
        if (fromHost) this.#fromHost.clear()
        if (toHost) this.#toHost.clear()
      }
    }
  }

  #follow(): void {
    this.#carrier?.followRate?.(this.#pace === 'follow')
    this.#takeRate()
  }

  #takeRate(): void {
    const { rate } = this
    this.#toHost.setRate(rate)
    this.#fromHost.setRate(rate)
  }

  /** Whether the module waits for a host that takes no more. */
  get #controlled(): boolean {
    const { heedsRts, hostXoff } = this.#uart.flow
    return heedsRts || hostXoff !== 'data' || !this.rate
  }

  /** Bytes that are over the wire, to the host. */
  #hand(bytes: Uint8Array): void {
    if (this.mismatch) return this.#losses.add(bytes.length, this.mismatch)
    if (this.#carrierFull && !this.#controlled) {
      return this.#losses.add(
        bytes.length,
        `The host did not read ${this.name} and flow control is off (AT&K0): bytes to it are lost.`
      )
    }
    if (this.#carrier!.write(bytes)) return
    this.#carrierFull = true
    this.#holdModule()
  }

  /** Bytes that are over the wire, at the module's UART. */
  #received(bytes: Uint8Array): void {
    if (this.mismatch) return this.#losses.add(bytes.length, this.mismatch)
    const data = this.#uart.flow.hostXoff === 'data' ? bytes : this.#heedXoff(bytes)
    if (data.length === 0) return
    if (this.#reading && this.#unfetched.length === 0) return this.#events.data(data)
    const room = UART_BUFFER_BYTES - this.#unfetched.reduce((sum, one) => sum + one.length, 0)
    const kept = data.subarray(0, Math.max(0, room))
    if (kept.length > 0) this.#unfetched.push(kept)
    if (kept.length < data.length) {
      const sentence = `The module's UART was full and flow control is off (AT&K0): bytes from ${this.name} are lost.`
      this.#losses.add(data.length - kept.length, sentence)
    }
  }

  #fetchAll(): void {
    while (this.#reading && this.#unfetched.length > 0) this.#events.data(this.#unfetched.shift()!)
  }

  #heedXoff(bytes: Uint8Array): Uint8Array {
    if (!bytes.some((byte) => byte === XON || byte === XOFF)) return bytes
    for (const byte of bytes) if (byte === XON || byte === XOFF) this.#hostXoff = byte === XOFF
    this.#holdModule()
    return this.#uart.flow.hostXoff === 'filtered' ? bytes.filter((byte) => byte !== XON && byte !== XOFF) : bytes
  }

  /** The module fetches nothing: with flow control the wire stands still, without it bytes come on and overrun the UART. */
  #holdHost(): void {
    const { byCts, byXoff } = this.#uart.flow
    this.#fromHost.hold(!this.#reading && (byCts || byXoff || !this.rate))
    if (!byXoff || this.#xoffSent === !this.#reading) return
    this.#xoffSent = !this.#reading
    if (this.clientPresent) this.#carrier!.write(Uint8Array.of(this.#xoffSent ? XOFF : XON))
  }

  #holdModule(): void {
    const { heedsRts } = this.#uart.flow
    this.#toHost.hold((heedsRts && this.#rts === false) || this.#hostXoff || (this.#carrierFull && this.#controlled))
  }
}
