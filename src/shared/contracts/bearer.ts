/** @module The interfaces that are handed into the module: clock, random numbers, storage, network, port and TLS. */

import type { FailureFact } from '../rules/failure-facts.ts'
import type { NetworkConditions } from '../hardware/network-conditions.ts'

/**
 * The mobile network as the module meets it: registration, packet service, PDP contexts, name look-up and TCP. The makes
 * live in `main/bearer` (real sockets of this machine, or memory alone); the module sees this contract only. Every
 * answer comes after a delay of the network's own, in module time.
 */
export interface MobileNetwork {
  /** The operator in whose reach the module is: its own, or a visited one. */
  readonly operator: NetworkOperator
  /** Received signal as +CSQ gives it, 0..31, or 99 when there is none. */
  readonly signalQuality: number
  readonly cell: { readonly locationAreaHex: string; readonly cellIdHex: string }
  /** What NITZ announces beside the time: the zone in quarter-hours east of Greenwich, and daylight saving in hours. */
  readonly zone: { readonly quarterHours: number; readonly daylightHours: number }
  /**
   * What a module cannot know and nothing in it decides by: whether there is coverage, and the event of the act that made it as it
   * is. For the record of a failure.
   */
  readonly reach: { readonly registration: NetworkConditions['registration']; readonly act: number | null }
  /** What the network does of its own accord; a module hears it while its radio is on. */
  onEvent(listener: (event: NetworkEvent) => void): Cancellable
  /** The operators in reach. */
  survey(answer: (operators: readonly OperatorInReach[]) => void): Cancellable
  /** Asks to be let in, by the operator `choice` (name or number) or by any; without coverage no answer comes until there is some. */
  register(choice: string | null, answer: (registration: RegistrationAnswer) => void): Cancellable
  /** Takes leave of the network. */
  deregister(done: () => void): Cancellable
  /** Asks for packet service. */
  attach(answer: (result: AttachAnswer) => void): Cancellable
  detach(done: () => void): Cancellable
  /** Asks for a PDP context; the answer is an address, or why not. Without coverage none comes. */
  activateContext(request: ContextRequest, answer: (result: ContextAnswer) => void): Cancellable
  deactivateContext(contextId: number, done: () => void): Cancellable
  resolveName(host: string, answer: (result: NameAnswer) => void): Cancellable
  /**
   * Opens a TCP connection to a dotted address. Exactly one of `opened` and `closed` is called first. `beside`: a connection to
   * the same address; the new one is to reach the same machine, wherever the network leads that address (FTP's data port).
   */
  connect(address: string, port: number, events: TcpEvents, beside?: TcpConnection | null): TcpConnection
  /** Waits for one connection from the far end of `beside`, as FTP's active mode does. `ready` or `failed` is called first. */
  awaitConnection(beside: TcpConnection, events: TcpAwaitEvents): Cancellable
}

export interface NetworkOperator {
  readonly longName: string
  readonly numeric: string
}

export interface OperatorInReach extends NetworkOperator {
  /** Whether the SIM may use it; `+COPS=?` numbers it 1 or 3. */
  readonly admits: boolean
}

/** `cause`: the event in the timeline that the network acted upon, where somebody made it act. */
export type NetworkEvent = { readonly sentence: string; readonly cause: number | null } & (
  | { readonly kind: 'coverage-lost' }
  /** A cell that was not there, or refused, announces itself: it is worth trying again. */
  | { readonly kind: 'announced' }
  /** The registration is withdrawn. */
  | { readonly kind: 'expelled' }
  /** Packet service is withdrawn, the registration stays. */
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
  /** How user and password are shown to the network; `none`: they are not. */
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

export interface TcpConnection {
  /** Where it really goes, which routes may make another place than was dialled; left out: just there. */
  readonly target?: { readonly host: string; readonly port: number }
  /** Queues bytes; false once the socket's own buffer is full: hold back until `drained`. */
  write(bytes: Uint8Array): boolean
  /** Stops and restarts the arrival of `data`, so that a slow host slows the far end. */
  setReading(reading: boolean): void
  /** Sends what is queued, then closes. */
  end(): void
  /** Drops the connection at once. No event follows. */
  destroy(): void
}

export interface TcpAwaitEvents {
  /** The dotted address and port at which the far end reaches the module. */
  ready(address: string, port: number): void
  failed(sentence: string): void
  /** The far end connected; nobody else can. `take` has to be called at once; `opened` is not among the events that follow. */
  accepted(take: (events: TcpEvents) => TcpConnection): void
}

export type LingeringPart = { readonly kind: 'data'; readonly bytes: Uint8Array } | { readonly kind: 'fin' | 'rst' }

export interface TcpEvents {
  opened(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The end of the connection, or its failure to open: `ECONNREFUSED` and the like in `error`. */
  closed(error: { readonly code: string; readonly sentence: string } | null): void
  /** After `end`, for whoever records the connection: what the far end still sent, and how its side ended. */
  lingered?(rest: LingeringPart): void
  /**
   * Somebody makes this connection go wrong on purpose. `report` puts that on the timeline, with the event it breaks into as its
   * cause, and answers the `seq` that is the cause of what follows.
   */
  broken?(report: (cause: number | null) => number): void
}
