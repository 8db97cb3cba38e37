/** @module The interfaces that are passed into the module: clock, random numbers, storage, network, port and TLS. */

import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { FailureFact } from '../rules/failure-facts.ts'

/**
 * The mobile network as the module sees it: registration, packet service, PDP contexts, name look-up, TCP, UDP and echo.
 * Implemented in `main/bearer`, with real sockets of this machine or in memory. Every answer comes after a delay of the
 * network, in module time.
 */
export interface MobileNetwork {
  /** The operator in reach: the module's own, or a visited one. */
  readonly operator: NetworkOperator
  /** Received signal as in +CSQ: 0 to 31, or 99 for none. */
  readonly signalQuality: number
  readonly cell: { readonly locationAreaHex: string; readonly cellIdHex: string }
  /** Time zone of NITZ in quarter hours east of Greenwich, and daylight saving in hours. */
  readonly zone: { readonly quarterHours: number; readonly daylightHours: number }
  /**
   * The state of coverage, and the event of the act that set it. The module cannot know this and never decides by it:
   * it is for the record of a failure.
   */
  readonly reach: { readonly registration: NetworkConditions['registration']; readonly act: number | null }
  /** Calls the listener for events that the network starts itself. The module receives them while its radio is on. */
  onEvent(listener: (event: NetworkEvent) => void): Cancellable
  /** Lists the operators in reach. */
  survey(answer: (operators: readonly OperatorInReach[]) => void): Cancellable
  /**
   * Asks to register, with the operator `choice` (name or number) or with any. Without coverage, the answer comes when
   * there is some.
   */
  register(choice: string | null, answer: (registration: RegistrationAnswer) => void): Cancellable
  /** Deregisters. */
  deregister(done: () => void): Cancellable
  /** Asks for packet service. */
  attach(answer: (result: AttachAnswer) => void): Cancellable
  detach(done: () => void): Cancellable
  /** Asks for a PDP context. The answer is an address or the reason why not. Without coverage there is no answer. */
  activateContext(request: ContextRequest, answer: (result: ContextAnswer) => void): Cancellable
  deactivateContext(contextId: number, done: () => void): Cancellable
  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable
  /**
   * Opens a TCP connection to a dotted address. Calls exactly one of `opened` and `closed` first. `beside`: a
   * connection to the same address; the new one must reach the same machine, wherever a route led the first (FTP's data
   * port). `contextId`: the PDP context that carries it, 1 by default.
   */
  connect(
    address: string,
    port: number,
    events: TcpEvents,
    beside?: TcpConnection | null,
    contextId?: number
  ): TcpConnection
  /** Waits for one connection from the peer of `beside`, as in FTP's active mode. Calls `ready` or `failed` first. */
  awaitConnection(beside: TcpConnection, events: TcpAwaitEvents): Cancellable
  /** Opens a UDP socket of a PDP context. Calls exactly one of `opened` and `closed` first. */
  openUdp(contextId: number, events: UdpEvents): UdpSocket
  /**
   * Waits for callers that the network lets through to the module's listener. Nothing but a `--forward` leads there. A
   * caller that no listener takes is dropped without an answer, like a packet that a phone network does not let in.
   */
  listenTcp(listener: Listener, events: TcpListenEvents): Listening
  /**
   * Waits for datagrams in the same way. What the socket sends to the sender of one leaves from the address to which
   * that was sent.
   */
  listenUdp(listener: Listener, events: UdpEvents): Listening & UdpSocket
  /** Sends one ICMP echo request to a dotted address. The answer comes within `timeoutMs` of module time. */
  ping(address: string, request: PingRequest, answer: (result: PingAnswer) => void): Cancellable
}

export interface NetworkOperator {
  readonly longName: string
  readonly numeric: string
}

export interface OperatorInReach extends NetworkOperator {
  /** Whether the SIM may use it. `+COPS=?` shows 1 or 3 for it. */
  readonly admits: boolean
}

/** `cause`: the event of the act that made the network do it, if there was one. */
export type NetworkEvent = { readonly sentence: string; readonly cause: number | null } & (
  | { readonly kind: 'coverage-lost' }
  /** A cell that was missing or refused before broadcasts: a new try may succeed. */
  | { readonly kind: 'announced' }
  /** The network ended the registration. */
  | { readonly kind: 'expelled' }
  /** The network ended packet service. The registration stays. */
  | { readonly kind: 'detached' }
  | { readonly kind: 'context-dropped'; readonly contextId: number }
)

export type AttachAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly sentence: string; readonly facts: readonly FailureFact[] }

export type RegistrationAnswer = { readonly kind: 'home' } | { readonly kind: 'roaming' } | { readonly kind: 'denied' }

export interface ContextRequest {
  readonly contextId: number
  readonly type: string
  readonly apn: string
  /** How user and password are sent to the network; `none` when they are not. */
  readonly authentication: 'none' | 'pap' | 'chap'
  readonly user: string
  readonly password: string
}

export type ContextAnswer =
  | { readonly kind: 'accepted'; readonly address: string }
  /** `facts`: what the network compared, and the act that made it refuse, for the record of the failure. */
  | {
      readonly kind: 'rejected'
      readonly reason: 'apn' | 'authentication' | 'other'
      readonly sentence: string
      readonly facts: readonly FailureFact[]
    }

export type NameAnswer =
  { readonly kind: 'found'; readonly address: string } | { readonly kind: 'unknown'; readonly sentence: string }

export interface Cancellable {
  cancel(): void
}

export interface Endpoint {
  /** Dotted. */
  readonly address: string
  readonly port: number
}

/** One listener of the module. */
export interface Listener {
  /** The connection id to which `--forward` leads. */
  readonly connId: number
  readonly contextId: number
  /** The port at which the module listens, for the record. */
  readonly port: number
}

export interface Listening extends Pick<UdpSocket, 'close'> {
  /** The address of this machine that leads to the listener; `null` when none does, so that nobody can call. */
  readonly forwardedFrom: Endpoint | null
}

export interface TcpListenEvents {
  /** Somebody calls. `take` must be called at once; a caller that is not taken is dropped without an answer. */
  called(from: Endpoint, take: (events: TcpEvents) => TcpConnection): void
}

export interface UdpSocket {
  /**
   * Sends one datagram to a dotted address. Returns false when the send queue is full: the datagram is lost. Nothing
   * tells whether one arrives.
   */
  send(bytes: Uint8Array, address: string, port: number): boolean
  /** Closes the socket at once. No event follows. */
  close(): void
}

export interface UdpEvents {
  opened(): void
  /** `byFault`: the event of the fault that doubled, delayed or reordered it; `null` for a usual one. */
  datagram(bytes: Uint8Array, from: Endpoint, byFault: number | null): void
  /** The socket could not be opened, or this machine closed it. `error` as for a connection. */
  closed(error: { readonly code: string; readonly sentence: string }): void
  /**
   * A fault strikes a datagram on its way to the module. `report` puts it on the timeline, with the event that it
   * interrupts as its cause, and returns its `seq`, which `struck` returns too.
   */
  struck?(report: (cause: number | null) => number): number
  /** A datagram that `send` took could not leave, because this machine knows no way there. For the record. */
  unsent?(sentence: string): void
}

export interface PingRequest {
  readonly contextId: number
  /** Bytes of payload. */
  readonly lengthBytes: number
  readonly timeToLive: number
  readonly timeoutMs: number
}

export type PingAnswer =
  | { readonly kind: 'reply'; readonly timeMs: number; readonly timeToLive: number }
  /** Comes once `timeoutMs` has passed. `sentence` says why nothing can have answered. */
  | { readonly kind: 'none'; readonly sentence: string }

export interface TcpConnection {
  /** The real destination, if a route redirected the connection. */
  readonly target?: { readonly host: string; readonly port: number }
  /** Queues bytes. Returns false when the socket's buffer is full and the caller should wait for `drained`. */
  write(bytes: Uint8Array): boolean
  /** Pauses and resumes `data`, so that a slow host slows down the peer. */
  setReading(reading: boolean): void
  /** Sends what is queued, then closes. */
  end(): void
  /** Drops the connection at once. No event follows. */
  destroy(): void
}

export interface TcpAwaitEvents {
  /** The dotted address and port at which the peer can reach the module. */
  ready(address: string, port: number): void
  failed(sentence: string): void
  /** The peer has connected; no other machine can. `take` must be called at once. `opened` does not follow. */
  accepted(take: (events: TcpEvents) => TcpConnection): void
}

export type LingeringPart = { readonly kind: 'data'; readonly bytes: Uint8Array } | { readonly kind: 'fin' | 'rst' }

export interface TcpEvents {
  opened(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The connection ended, or could not be opened. `error` has a code such as `ECONNREFUSED`. */
  closed(error: { readonly code: string; readonly sentence: string } | null): void
  /** After `end`: what the peer still sent, and how its side ended. For the record of the connection. */
  lingered?(rest: LingeringPart): void
  /**
   * A fault breaks this connection on purpose. `report` puts it on the timeline, with the event that it interrupts as
   * its cause, and returns the `seq` that is the cause of what follows.
   */
  broken?(report: (cause: number | null) => number): void
}
