import type { TlsTraceEvent } from '../tls/trace.ts'
import type { CommandFailure } from '../errors.ts'

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
  | { readonly kind: 'bytes'; readonly direction: 'tx' | 'rx'; readonly bytes: Uint8Array; readonly data: boolean }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'command'; readonly name: string; readonly text: string }
  | { readonly kind: 'result'; readonly word: string; readonly failure: CommandFailure | null }
  | { readonly kind: 'urc'; readonly text: string }
  | { readonly kind: 'transition'; readonly chart: string; readonly from: string; readonly to: string; readonly event: string }
  | { readonly kind: 'timer'; readonly name: string; readonly what: 'started' | 'expired' | 'stopped'; readonly durationMs: number }
  | { readonly kind: 'network'; readonly sentence: string }
  | { readonly kind: 'tcp'; readonly what: 'connecting' | 'opened' | 'closed' | 'refused'; readonly sentence: string }
  | { readonly kind: 'tls'; readonly trace: TlsTraceEvent }
  | { readonly kind: 'tls-failure'; readonly sentence: string; readonly alert: string | null; readonly rule: string | null }
  /** One line of an FTP control dialogue; user and password are masked. */
  | { readonly kind: 'ftp'; readonly direction: 'out' | 'in'; readonly text: string }
  | { readonly kind: 'nvm'; readonly sentence: string }
  /** Bytes that could not be kept or delivered (D-23). */
  | { readonly kind: 'overrun'; readonly droppedBytes: number; readonly sentence: string }
  | { readonly kind: 'port'; readonly sentence: string }
  | { readonly kind: 'note'; readonly sentence: string }

export type TimelineKind = TimelineFact['kind']

/** Where parts of the simulator report. Answers the new event's `seq`, to be the cause of what follows. */
export interface TimelineReporter {
  report(what: TimelineFact, cause?: number | null, instance?: number | null): number
}
