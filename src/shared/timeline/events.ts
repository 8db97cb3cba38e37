/** @module The events of the timeline and how they are filtered. */

import type { HardwareWarningId } from '../hardware/hardware-warnings.ts'
import type { CommandFailure } from '../rules/errors.ts'
import type { EndReason, FailureFact, FailureMoment, Finding } from '../rules/failure-facts.ts'
import type { TlsTraceEvent } from '../tls/trace.ts'

/**
 * One event and its cause. Every part of the simulator reports here; the window, transcripts and explanations read from
 * here.
 */
export interface TimelineEvent {
  /** Increases by one; an id that is valid for the life of the simulator. */
  readonly seq: number
  /** Module time in milliseconds since the simulator started. */
  readonly moduleMs: number
  /** Wall clock in milliseconds since 1970 UTC. */
  readonly wallMs: number
  /** `seq` of the event that caused this one, or `null`. */
  readonly cause: number | null
  /** Events without which it would not have come either, oldest first; left out: none. */
  readonly furtherCauses?: readonly number[]
  /** Its AT instance; `null` for the module as a whole. */
  readonly instance: number | null
  readonly what: TimelineFact
}

export type TimelineFact =
  /** Bytes on the serial line. `tx` is from host to module, as the host's pins are named. */
  | {
      readonly kind: 'bytes'
      readonly direction: 'tx' | 'rx'
      readonly bytes: Uint8Array
      readonly data: boolean
      /** What the asterisks in `bytes` stand for; absent when nothing was masked. */
      readonly secrets?: readonly SecretPart[]
    }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  /** `because`: why it was sent although no command of this run asked for it. */
  | { readonly kind: 'urc'; readonly text: string; readonly because?: EndReason }
  /**
   * `because`: why a result that is not an error needs an explanation (NO CARRIER; OK after TIMEOUT or DISCONNECTED; a
   * fast dial with a full handshake). `moment`: the state at that moment, with every failure and every `because`.
   */
  | {
      readonly kind: 'result'
      readonly word: string
      readonly failure: CommandFailure | null
      readonly because?: EndReason
      readonly moment?: FailureMoment
    }
  | {
      readonly kind: 'transition'
      readonly chart: string
      readonly from: string
      readonly to: string
      readonly event: string
    }
  | {
      readonly kind: 'timer'
      readonly name: string
      readonly what: 'started' | 'expired' | 'stopped'
      readonly durationMs: number
    }
  | { readonly kind: 'network'; readonly sentence: string }
  | ({
      readonly kind: 'tcp'
      readonly what: 'connecting' | 'opened' | 'closed' | 'refused'
      readonly sentence: string
    } & TcpFacts)
  /**
   * Data of a TCP connection, as the module wrote or read it; not the real segments, which are not known. `bytes` is a
   * reference: the store copies it, and it is not modified.
   */
  | {
      readonly kind: 'segment'
      readonly connection: number
      /** As seen from the module. */
      readonly direction: 'out' | 'in'
      readonly bytes: Uint8Array
      /** Number of earlier bytes in this direction, and in the other. */
      readonly offset: number
      readonly otherOffset: number
      /** This direction ends here, or the connection was reset. */
      readonly end: 'fin' | 'rst' | null
      /** Whether a secret (the argument of FTP's USER or PASS) was replaced by asterisks. */
      readonly masked: boolean
    }
  /** A UDP socket of the module. `socket`: the `seq` of its event `opened`; `null` in that event itself. */
  | {
      readonly kind: 'udp'
      readonly what: 'opened' | 'closed' | 'failed'
      readonly sentence: string
      readonly socket: number | null
    }
  /** One UDP datagram, as the module sent or received it. `bytes` as in `segment`. */
  | {
      readonly kind: 'datagram'
      /** As seen from the module. */
      readonly direction: 'out' | 'in'
      /** `seq` of the `udp` event that opened the socket. */
      readonly socket: number
      readonly local: TcpAddress
      readonly remote: TcpAddress
      readonly bytes: Uint8Array
      /** The real destination `HOST:PORT`, if it differs; absent where it is the same. */
      readonly leadsTo?: string
      readonly masked: boolean
    }
  /** An ICMP echo request and its reply; without a reply, `none` once the time is over. `request` is its `seq`. */
  | {
      readonly kind: 'ping'
      readonly what: 'request'
      readonly local: string
      readonly remote: string
      readonly lengthBytes: number
      readonly timeToLive: number
    }
  | {
      readonly kind: 'ping'
      readonly what: 'reply'
      readonly request: number
      readonly local: string
      readonly remote: string
      readonly lengthBytes: number
      readonly timeToLive: number
      readonly timeMs: number
    }
  | { readonly kind: 'ping'; readonly what: 'none'; readonly request: number; readonly sentence: string }
  /**
   * A name look-up over the PDP context with the address `local`, and its answer. `query` is the `seq` of the query.
   */
  | { readonly kind: 'dns'; readonly what: 'query'; readonly host: string; readonly local: string }
  | {
      readonly kind: 'dns'
      readonly what: 'answer'
      readonly query: number
      readonly host: string
      readonly local: string
      /** `null` when the name does not exist. */
      readonly address: string | null
      readonly sentence: string
    }
  /** `connection` as in `segment`. */
  | { readonly kind: 'tls'; readonly trace: TlsTraceEvent; readonly connection?: number }
  | {
      readonly kind: 'tls-failure'
      readonly sentence: string
      readonly alert: string | null
      readonly rule: string | null
      readonly finding?: Finding
      readonly facts?: readonly FailureFact[]
      readonly expected?: string | null
      readonly got?: string | null
      readonly moment?: FailureMoment
    }
  /** One line of an FTP control dialogue. User and password are masked. */
  | { readonly kind: 'ftp'; readonly direction: 'out' | 'in'; readonly text: string }
  | { readonly kind: 'nvm'; readonly sentence: string }
  /** A fault was armed, cleared, or strikes now. */
  | { readonly kind: 'fault'; readonly sentence: string; readonly act?: BoardAct }
  /** Bytes that could not be kept or delivered (D-23). */
  | { readonly kind: 'overrun'; readonly droppedBytes: number; readonly sentence: string }
  /**
   * Something that worked here but would probably fail on hardware; not a failure. Its text is in `hardwareWarnings`.
   */
  | { readonly kind: 'warning'; readonly warning: HardwareWarningId }
  | { readonly kind: 'port'; readonly sentence: string; readonly act?: BoardAct }
  | { readonly kind: 'note'; readonly sentence: string; readonly act?: BoardAct }

/** A masked part of a secret. */
export interface SecretPart {
  /** Offset in the bytes of the event. */
  readonly offset: number
  readonly length: number
  /** Such as `cpin-pin`, `ftpopen-password` or `private-key`; `mistyped` for what looks like a secret. */
  readonly name: string
  /**
   * Set once the secret is complete: its whole length, and the digits by which it is recognised. The part itself may
   * then be empty.
   */
  readonly end: { readonly lengthBytes: number; readonly digest: string | null } | null
}

export type BoardActName =
  | 'key'
  | 'network'
  | 'network-event'
  | 'sim'
  | 'supply'
  | 'clock'
  | 'speed'
  | 'nvm'
  | 'product'
  | 'switch'
  /** The lab: the settings of a server changed; a fault was armed or cleared. */
  | 'lab'
  | 'fault'
  | 'fault-cleared'
  /** The port: another program opened it; its host changed DTR or RTS. */
  | 'client'
  | 'lines'

/** What a person, or the surroundings, did to the module, so that a transcript can repeat it. */
export interface BoardAct {
  readonly name: BoardActName
  /** The argument of the API call. A secret in it is left out and named in `hidden`. */
  readonly argument: Readonly<Record<string, unknown>>
  readonly hidden?: readonly string[]
}

/** The connection of a `tcp` event; absent where no address is known. */
export interface TcpFacts {
  /** `seq` of the event `connecting`, the first of the connection; `null` in that event itself. */
  readonly connection?: number | null
  /** In `connecting`: the module's address, and the server's as it was dialled. */
  readonly local?: TcpAddress
  readonly remote?: TcpAddress
  /** In `connecting`: the real destination `HOST:PORT`, if it differs. */
  readonly leadsTo?: string | null
  /** In `connecting`: whether the peer opened it (FTP's active mode). */
  readonly incoming?: boolean
}

export interface TcpAddress {
  /** Dotted. */
  readonly address: string
  readonly port: number
}

export type TimelineKind = TimelineFact['kind']

/** Receives reports for the timeline. Returns the `seq` of the new event, which may be the cause of later ones. */
export interface TimelineReporter {
  report(what: TimelineFact, cause?: number | null, instance?: number | null, furtherCauses?: readonly number[]): number
}
