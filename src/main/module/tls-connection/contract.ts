import type { Clock } from '../../../shared/contracts/clock.ts'
import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { TlsFailureFacts } from '../../../shared/tls/failure.ts'
import type { TimerBoard, TimerName } from '../hardware/timer-board.ts'
import type { IpStack } from '../network/ip-stack.ts'
import type { SlowCpu } from './cpu.ts'
import type { HandshakeExpiry } from './handshake-watch.ts'

/** What of the module a connection works with. */
export interface ConnectionParts {
  readonly clock: Clock
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly ip: IpStack
  readonly transport: SecureTransport
}

export interface ConnectionOptions {
  readonly words: ConnectionWords
  /** `null` where certificates cost the processor nothing (G-4.1-6). */
  readonly cpu: SlowCpu | null
  /** Event that asked for the connection. */
  readonly cause: number
}

/** How the connections of one user read in the timeline. `where` is the dotted address with the port, or what stands for it. */
export interface ConnectionWords {
  /** How people know the connection: `host:port`, `FTP control connection`. */
  readonly name: string
  connecting(where: string): string
  opened(where: string): string
  /** The peer has ended TCP, and the network gave no reason. */
  readonly tcpClosed: string
  /** The peer has said close_notify. */
  readonly closeNotified: string
  /** Whether the end of a protected connection is an event of its own, beside that of TCP. */
  readonly tellsEndOfTls: boolean
}

/** A time limit of the timer board. */
export interface TimeLimit {
  /** Under which name the window shows the wait. */
  readonly timer: TimerName
  /** Longest wait, milliseconds of module time. */
  readonly limitMs: number
}

/** What a connection tells its user; `ended` is the last. */
export interface ConnectionEvents {
  /** TCP is open: bytes may be written, or the connection be secured. */
  opened(): void
  /** The handshake is complete: what is written and read from here on is protected. */
  secured(): void
  data(bytes: Uint8Array): void
  /** TCP has taken what was written. */
  drained(): void
  /** A wait was too long. The connection goes on until its user ends it. */
  expired(wait: ExpiredWait): void
  /** The peer has ended the connection, or it failed. */
  ended(end: ConnectionEnd): void
}

/** A wait that was too long: for the address of a name, for TCP, or in the handshake (D-4). */
export interface ExpiredWait {
  readonly kind: 'name' | 'tcp' | HandshakeExpiry['kind']
  /** The limit that is over, milliseconds. */
  readonly limitMs: number
  /** Whether the module's own processor was still busy with the peer's certificates (G-4.1-6). */
  readonly cpuBusy: boolean
}

/** How the peer or the network ended a connection. */
export type ConnectionEnd =
  /** The name has no address. */
  | { readonly kind: 'unresolved'; readonly sentence: string }
  /** TCP was never open. */
  | { readonly kind: 'unreachable'; readonly sentence: string }
  /**
   * `orderly`: the peer has ended it as the protocol asks, TLS with close_notify, so that nothing can be missing. `seq`: the event that
   * tells of it, `null` where the words of the connection leave it out.
   */
  | { readonly kind: 'closed'; readonly orderly: boolean; readonly sentence: string; readonly seq: number | null }
  /** `seq`: the event that tells of it. */
  | { readonly kind: 'tls'; readonly facts: TlsFailureFacts; readonly seq: number }
