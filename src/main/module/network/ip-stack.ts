import type {
  Cancellable,
  Endpoint,
  Listening,
  MobileNetwork,
  NameAnswer,
  PingAnswer,
  PingRequest,
  TcpAwaitEvents,
  TcpConnection,
  TcpEvents
} from '../../../shared/contracts/bearer.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import type { TcpFacts, TimelineReporter } from '../../../shared/timeline/events.ts'
import { IpUdpSocket, type IpUdpEvents } from './ip-udp.ts'

/**
 * The module's side of one PDP context. Every name look-up, connection, listener, datagram and ping passes here on its
 * way to the network. Addresses, sent and received data are reported with their cause. Bytes are passed on and reported without a copy.
 */
export class IpStack {
  private nextPort: number

  constructor(private readonly parts: IpStackParts) {
    // Real stacks do not always start at the same port either. So connections of different runs have different ports.
    this.nextPort = FIRST_FREE_PORT + (Math.floor(parts.clock.nowMs() / 10) % FREE_PORTS)
  }

  /** As `MobileNetwork.resolveName`; `cause` is the event that needs the address, `seq` of the result the answer's. */
  resolveName(
    host: string,
    cause: number | null,
    answer: (result: NameAnswer & { readonly seq: number }) => void
  ): Cancellable {
    const { timeline, network } = this.parts
    const local = this.address
    const query = timeline.report({ kind: 'dns', what: 'query', host, local }, cause)
    return network.resolveName(host, (result) => {
      const address = result.kind === 'found' ? result.address : null
      const sentence = result.kind === 'found' ? `${host} has the address ${result.address}.` : result.sentence
      const seq = timeline.report({ kind: 'dns', what: 'answer', query, host, local, address, sentence }, query)
      answer({ ...result, seq })
    })
  }

  /** Like `MobileNetwork.connect`. Reports `opening.sentence` as the start of the connection. */
  connect(
    address: string,
    port: number,
    events: TcpEvents,
    opening: Opening,
    beside: IpConnection | null = null
  ): IpConnection {
    const local = { address: this.address, port: this.takePort() }
    const connection = new IpConnection(this.parts.timeline, events, opening.cause)
    connection.begin(opening.sentence, { local, remote: { address, port } }, (tapped) =>
      this.parts.network.connect(address, port, tapped, beside?.tcp ?? null, this.parts.contextId)
    )
    return connection
  }

  /** Like `MobileNetwork.awaitConnection`. */
  awaitConnection(beside: IpConnection, events: IpAwaitEvents): Cancellable {
    let local = { address: this.address, port: 0 }
    return this.parts.network.awaitConnection(beside.tcp, {
      ready: (address, port) => {
        local = { address, port }
        events.ready(address, port)
      },
      failed: (sentence) => events.failed(sentence),
      accepted: (take) =>
        events.accepted((tcpEvents, opening) => {
          const connection = new IpConnection(this.parts.timeline, tcpEvents, opening.cause)
          const known = (tcp: TcpConnection) => ({
            address: tcp.target?.host ?? beside.remoteAddress,
            port: tcp.target?.port ?? FTP_DATA_PORT
          })
          connection.accept(opening.sentence, local, known, take)
          return connection
        })
    })
  }

  /** Listens for callers at `port`, for the connection `connId`. */
  listenTcp(connId: number, port: number, events: IpListenEvents): Listening {
    const { network, timeline, contextId } = this.parts
    return network.listenTcp(
      { connId, contextId, port },
      {
        called: (from, take) => {
          let dealtWith = false
          const drop = (sentence: string, cause: number | null): number => {
            dealtWith = true
            return timeline.report({ kind: 'network', sentence }, cause)
          }
          events.called({
            from,
            drop,
            take: (tcpEvents, opening) => {
              dealtWith = true
              const connection = new IpConnection(timeline, tcpEvents, opening.cause)
              connection.accept(opening.sentence, { address: this.address, port }, () => from, take)
              return connection
            }
          })
          if (!dealtWith) drop(`The module dropped a caller from ${from.address}:${from.port}.`, null)
        }
      }
    )
  }

  /** Opens a UDP socket. `localPort` 0 stands for any free one. Reports `opening.sentence` as its start. */
  openUdp(localPort: number, events: IpUdpEvents, opening: Opening): IpUdpSocket {
    const { network, timeline, contextId } = this.parts
    const local = { address: this.address, port: localPort === 0 ? this.takePort() : localPort }
    return new IpUdpSocket({ timeline, local, events, opening }, (tapped) => network.openUdp(contextId, tapped))
  }

  /** Listens for datagrams at `port`, for the connection `connId`. */
  listenUdp(connId: number, port: number, events: IpUdpEvents, opening: Opening): IpUdpSocket {
    const { network, timeline, contextId } = this.parts
    const local = { address: this.address, port }
    return new IpUdpSocket({ timeline, local, events, opening }, (tapped) =>
      network.listenUdp({ connId, contextId, port }, tapped)
    )
  }

  /** Like `MobileNetwork.ping`. `seq` is the event of the answer. */
  ping(
    remote: string,
    asked: Omit<PingRequest, 'contextId'>,
    cause: number | null,
    answer: (result: PingAnswer & { readonly seq: number }) => void
  ): Cancellable {
    const { network, timeline, contextId } = this.parts
    const { lengthBytes, timeToLive } = asked
    const ends = { local: this.address, remote, lengthBytes }
    const request = timeline.report({ kind: 'ping', what: 'request', ...ends, timeToLive }, cause)
    return network.ping(remote, { contextId, ...asked }, (result) => {
      const seq = timeline.report(
        result.kind === 'reply'
          ? { kind: 'ping', what: 'reply', request, ...ends, timeToLive: result.timeToLive, timeMs: result.timeMs }
          : { kind: 'ping', what: 'none', request, sentence: result.sentence },
        request
      )
      answer({ ...result, seq })
    })
  }

  private get address(): string {
    return this.parts.address() ?? '0.0.0.0'
  }

  private takePort(): number {
    const port = this.nextPort++
    if (this.nextPort >= FIRST_FREE_PORT + FREE_PORTS) this.nextPort = FIRST_FREE_PORT
    return port
  }
}

/** A TCP connection of the module that reports its traffic. */
export class IpConnection {
  tcp!: TcpConnection
  remoteAddress = ''
  /** The module's address and port. */
  local: Endpoint = { address: '', port: 0 }
  /** Masks received bytes for the timeline; the length stays the same. */
  shownOf: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes
  private id = 0
  private sentBytes = 0
  private receivedBytes = 0
  private open = false
  /** How each side has ended its direction; `null` while it is open. */
  private ends: Record<'out' | 'in', 'fin' | 'rst' | null> = { out: null, in: null }
  private lingeringBytes = 0
  /** The event of what arrived last; `null` before anything did. */
  arrivedBy: number | null = null

  constructor(
    private readonly timeline: TimelineReporter,
    private readonly events: TcpEvents,
    private readonly cause: () => number
  ) {}

  /** `seq` of the connection's first event, which all its `tcp` events carry. */
  get connection(): number {
    return this.id
  }

  begin(
    sentence: string,
    ends: Required<Pick<TcpFacts, 'local' | 'remote'>>,
    connect: (events: TcpEvents) => TcpConnection
  ): void {
    // No event comes before `connect` has returned. The destination is then known.
    this.tcp = connect(this.tapped())
    this.remoteAddress = ends.remote.address
    this.local = ends.local
    const { target } = this.tcp
    const elsewhere = target && (target.host !== ends.remote.address || target.port !== ends.remote.port)
    const leadsTo = elsewhere ? `${target.host}:${target.port}` : null
    this.id = this.timeline.report(
      { kind: 'tcp', what: 'connecting', sentence, connection: null, ...ends, leadsTo },
      this.cause()
    )
  }

  accept(
    sentence: string,
    local: Required<TcpFacts>['local'],
    remoteOf: (tcp: TcpConnection) => Required<TcpFacts>['remote'],
    take: Parameters<TcpAwaitEvents['accepted']>[0]
  ): void {
    this.tcp = take(this.tapped())
    this.open = true
    const remote = remoteOf(this.tcp)
    this.remoteAddress = remote.address
    this.local = local
    this.id = this.timeline.report(
      { kind: 'tcp', what: 'connecting', sentence, connection: null, local, remote, incoming: true },
      this.cause()
    )
  }

  /**
   * Like `TcpConnection.write`. `shown` is the version for the timeline where `bytes` hold a secret, of the same
   * length.
   */
  write(bytes: Uint8Array, shown: Uint8Array = bytes): boolean {
    this.report('out', shown, null, shown !== bytes)
    this.sentBytes += bytes.length
    return this.tcp.write(bytes)
  }

  setReading(reading: boolean): void {
    this.tcp.setReading(reading)
  }

  end(): void {
    this.ended('out', 'fin')
    this.tcp.end()
  }

  destroy(): void {
    this.ended('out', 'rst')
    this.tcp.destroy()
  }

  private tapped(): TcpEvents {
    const { events } = this
    return {
      opened: () => {
        this.open = true
        events.opened()
      },
      data: (bytes) => {
        this.arrived(bytes)
        events.data(bytes)
      },
      drained: () => events.drained(),
      broken: (report) => {
        if (events.broken) events.broken(report)
        else report(this.cause())
      },
      closed: (error) => {
        if (this.open || error?.code === 'ECONNREFUSED' || error?.code === 'ECONNRESET')
          this.ended('in', error ? 'rst' : 'fin')
        events.closed(error)
      },
      lingered: (rest) => {
        if (rest.kind !== 'data') return this.ended('in', rest.kind)
        this.lingeringBytes += rest.bytes.length
        // Unwanted data: the peer may send without end, so the rest of it and its end are not reported.
        if (this.lingeringBytes > MAX_LINGERING_BYTES) this.ends.in = 'fin'
        else this.arrived(rest.bytes)
      }
    }
  }

  private arrived(bytes: Uint8Array): void {
    const shown = this.shownOf(bytes)
    this.arrivedBy = this.report('in', shown, null, shown !== bytes)
    this.receivedBytes += bytes.length
  }

  /** One side has ended, and the end of the other is still to come, except after a reset. */
  private ended(direction: 'out' | 'in', end: 'fin' | 'rst'): void {
    const isReset = this.ends.out === 'rst' || this.ends.in === 'rst'
    if (!this.open && direction === 'out') return
    if (isReset || this.ends[direction] !== null) return
    this.ends[direction] = end
    this.report(direction, NOTHING, end)
  }

  private report(direction: 'out' | 'in', bytes: Uint8Array, end: 'fin' | 'rst' | null, masked = false): number {
    const [offset, otherOffset] =
      direction === 'out' ? [this.sentBytes, this.receivedBytes] : [this.receivedBytes, this.sentBytes]
    return this.timeline.report(
      { kind: 'segment', connection: this.id, direction, bytes, offset, otherOffset, end, masked },
      this.cause()
    )
  }
}

export interface IpStackParts {
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly network: MobileNetwork
  readonly contextId: number
  /** The address of the PDP context, or `null` while it is down. */
  address(): string | null
}

export interface Opening {
  readonly sentence: string
  /** The event that causes what happens at that moment. */
  cause(): number
}

export interface IpAwaitEvents extends Pick<TcpAwaitEvents, 'ready' | 'failed'> {
  accepted(take: TakeConnection): void
}

export interface IpListenEvents {
  /**
   * Somebody calls. Call `take` or `drop` at once. `drop` reports why the caller was dropped; nobody answers it.
   */
  called(caller: IpCaller): void
}

export interface IpCaller {
  readonly from: Endpoint
  readonly take: TakeConnection
  drop(sentence: string, cause: number | null): number
}

/** Takes a connection that the peer has opened. Must be called at once. */
export type TakeConnection = (events: TcpEvents, opening: Opening) => IpConnection

/** The dynamic ports: the first one, and their number (RFC 6335 6). */
const FIRST_FREE_PORT = 49_152
const FREE_PORTS = 16_384
/** The source port of a server's data connections (RFC 959 3.2), where the network does not know it. */
const FTP_DATA_PORT = 20
/** Enough for a last response and a close_notify, but not for the rest of a file. */
const MAX_LINGERING_BYTES = 65_536
const NOTHING = new Uint8Array()

/** Returns whether a host is given as an IPv4 address, so that no name is looked up. */
export function isDottedAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)
}
