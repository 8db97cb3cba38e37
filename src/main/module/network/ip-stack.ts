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
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import { IpConnection, type Opening, type TakeConnection } from './ip-connection.ts'
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

export interface IpStackParts {
  readonly clock: Clock
  readonly timeline: TimelineReporter
  readonly network: MobileNetwork
  readonly contextId: number
  /** The address of the PDP context, or `null` while it is down. */
  address(): string | null
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

/** The dynamic ports: the first one, and their number (RFC 6335 6). */
const FIRST_FREE_PORT = 49_152
const FREE_PORTS = 16_384
/** The source port of a server's data connections (RFC 959 3.2), where the network does not know it. */
const FTP_DATA_PORT = 20
