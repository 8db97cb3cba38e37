/** @module The events of the timeline and how they are filtered. */

import type { TlsTraceEvent } from '../tls/trace.ts'
import type { CommandFailure } from '../rules/errors.ts'
import type { HardwareWarningId } from '../hardware/hardware-warnings.ts'
import type { EndReason, FailureFact, FailureMoment, Finding } from '../rules/failure-facts.ts'

/**
 * One thing that happened, joined to what caused it. The timeline is the product: every part of the simulator reports
 * here, and the window, the transcript and the explanations read from here.
 */
export interface TimelineEvent {
  /** Grows by one; an id that stays valid for the life of the simulator. */
  readonly seq: number
  /** Module time, milliseconds since the simulator started. */
  readonly moduleMs: number
  /** Wall clock, milliseconds since 1970 UTC. */
  readonly wallMs: number
  /** `seq` of the event that led to this one, or null when it came by itself. */
  readonly cause: number | null
  /** The AT instance it belongs to; null for the module as a whole. */
  readonly instance: number | null
  readonly what: TimelineFact
}

export type TimelineFact =
  /** Bytes on the serial line; `tx` is host to module, as the host's pins are named. */
  | {
      readonly kind: 'bytes'
      readonly direction: 'tx' | 'rx'
      readonly bytes: Uint8Array
      readonly data: boolean
      /** Which of the stars in `bytes` stand for what; left out: none do. */
      readonly secrets?: readonly SecretPart[]
    }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  /** `because`: why it came, where no line of this run had asked for it. */
  | { readonly kind: 'urc'; readonly text: string; readonly because?: EndReason }
  /**
   * `because`: why a result that is no error is news all the same (NO CARRIER; OK after TIMEOUT or DISCONNECTED; a fast dial that was
   * none). `moment`: how things stood then, with every failure and every `because`.
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
   * What a TCP connection of the module carried, as the module wrote or read it; a name for what segments really did is not to be had.
   * The bytes are a reference for the store to copy, and nobody writes to them.
   */
  | {
      readonly kind: 'segment'
      readonly connection: number
      /** Seen from the module. */
      readonly direction: 'out' | 'in'
      readonly bytes: Uint8Array
      /** Bytes that went before in this direction, and in the other. */
      readonly offset: number
      readonly otherOffset: number
      /** The direction ends here, or the whole connection is dropped. */
      readonly end: 'fin' | 'rst' | null
      /** A secret in it (the argument of FTP's USER or PASS) has been replaced by as many stars. */
      readonly masked: boolean
    }
  /** A name that was looked up over the context with the address `local`, and what came of it; `query` is the `seq` of the query. */
  | { readonly kind: 'dns'; readonly what: 'query'; readonly host: string; readonly local: string }
  | {
      readonly kind: 'dns'
      readonly what: 'answer'
      readonly query: number
      readonly host: string
      readonly local: string
      /** Null: there is no such name. */
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
  /** One line of an FTP control dialogue; user and password are masked. */
  | { readonly kind: 'ftp'; readonly direction: 'out' | 'in'; readonly text: string }
  | { readonly kind: 'nvm'; readonly sentence: string }
  /** Something made to go wrong on purpose, by a person or a scenario: armed, cleared, or striking now. */
  | { readonly kind: 'fault'; readonly sentence: string; readonly act?: BoardAct }
  /** Bytes that could not be kept or delivered (D-23). */
  | { readonly kind: 'overrun'; readonly droppedBytes: number; readonly sentence: string }
  /** Something that worked here and that the hardware would likely lose; no failure. Its words are in `hardwareWarnings`. */
  | { readonly kind: 'warning'; readonly warning: HardwareWarningId }
  | { readonly kind: 'port'; readonly sentence: string; readonly act?: BoardAct }
  | { readonly kind: 'note'; readonly sentence: string; readonly act?: BoardAct }

/** A part of a secret, of which only its place is kept. */
export interface SecretPart {
  /** In the bytes of the event. */
  readonly offset: number
  readonly length: number
  /** `cpin-pin`, `ftpopen-password`, `private-key`; `mistyped` for what looks like one. */
  readonly name: string
  /** Once it is complete: its whole length, and by which digits it is recognised. The part may be of no length then. */
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
  /** The lab: a far end changed, a fault armed, one cleared. */
  | 'lab'
  | 'fault'
  | 'fault-cleared'
  /** The port: another program has it, its host has moved DTR or RTS. */
  | 'client'
  | 'lines'

/** What a person, or the machine around the module, did to it, so that it can be done again (transcripts). */
export interface BoardAct {
  readonly name: BoardActName
  /** The call's argument as in SimulatorApi; a secret in it is left out, and named in `hidden`. */
  readonly argument: Readonly<Record<string, unknown>>
  readonly hidden?: readonly string[]
}

/** Which connection a `tcp` event is about; left out where no address is known. */
export interface TcpFacts {
  /** `seq` of the event `connecting`, which began the connection; null in that event itself. */
  readonly connection?: number | null
  /** In `connecting`: the module's side, and the far end as it was dialled. */
  readonly local?: TcpAddress
  readonly remote?: TcpAddress
  /** In `connecting`: where the network really led it, `HOST:PORT`, when that is elsewhere. */
  readonly leadsTo?: string | null
  /** In `connecting`: the far end opened it (FTP's active mode). */
  readonly incoming?: boolean
}

export interface TcpAddress {
  /** Dotted. */
  readonly address: string
  readonly port: number
}

export type TimelineKind = TimelineFact['kind']

/** Where parts of the simulator report. Answers the new event's `seq`, to be the cause of what follows. */
export interface TimelineReporter {
  report(what: TimelineFact, cause?: number | null, instance?: number | null): number
}
