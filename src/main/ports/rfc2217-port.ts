import type { LineRate, SerialPortEnd, SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import { deadLines, unknownLines, type ModuleLines, type PortLines } from '../../shared/hardware/port-lines.ts'
import { QUEUE_LIMIT_BYTES } from './bounded-writer.ts'
import { ComPort } from './com-port.ts'
import type { TcpProtocol, TcpProtocolHost } from './tcp-connection.ts'
import { openTcpPort, type TcpPort, type TcpPortOptions } from './tcp-port.ts'

/** An AT port as an RFC 2217 server: over TCP, with modem lines and rates. `name` is `rfc2217 HOST:PORT`. */
export interface Rfc2217Port extends SerialPortEnd {
  readonly kind: 'rfc2217'
  readonly host: string
  readonly port: number
}

/**
 * Listens for one client at a time. Rejects with a `PortError` ('tcp-failed'). When a client leaves, its DTR and RTS
 * drop, as when an operating system closes a port.
 */
export async function openRfc2217Port(options: TcpPortOptions, events: SerialPortEvents): Promise<Rfc2217Port> {
  const end = new Rfc2217PortEnd(events)
  end.take(await openTcpPort({ ...options, protocol: (host) => end.protocolOf(host) }, end.tcpEvents()))
  return end
}

class Rfc2217PortEnd implements Rfc2217Port {
  readonly kind = 'rfc2217'
  readonly #events: SerialPortEvents
  #tcp: TcpPort | null = null
  #client: ComPort | null = null
  #moduleLines: ModuleLines = deadLines
  /** The client asked for silence (FLOWCONTROL-SUSPEND). */
  #suspended = false
  #reading = true
  #waiting: Uint8Array | null = null
  #breakTold = false
  #heldBack = false

  constructor(events: SerialPortEvents) {
    this.#events = events
  }

  take(tcp: TcpPort): void {
    this.#tcp = tcp
  }

  get host(): string {
    return this.#tcp!.host
  }

  get port(): number {
    return this.#tcp!.port
  }

  get name(): string {
    return `rfc2217 ${this.host}:${this.port}`
  }

  get clientPresent(): boolean {
    return this.#tcp?.clientPresent ?? false
  }

  get lines(): PortLines {
    const client = this.#client
    if (!client) return unknownLines('rfc2217')
    if (!client.agreed)
      return { ...unknownLines('rfc2217'), why: 'The client speaks Telnet without RFC 2217: it has no modem lines.' }
    return { ...this.#moduleLines, ...client.hostLines, why: null }
  }

  get rate(): LineRate | null {
    return this.#client?.rate ?? null
  }

  write(bytes: Uint8Array): boolean {
    const tcp = this.#tcp!
    if (!this.#client) return tcp.write(bytes)
    // Cut here, not in the TCP queue: half of an escaped byte would change the meaning of what follows.
    if (this.#suspended) return this.#keep(bytes)
    const room = Math.max(0, Math.floor((QUEUE_LIMIT_BYTES - tcp.queuedBytes) / 2))
    const kept = bytes.subarray(0, room)
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    const more = kept.length === 0 ? tcp.queuedBytes === 0 : tcp.write(this.#client.encode(kept))
    if (!more) this.#heldBack = true
    return !this.#heldBack
  }

  /** Keeps the piece that was under way when the client suspended. The result false stops the next one. */
  #keep(bytes: Uint8Array): boolean {
    this.#heldBack = true
    if (this.#waiting) this.#events.overrun(bytes.length)
    else this.#waiting = Uint8Array.from(bytes)
    return false
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    this.#readTcp()
  }

  /** Reads on while the client has suspended: its FLOWCONTROL-RESUME comes behind what it sent. */
  #readTcp(): void {
    this.#tcp?.setReading(this.#reading || this.#suspended)
  }

  drive(lines: ModuleLines): void {
    this.#moduleLines = lines
    this.#client?.setLines(lines)
  }

  setOnline(online: boolean): void {
    this.#tcp?.setOnline?.(online)
  }

  async close(): Promise<void> {
    await this.#tcp?.close()
  }

  /** Returns the listeners for the TCP port below. */
  tcpEvents(): SerialPortEvents {
    return {
      data: (bytes) => this.#events.data(bytes),
      presence: (present, client) => {
        this.#suspended = false
        this.#readTcp()
        this.#waiting = null
        this.#breakTold = false
        this.#heldBack = false
        if (present) {
          this.#events.presence(true, client)
          return
        }
        const hadLines = this.#client?.agreed ?? false
        this.#client = null
        if (hadLines) this.#events.hostLines?.({ rts: false, dtr: false })
        this.#events.presence(false, null)
      },
      drained: () => this.#resumeProducer(),
      overrun: (droppedBytes) => this.#events.overrun(droppedBytes),
      note: (sentence) => this.#events.note(sentence)
    }
  }

  /**
   * Returns the COM port of one connection. It answers options and settings from the start, or a client would never
   * send a command; lines and rate count once the connection is the client. No browser can agree to COM-PORT-OPTION.
   */
  protocolOf(host: TcpProtocolHost): TcpProtocol {
    const events = this.#events
    const ifClient = (act: () => void): void => {
      if (comPort === this.#client) act()
    }
    const comPort: ComPort = new ComPort(this.#moduleLines, {
      data: (bytes) => host.data(bytes),
      send: (bytes) => host.send(bytes),
      hostLines: (lines) => ifClient(() => events.hostLines?.(lines)),
      rate: (rate) => ifClient(() => events.rate?.(rate)),
      breaks: (on) =>
        ifClient(() => {
          // Once for each client: one that sends many BREAKs must not fill the timeline.
          if (!on || this.#breakTold) return
          this.#breakTold = true
          events.note(`The host sent a BREAK on ${this.name}; the module takes no notice of it.`)
        }),
      taking: (on) =>
        ifClient(() => {
          this.#suspended = !on
          this.#readTcp()
          if (on) this.#taking()
        }),
      purge: (what) =>
        ifClient(() => {
          if (what.toHost) this.#waiting = null
          events.purge?.(what)
        }),
      agreed: () => {
        host.proven()
        ifClient(() => events.note(`The client of ${this.name} speaks RFC 2217: it has modem lines and a rate.`))
      }
    })
    return {
      feed: (bytes) => comPort.feed(bytes),
      admitted: () => {
        this.#client = comPort
        comPort.setLines(this.#moduleLines)
      }
    }
  }

  #taking(): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (!this.#heldBack) return
    this.#heldBack = false
    if (!waiting || this.write(waiting)) this.#events.drained()
  }

  #resumeProducer(): void {
    if (!this.#heldBack || this.#suspended) return
    this.#heldBack = false
    this.#events.drained()
  }
}
