import type { Clock } from '../../../shared/contracts/clock.ts'
import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import type { TimerBoard, TimerName } from '../hardware/timer-board.ts'
import type { IpStack } from '../network/ip-stack.ts'
import type { SlowCpu } from './cpu.ts'
import type { HandshakeExpiry } from './handshake-watch.ts'

/** What a connection needs from the module. */
export interface ConnectionParts {
  readonly clock: Clock
  readonly timers: TimerBoard
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

/** A wait that took too long: for an address, for TCP, or in the handshake (D-4). */
export interface ExpiredWait {
  readonly kind: 'name' | 'tcp' | HandshakeExpiry['kind']
  /** The limit that has passed, in milliseconds. */
  readonly limitMs: number
  /** Whether the module's processor was still busy with the peer's certificates (G-4.1-6). */
  readonly cpuBusy: boolean
  /** The timer's event that says so. */
  readonly seq: number
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
