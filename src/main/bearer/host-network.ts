/**
 * @module The mobile network: sockets of this machine, or memory alone, behind one interface, with routes, delays
 * and refusals.
 */

import { lookup } from 'node:dns'
import { connect, createServer, isIPv4, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net'
import type {
  Cancellable,
  MobileNetwork,
  NameAnswer,
  TcpAwaitEvents,
  TcpConnection,
  TcpEvents
} from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import { LostConnection, type FaultOnTheWay } from './network-faults.ts'
import { RadioAccess } from './radio-access.ts'
import type { Endpoint, Route } from './route.ts'

/**
 * A mobile network that reaches whatever this machine reaches, itself included (D-29), with routes that lead addresses
 * elsewhere (D-30).
 */
export class HostNetwork extends RadioAccess implements MobileNetwork {
  /** Addresses handed out for names that a route leads elsewhere; the name need not exist. */
  private readonly routedNames = new Map<string, string>()
  private readonly connections = new Set<HostConnection>()
  /** Asked for each connection that is to open: a fault that comes between, or null. */
  faultOnTheWay: () => FaultOnTheWay | null = () => null

  constructor(
    clock: Clock,
    private readonly routes: readonly Route[]
  ) {
    super(clock)
    for (const { from } of routes) {
      if (isIPv4(from.host) || [...this.routedNames.values()].includes(from.host)) continue
      this.routedNames.set(`198.18.0.${this.routedNames.size + 1}`, from.host)
    }
  }

  get zone(): { quarterHours: number; daylightHours: number } {
    return { quarterHours: Math.round(-new Date().getTimezoneOffset() / 15), daylightHours: 0 }
  }

  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable {
    let cancelled = false
    const routed = [...this.routedNames].find(([, name]) => name === host.toLowerCase())
    if (routed) return this.clock.schedule(0, () => answer({ kind: 'found', address: routed[0] }))
    lookup(host, { family: 4 }, (error, address) => {
      if (cancelled) return
      if (error) answer({ kind: 'unknown', sentence: `No address is known for ${host} (${error.code}).` })
      else answer({ kind: 'found', address })
    })
    return {
      cancel: () => {
        cancelled = true
      }
    }
  }

  connect(address: string, port: number, events: TcpEvents, beside: TcpConnection | null = null): TcpConnection {
    const routed = this.routed({ host: this.routedNames.get(address) ?? address, port })
    const target = beside instanceof HostConnection ? { host: beside.target.host, port } : routed
    const fault = this.faultOnTheWay()
    if (fault) return new LostConnection(this, this.clock, fault, events)
    return this.kept(
      connect({ ...target, noDelay: true, family: 4, writableHighWaterMark: SEND_BUFFER_BYTES } as NetConnectOpts),
      target,
      events
    )
  }

  /** A fault strikes at the connection that comes from this port of the machine; null or no such: at one that is not the module's. */
  breakInto(localPort: number | null, report: (cause: number | null) => number): void {
    const one = localPort === null ? undefined : [...this.connections].find((each) => each.localPort === localPort)
    if (one) one.break(report)
    else report(null)
  }

  private kept(socket: Socket, target: Endpoint, events: TcpEvents): HostConnection {
    const connection = new HostConnection(socket, target, events)
    this.connections.add(connection)
    socket.on('close', () => this.connections.delete(connection))
    return connection
  }

  awaitConnection(beside: TcpConnection, events: TcpAwaitEvents): Cancellable {
    const address = beside instanceof HostConnection ? beside.localAddress : null
    const farAddress = beside instanceof HostConnection ? beside.remoteAddress : null
    if (address === null)
      return this.clock.schedule(0, () => events.failed('The connection has no address of its own.'))
    const server = createServer({ noDelay: true }, (socket) => {
      // Whoever else comes first must neither get the file nor give one (RFC 2577 5).
      if (socket.remoteAddress !== farAddress) return void socket.destroy()
      server.close()
      const target = { host: socket.remoteAddress ?? 'the peer', port: socket.remotePort ?? 0 }
      let taken = false
      events.accepted((tcpEvents) => {
        taken = true
        return this.kept(socket, target, tcpEvents)
      })
      // Nobody would hear of its failure, which would then end the program.
      if (!taken) socket.destroy()
    })
    server.maxConnections = 1
    server.on('error', (error: NodeJS.ErrnoException) =>
      events.failed(`No port can be opened at ${address} (${error.code ?? error.message}).`)
    )
    server.listen(0, address, () => events.ready(address, (server.address() as AddressInfo).port))
    return { cancel: () => server.close() }
  }

  /** Where that name or address leads: elsewhere by a route, or to itself. */
  routed(asked: Endpoint): Endpoint {
    return this.routes.find(({ from }) => from.host === asked.host && from.port === asked.port)?.to ?? asked
  }
}

/** One TCP connection of this machine. */
class HostConnection implements TcpConnection {
  private finished = false
  /** By the module; what still comes is told to whoever records it. */
  private lingers = false
  private gathering = false
  /** Records that this turn of the event loop has sent. */
  private turnRecords = 0
  /** Whether the last turn that sent any sent several. */
  private streams = false

  constructor(
    private readonly socket: Socket,
    readonly target: Endpoint,
    private readonly events: TcpEvents
  ) {
    const finish = (error: { code: string; sentence: string } | null): void => {
      if (this.finished) return
      this.finished = true
      events.closed(error)
    }
    const ended = (kind: 'fin' | 'rst'): void => {
      if (!this.lingers) return
      this.lingers = false
      events.lingered?.({ kind })
    }
    socket.on('connect', () => events.opened())
    socket.on('data', (bytes) => {
      if (!this.finished) events.data(bytes)
      else if (this.lingers) events.lingered?.({ kind: 'data', bytes })
    })
    socket.on('drain', () => {
      if (!this.finished) events.drained()
    })
    socket.on('end', () => {
      ended('fin')
      finish(null)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ended('rst')
      finish({ code: error.code ?? 'EUNKNOWN', sentence: sentenceFor(error, target) })
    })
    socket.on('close', () => finish(null))
  }

  /** This machine's side of it, or null once it is gone. */
  get localAddress(): string | null {
    return this.socket.localAddress ?? null
  }

  /** The far end's, or null once it is gone. */
  get remoteAddress(): string | null {
    return this.socket.remoteAddress ?? null
  }

  /** Asked of a socket that has no address yet, the system's answer would be kept; a name that is still looked up has none. */
  get localPort(): number | null {
    return this.socket.pending && !isIPv4(this.target.host) ? null : (this.socket.localPort ?? null)
  }

  break(report: (cause: number | null) => number): void {
    if (this.events.broken) this.events.broken(report)
    else report(null)
  }

  write(bytes: Uint8Array): boolean {
    if (!this.socket.writable) return true
    // A flight of a handshake leaves at once, so that the far end works on it while it is told to the timeline.
    if (this.streams) this.gather()
    const taken = this.socket.write(bytes)
    this.gather()
    this.turnRecords += 1
    return taken
  }

  setReading(reading: boolean): void {
    if (reading) this.socket.resume()
    else this.socket.pause()
  }

  end(): void {
    this.lingers = !this.finished
    this.finished = true
    // What the far end still sends must be read, or its close would never arrive.
    this.socket.resume()
    // What waits goes first, while the far end takes its time over it: cut off here, a file would look whole to the far end.
    let limit = setTimeout(() => this.socket.destroy(), UNTAKEN_MS)
    this.socket.end(() => {
      clearTimeout(limit)
      // By the clock and not by silence: a far end that goes on sending must not be read for ever.
      if (!this.socket.destroyed) limit = setTimeout(() => this.socket.destroy(), LINGER_MS)
    })
    this.socket.once('close', () => clearTimeout(limit))
  }

  destroy(): void {
    this.finished = true
    this.lingers = false
    this.socket.destroy()
  }

  /** What else one turn of the event loop sends leaves in one system call: a record by itself costs more than its encryption. */
  private gather(): void {
    if (this.gathering) return
    this.gathering = true
    this.socket.cork()
    setImmediate(() => {
      this.gathering = false
      this.streams = this.turnRecords > 1
      this.turnRecords = 0
      this.socket.uncork()
    })
  }
}

/** A turn of the event loop brings 64 kB from the port. */
const SEND_BUFFER_BYTES = 65_536
/** How long a far end may leave untaken what was sent before the end: longer than the longest wait that #FTPTO allows. */
const UNTAKEN_MS = 600_000
/** How long a far end may keep a closed connection half open. */
const LINGER_MS = 5_000

function sentenceFor(error: NodeJS.ErrnoException, { host, port }: Endpoint): string {
  const where = `${host}:${port}`
  switch (error.code) {
    case 'ECONNREFUSED':
      return `${where} refused the TCP connection: nothing listens there.`
    case 'ECONNRESET':
      return `${where} reset the TCP connection.`
    case 'ETIMEDOUT':
      return `${where} did not answer.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return `There is no way to ${where}.`
    case 'EACCES':
    case 'EPERM':
      return `This machine does not let connections to ${where} out.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `No address is known for ${host}.`
    default:
      return `The TCP connection to ${where} failed (${error.code ?? error.message}).`
  }
}
