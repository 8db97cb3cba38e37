import type { Clock } from '../../../shared/contracts/clock.ts'
import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { KeptSession } from '../../../shared/contracts/tls.ts'
import type { CertificateCosts } from '../../../shared/products/certificate-costs.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import type { CipherSuite } from '../../../shared/tls/suites.ts'
import type { TimerName, Timers } from '../hardware/timer-board.ts'
import type { IpConnection } from '../network/ip-connection.ts'
import type { IpStack } from '../network/ip-stack.ts'

/** What a connection needs from the module. */
export interface ConnectionParts {
  readonly clock: Clock
  readonly timers: Timers
  readonly timeline: TimelineReporter
  readonly ip: IpStack
  readonly transport: SecureTransport
}

export interface ConnectionOptions {
  readonly words: ConnectionWords
  /** `null` where certificates take no processor time (G-4.1-6). */
  readonly cpu: SlowCpu | null
  /** The event that asked for the connection. */
  readonly cause: number
}

/** A processor on which certificates take time. */
export interface SlowCpu {
  readonly costs: CertificateCosts
  /** How many times as fast as normal the clock runs during a handshake. */
  readonly speed: number
}

/**
 * The sentences on the timeline for the connections of one user. `where` is the dotted address with port, or what
 * stands for it.
 */
export interface ConnectionWords {
  /** The name of the connection for people: `host:port`, `FTP control connection`. */
  readonly name: string
  connecting(where: string): string
  opened(where: string): string
  /** The peer has ended TCP, and the network gave no reason. */
  readonly tcpClosed: string
  /** The peer has sent close_notify. */
  readonly closeNotified: string
  /** Whether the end of TLS is an event of its own, in addition to the end of TCP. */
  readonly tellsEndOfTls: boolean
  /** Whether the end of a connection without TLS carries its event. */
  readonly tellsEndOfTcp?: boolean
}

/** The options of one TCP connection. */
export interface ConnectOptions {
  /** `null` where the user watches the time. */
  readonly limit?: TimeLimit | null
  /** An open connection to the same machine, or `null`. */
  readonly beside?: IpConnection | null
}

/** What is known of TLS on a connection. */
export interface TlsState {
  /** `null` before the handshake is complete. */
  suite: CipherSuite | null
  /** For a later handshake; `null` before the handshake is complete, and when the server gave it no id. */
  session: KeptSession | null
  /** Whether the handshake resumed an earlier session. */
  resumed: boolean
  /** Whether a side sent close_notify before the end: only then may the session be resumed (D-24, RFC 2246 7.2.1). */
  closeNotified: boolean
}

/** A time limit on the timer board. */
export interface TimeLimit {
  /** The timer that the window shows. */
  readonly timer: TimerName
  /** Longest wait, in milliseconds of module time. */
  readonly limitMs: number
}

/** Events of a connection; `ended` is the last. */
export interface ConnectionEvents {
  /** TCP is open: data can be sent, or TLS started. */
  opened(): void
  /** The handshake is complete: data is encrypted from now on. */
  secured(): void
  data(bytes: Uint8Array): void
  /** TCP has taken what was written. */
  drained(): void
  /** A wait took too long. The connection stays open until its user ends it. */
  expired(wait: ExpiredWait): void
  /** The peer has ended the connection, or it failed. */
  ended(end: ConnectionEnd): void
}

/** A wait that took too long: for an address, for TCP, or in the handshake. */
export interface ExpiredWait {
  readonly kind: 'name' | 'tcp' | HandshakeExpiry['kind']
  /** The limit that has passed, in milliseconds. */
  readonly limitMs: number
  /** Whether the module's processor was still busy with the peer's certificates (G-4.1-6). */
  readonly cpuBusy: boolean
  /** The timer's event that says so. */
  readonly seq: number
}

/** A wait of the handshake that took too long (D-4). */
export interface HandshakeExpiry extends Pick<ExpiredWait, 'limitMs' | 'seq'> {
  /** `silent`: no whole record came in time. `slow`: the handshake as a whole took too long. */
  readonly kind: 'silent' | 'slow'
}

/** How the peer or the network ended a connection. */
export type ConnectionEnd =
  /** The name has no address. */
  | { readonly kind: 'unresolved'; readonly sentence: string; readonly seq: number }
  /** TCP was never open. */
  | { readonly kind: 'unreachable'; readonly sentence: string; readonly seq: number | null }
  /**
   * `orderly`: ended as the protocol demands (with close_notify in TLS), so nothing is missing. `seq`: its event, or
   * `null` where the connection's sentences have none for it.
   */
  | { readonly kind: 'closed'; readonly orderly: boolean; readonly sentence: string; readonly seq: number | null }
  /** `seq`: its event. */
  | { readonly kind: 'tls'; readonly facts: TlsFailureFacts; readonly seq: number }
