import {
  BITS_8N1,
  type LineRate,
  type PortKind,
  type SerialPortEnd,
  type SerialPortEvents
} from '../../shared/contracts/serial-port.ts'
import type { Pace } from '../../shared/hardware/line-rates.ts'
import {
  deadUart,
  type HostLines,
  type ModuleUart,
  type PortLines,
  unknownLines
} from '../../shared/hardware/port-lines.ts'
import { LossReport } from './loss-report.ts'
import { PacedQueue } from './paced-queue.ts'
import { hostTime, type WireTime } from './wire-time.ts'

/** Bytes that a UART keeps until the module fetches them. Without flow control the rest is lost, as on a real one. */
export const UART_BUFFER_BYTES = 1_024
/** The rate when neither host nor module has set one. */
const AUTOBAUD = 115_200
/** A UART can read bytes at a rate that differs by this much. Beyond it, the last bit is sampled in the wrong place. */
const RATE_TOLERANCE = 0.03
const XON = 0x11
const XOFF = 0x13

/**
 * The serial line between a host's port and the module's UART: how long bytes take, and what flow control does. It
 * wraps the carrier of the bytes and is a port itself. Without pacing and holds, bytes pass at once.
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
  /** Bytes that the UART has received and the module has not fetched; at most `uartBufferBytes`. */
  #unfetched: Uint8Array[] = []
  #carrierFull = false
  /** Bytes from the host wait in its queue, and more should stay with the carrier. */
  #fromHostFull = false
  #carrierReading = true
  #hostXoff = false
  #xoffSent = false
  #rts: boolean | null = null
  #closed = false

  constructor(pace: Pace, events: SerialPortEvents, time: WireTime = hostTime) {
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
      drained: () => {
        this.#fromHostFull = false
        this.#readCarrier()
      },
      overrun: (bytes) => this.#losses.add(bytes, `${this.name} sent more than was read; bytes from the host are lost.`)
    })
  }

  /** Opens the carrier with the listeners of this line, and returns it. Rejects as the carrier's opener does. */
  async open<Carrier extends SerialPortEnd>(
    openCarrier: (events: SerialPortEvents) => Promise<Carrier>
  ): Promise<Carrier> {
    const carrier = await openCarrier(this.#carrierEvents())
    this.#carrier = carrier
    this.#follow()
    return carrier
  }

  get carrier(): SerialPortEnd {
    if (!this.#carrier) throw new Error('The line has no carrier before it is open.')
    return this.#carrier
  }

  get name(): string {
    return this.#carrier?.name ?? 'the port'
  }

  get kind(): PortKind {
    return this.carrier.kind
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

  /** The rate of the bytes on the line; `null` without pacing. */
  get rate(): LineRate | null {
    if (this.#pace === 'off') return null
    const bitsPerByte = this.#carrier?.rate?.bitsPerByte ?? BITS_8N1
    if (this.#pace !== 'follow') return { baud: this.#pace, bitsPerByte }
    return { baud: this.#carrier?.rate?.baud ?? (this.#uart.baud || AUTOBAUD), bitsPerByte }
  }

  /** Why host and module cannot read each other's bytes (different rates), or `null`. */
  get mismatch(): string | null {
    // A real UART takes the module's rate, and wrong bytes show by themselves. Called for every piece of bytes.
    if (this.#pace !== 'follow' || this.kind === 'serial') return null
    const host = this.#carrier?.rate?.baud
    const module = this.#uart.baud
    if (!host || module === 0 || Math.abs(host - module) <= module * RATE_TOLERANCE) return null
    return `The host has set ${this.name} to ${host} baud and the module is set to ${module} (AT+IPR), so neither can read the other.`
  }

  write(bytes: Uint8Array): boolean {
    if (this.#closed) return true
    if (!this.clientPresent) {
      // Nobody is connected; the carrier counts the bytes.
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

  /** Sets the lines that the module drives and the settings of its UART. */
  setUart(uart: ModuleUart): void {
    const before = this.#uart
    this.#uart = uart
    this.#carrier?.drive?.(uart.lines)
    if (uart.online !== before.online) this.#carrier?.setOnline?.(uart.online)
    // The first setting does not count: at the start the person's rate for the port holds.
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
        // Like a UART, which sees an XON though nobody has fetched what came before it.
        if (this.#fromHost.isHeld && this.#uart.flow.hostXoff !== 'data') this.#obeyXoff(bytes)
        if (!this.#fromHost.push(bytes)) this.#fromHostFull = true
        this.#readCarrier()
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

  /** Whether the module must wait for a host that takes no more. */
  get #controlled(): boolean {
    const { heedsRts, hostXoff } = this.#uart.flow
    return heedsRts || hostXoff !== 'data' || !this.rate
  }

  /** Passes bytes that have arrived on to the host. */
  #hand(bytes: Uint8Array): void {
    if (this.mismatch) return this.#losses.add(bytes.length, this.mismatch)
    if (this.#carrierFull && !this.#controlled) {
      return this.#losses.add(
        bytes.length,
        `The host did not read ${this.name} and flow control is off (AT&K0): bytes to it are lost.`
      )
    }
    if (this.carrier.write(bytes)) return
    this.#carrierFull = true
    this.#holdModule()
  }

  /** Takes bytes that have arrived at the module's UART. */
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
    if (!this.#obeyXoff(bytes)) return bytes
    return this.#uart.flow.hostXoff === 'filtered' ? bytes.filter((byte) => byte !== XON && byte !== XOFF) : bytes
  }

  /** Returns whether there is an XON or XOFF in the bytes. */
  #obeyXoff(bytes: Uint8Array): boolean {
    if (!bytes.some((byte) => byte === XON || byte === XOFF)) return false
    for (const byte of bytes) if (byte === XON || byte === XOFF) this.#hostXoff = byte === XOFF
    this.#holdModule()
    return true
  }

  /** Called when the module does not fetch: flow control stops the line; without it the UART overruns. */
  #holdHost(): void {
    const { byCts, byXoff } = this.#uart.flow
    this.#fromHost.hold(!this.#reading && (byCts || byXoff || !this.rate))
    if (!byXoff || this.#xoffSent === !this.#reading) return
    this.#xoffSent = !this.#reading
    if (this.clientPresent) this.carrier.write(Uint8Array.of(this.#xoffSent ? XOFF : XON))
  }

  #holdModule(): void {
    this.#toHost.hold(this.#rtsHolds || this.#hostXoff || (this.#carrierFull && this.#controlled))
    this.#readCarrier()
  }

  get #rtsHolds(): boolean {
    return this.#uart.flow.heedsRts && this.#rts === false
  }

  /**
   * Leaves bytes with the carrier while the queue is full. Not where the host holds the module and releases it among
   * these bytes, by XON or by the RTS of RFC 2217: host and module would wait for each other for ever.
   */
  #readCarrier(): void {
    const isReleaseToCome = this.#hostXoff || (this.#rtsHolds && this.#carrier?.kind === 'rfc2217')
    const reading = !this.#fromHostFull || isReleaseToCome
    if (reading === this.#carrierReading) return
    this.#carrierReading = reading
    this.#carrier?.setReading(reading)
  }
}
