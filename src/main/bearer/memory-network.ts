import type {
  Cancellable,
  Endpoint,
  LingeringPart,
  Listener,
  Listening,
  MobileNetwork,
  NameAnswer,
  TcpAwaitEvents,
  TcpConnection,
  TcpEvents,
  TcpListenEvents,
  UdpEvents,
  UdpSocket
} from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import { contextAddress } from './addresses.ts'
import type { FaultOnDatagram } from './datagram-faults.ts'
import { MemoryDatagrams, type MemoryUdpServer } from './memory-udp.ts'
import { LostConnection, type FaultOnTheWay } from './network-faults.ts'
import { RadioAccess } from './radio-access.ts'

/**
 * A mobile network within this process, for virtual time. It has no sockets: the clock delivers every byte, so that a
 * run repeats exactly.
 */
export class MemoryNetwork extends RadioAccess implements MobileNetwork {
  readonly zone = { quarterHours: 0, daylightHours: 0 }
  private readonly names = new Map<string, string>()
  private readonly servers = new Map<string, (far: MemoryFarEnd) => void>()
  /** Ports on which the module waits for a connection, by `address:port`. */
  private readonly awaited = new Map<string, TcpAwaitEvents>()
  /** The module's TCP listeners, by connection id. */
  private readonly tcpListeners = new Map<number, TcpListenEvents>()
  private readonly datagrams = new MemoryDatagrams(this.clock, () => this.faultOnDatagram())
  private nextPort = FIRST_FREE_PORT
  /** Open connections by their numbers. */
  private readonly lasting = new Map<number, TcpEvents>()
  private nextNumber = 1
  /** Called for each connection before it opens. Returns the fault that strikes it, or `null`. */
  faultOnTheWay: () => FaultOnTheWay | null = () => null
  /** Called for each datagram that is about to reach the module. Returns the fault that strikes it, or `null`. */
  faultOnDatagram: () => FaultOnDatagram | null = () => null

  /** Starts a server at `address:port`. `accept` gets the server's side of each connection. */
  listen(address: string, port: number, accept: (far: MemoryFarEnd) => void): Cancellable {
    const where = `${address}:${port}`
    this.servers.set(where, accept)
    return { cancel: () => this.servers.delete(where) }
  }

  /** Starts a UDP server at `address:port`. */
  listenDatagrams(address: string, port: number, server: MemoryUdpServer): Cancellable {
    return this.datagrams.listen(address, port, server)
  }

  openUdp(contextId: number, events: UdpEvents): UdpSocket {
    return this.datagrams.open(contextId, events)
  }

  listenUdp(listener: Listener, events: UdpEvents): Listening & UdpSocket {
    return this.datagrams.openListener(listener, events)
  }

  /** Sends a datagram to the module's listener `connId`. `answered` gets what comes back. False without a listener. */
  sendDatagram(connId: number, bytes: Uint8Array, from: Endpoint, answered?: (bytes: Uint8Array) => void): boolean {
    return this.datagrams.arrive(connId, bytes, from, answered)
  }

  listenTcp({ connId }: Listener, events: TcpListenEvents): Listening {
    this.tcpListeners.set(connId, events)
    return {
      forwardedFrom: { address: '127.0.0.1', port: connId },
      close: () => {
        if (this.tcpListeners.get(connId) === events) this.tcpListeners.delete(connId)
      }
    }
  }

  /** Calls the module's listener `connId`. Returns false when no listener took the caller. */
  callListener(connId: number, from: Endpoint, accept: (far: MemoryFarEnd) => void): boolean {
    let taken = false
    this.tcpListeners.get(connId)?.called(from, (tcpEvents) => {
      taken = true
      const target = { host: from.address, port: from.port }
      const where = `${from.address}:${from.port}`
      return Object.assign(this.lastingOne({ ...tcpEvents, opened: () => {} }, accept, where), { target })
    })
    return taken
  }

  protected override nameAt(address: string): string | null {
    return [...this.names].find(([, one]) => one === address)?.[0] ?? null
  }

  name(host: string, address: string): void {
    this.names.set(host, address)
  }

  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable {
    const address = this.names.get(host)
    return this.clock.schedule(0, () =>
      answer(address ? { kind: 'found', address } : { kind: 'unknown', sentence: `No address is known for ${host}.` })
    )
  }

  connect(
    address: string,
    port: number,
    events: TcpEvents,
    _beside: TcpConnection | null = null,
    contextId = 1
  ): TcpConnection {
    const fault = this.faultOnTheWay()
    if (fault) return new LostConnection(this, this.clock, fault, contextId, events)
    const accept = this.servers.get(`${address}:${port}`)
    return this.lastingOne(events, accept ?? null, `${address}:${port}`)
  }

  /** Applies a fault to the connection of this number. `report` gets `null` where the module has no such connection. */
  breakInto(number: number | null, report: (cause: number | null) => number): void {
    const events = number === null ? undefined : this.lasting.get(number)
    if (events?.broken) events.broken(report)
    else report(null)
  }

  awaitConnection(_beside: TcpConnection, events: TcpAwaitEvents): Cancellable {
    const address = contextAddress(1)
    const port = this.nextPort++
    const where = `${address}:${port}`
    this.awaited.set(where, events)
    this.clock.schedule(0, () => {
      if (this.awaited.has(where)) events.ready(address, port)
    })
    return { cancel: () => this.awaited.delete(where) }
  }

  /** Connects a peer to a port on which the module waits. Returns false when the module does not wait there. */
  call(address: string, port: number, accept: (far: MemoryFarEnd) => void): boolean {
    const where = `${address}:${port}`
    const events = this.awaited.get(where)
    if (!events) return false
    this.awaited.delete(where)
    events.accepted((tcpEvents) => this.lastingOne({ ...tcpEvents, opened: () => {} }, accept, where))
    return true
  }

  private lastingOne(events: TcpEvents, accept: ((far: MemoryFarEnd) => void) | null, where: string): MemoryConnection {
    const number = this.nextNumber++
    this.lasting.set(number, events)
    return new MemoryConnection(this.clock, events, accept, { where, number, over: () => this.lasting.delete(number) })
  }
}

/** The first dynamic port (RFC 6335 6). */
const FIRST_FREE_PORT = 49_152

/** The server's side of a connection. */
export interface MemoryFarEnd {
  /** The number of this connection, for `breakInto`. */
  readonly number: number
  onData(listener: (bytes: Uint8Array) => void): void
  onEnd(listener: () => void): void
  write(bytes: Uint8Array): void
  end(): void
  /** Drops the connection with a reset. */
  reset(): void
  /** Stops reading, so that the connection fills up. Data sent to it waits. */
  takeNothing(): void
  /** Reads what waits, and keeps reading. */
  takeAll(): void
}

class MemoryConnection implements TcpConnection {
  private over = false
  private ended = false
  /** Set once the module has ended the connection: what the peer still sends goes to `lingered` only. */
  private lingers = false
  private farData: (bytes: Uint8Array) => void = () => {}
  private farEnd: () => void = () => {}
  private reading = true
  private unread: { readonly part: LingeringPart; readonly action: () => void }[] = []
  /** Data sent while the peer did not read; `null` while it reads. */
  private untaken: Uint8Array[] | null = null

  constructor(
    private readonly clock: Clock,
    private readonly events: TcpEvents,
    accept: ((far: MemoryFarEnd) => void) | null,
    private readonly place: { readonly where: string; readonly number: number; over(): void }
  ) {
    const { where, number } = place
    this.later(() => {
      if (this.over) return
      if (!accept)
        return this.finish(() =>
          events.closed({
            code: 'ECONNREFUSED',
            sentence: `${where} refused the TCP connection: nothing listens there.`
          })
        )
      const reset = { code: 'ECONNRESET', sentence: `${where} reset the TCP connection.` }
      events.opened()
      accept({
        number,
        onData: (listener) => (this.farData = listener),
        onEnd: (listener) => (this.farEnd = listener),
        write: (bytes) =>
          this.later(() => this.arrive({ kind: 'data', bytes }, () => events.data(Uint8Array.from(bytes)))),
        end: () => this.later(() => this.arrive({ kind: 'fin' }, () => this.finish(() => events.closed(null)))),
        // A reset discards what has not been read yet.
        reset: () =>
          this.later(() => (this.lingers ? this.tellRest({ kind: 'rst' }) : this.finish(() => events.closed(reset)))),
        takeNothing: () => (this.untaken ??= []),
        takeAll: () => {
          const waiting = this.untaken ?? []
          this.untaken = null
          for (const bytes of waiting) this.farData(bytes)
          this.later(() => {
            if (!this.over) events.drained()
          })
        }
      })
    })
  }

  write(bytes: Uint8Array): boolean {
    const copy = Uint8Array.from(bytes)
    if (this.untaken) {
      this.untaken.push(copy)
      return false
    }
    this.later(() => this.farData(copy))
    return true
  }

  setReading(reading: boolean): void {
    this.reading = reading
    while (this.reading && this.unread.length > 0) this.unread.shift()!.action()
  }

  end(): void {
    if (this.ended) return
    this.ended = true
    const unread = this.unread.splice(0)
    this.lingers = !this.over
    this.over = true
    this.place.over()
    for (const { part } of unread) this.tellRest(part)
    this.later(() => this.farEnd())
  }

  destroy(): void {
    this.over = true
    // What the peer has not read is lost with the connection.
    if (this.untaken) this.untaken = []
    this.unread = []
    this.lingers = false
    this.end()
  }

  private arrive(part: LingeringPart, action: () => void): void {
    if (this.lingers) return this.tellRest(part)
    if (this.over) return
    if (this.reading) action()
    else this.unread.push({ part, action })
  }

  private tellRest(part: LingeringPart): void {
    if (part.kind !== 'data') this.lingers = false
    this.events.lingered?.(part)
  }

  private finish(action: () => void): void {
    if (this.over) return
    this.over = true
    this.place.over()
    action()
  }

  private later(action: () => void): void {
    this.clock.schedule(0, action)
  }
}
