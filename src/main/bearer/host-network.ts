/**
 * @module The mobile network behind one interface: sockets of this machine or memory only, with routes, delays and
 * refusals.
 */

import { lookup } from 'node:dns'
import { connect, createServer, isIPv4, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net'
import type {
  Cancellable,
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
import { DatagramWay, type FaultOnDatagram } from './datagram-faults.ts'
import type { Forwards } from './forwards.ts'
import { HostConnection } from './host-connection.ts'
import { HostUdpListener, HostUdpSocket } from './host-udp.ts'
import { LostConnection, type FaultOnTheWay } from './network-faults.ts'
import { RadioAccess } from './radio-access.ts'
import type { Endpoint, Route } from './route.ts'

/**
 * A mobile network that reaches whatever this machine reaches, including the machine itself (D-29). Routes redirect
 * addresses (D-30).
 */
export class HostNetwork extends RadioAccess implements MobileNetwork {
  /** Addresses given out for names that a route redirects. Such a name need not exist in DNS. */
  private readonly routedNames = new Map<string, string>()
  private readonly connections = new Set<HostConnection>()
  /** The ports that lead to the module's listeners; `null` for none. */
  forwards: Forwards | null = null
  /** Called for each connection before it opens. Returns the fault that strikes it, or `null`. */
  faultOnTheWay: () => FaultOnTheWay | null = () => null
  /** Called for each datagram that is about to reach the module. Returns the fault that strikes it, or `null`. */
  faultOnDatagram: () => FaultOnDatagram | null = () => null

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

  connect(
    address: string,
    port: number,
    events: TcpEvents,
    beside: TcpConnection | null = null,
    contextId = 1
  ): TcpConnection {
    const routed = this.leadsTo(address, port)
    const target = beside instanceof HostConnection ? { host: beside.target.host, port } : routed
    const fault = this.faultOnTheWay()
    if (fault) return new LostConnection(this, this.clock, fault, contextId, events)
    return this.kept(
      connect({ ...target, noDelay: true, family: 4, writableHighWaterMark: SEND_BUFFER_BYTES } as NetConnectOpts),
      target,
      events
    )
  }

  /**
   * Applies a fault to the connection from this local port. `report` gets `null` where no connection of the module has
   * this port.
   */
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
      // Only the peer of the control connection may send or receive the file (RFC 2577 5).
      if (socket.remoteAddress !== farAddress) return void socket.destroy()
      server.close()
      const target = { host: socket.remoteAddress ?? 'the peer', port: socket.remotePort ?? 0 }
      let taken = false
      events.accepted((tcpEvents) => {
        taken = true
        return this.kept(socket, target, tcpEvents)
      })
      // Nobody listens to this socket: an `error` event on it would end the program.
      if (!taken) socket.destroy()
    })
    server.maxConnections = 1
    server.on('error', (error: NodeJS.ErrnoException) =>
      events.failed(`No port can be opened at ${address} (${error.code ?? error.message}).`)
    )
    server.listen(0, address, () => events.ready(address, (server.address() as AddressInfo).port))
    return { cancel: () => server.close() }
  }

  openUdp(_contextId: number, events: UdpEvents): UdpSocket {
    return new HostUdpSocket(this.wayTo(events), ({ address, port }) => this.leadsTo(address, port), events)
  }

  listenTcp(listener: Listener, events: TcpListenEvents): Listening {
    const close = this.forwards?.listenTcp(listener, events, (...kept) => this.kept(...kept))
    return { forwardedFrom: this.forwards?.to(listener.connId) ?? null, close: () => close?.() }
  }

  listenUdp(listener: Listener, events: UdpEvents): Listening & UdpSocket {
    const way = this.wayTo(events)
    const own = new HostUdpSocket(way, ({ address, port }) => this.leadsTo(address, port), events)
    return this.forwards ? new HostUdpListener(this.forwards, listener, way, own) : withoutForward(own)
  }

  protected override nameAt(address: string): string | null {
    return this.routedNames.get(address) ?? null
  }

  private wayTo(events: UdpEvents): DatagramWay {
    return new DatagramWay(this.clock, () => this.faultOnDatagram(), events)
  }

  private leadsTo(address: string, port: number): Endpoint {
    return this.routed({ host: this.routedNames.get(address) ?? address, port })
  }

  /** Returns where a name or an address leads: to another place if a route redirects it, else to itself. */
  routed(asked: Endpoint): Endpoint {
    return this.routes.find(({ from }) => from.host === asked.host && from.port === asked.port)?.to ?? asked
  }
}

/** Returns a listener to which nothing leads. It can send all the same. */
function withoutForward(own: HostUdpSocket): Listening & UdpSocket {
  return { forwardedFrom: null, send: (...what) => own.send(...what), close: () => own.close() }
}

/** One turn of the event loop brings at most 64 kB from the port. */
const SEND_BUFFER_BYTES = 65_536
