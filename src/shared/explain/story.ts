import type { Snapshot } from '../calls/snapshot.ts'
import type { CommandFailure } from '../rules/errors.ts'
import {
  factOf,
  type FailureFact,
  type FailureFactKind,
  type FailureMoment,
  type Finding
} from '../rules/failure-facts.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { BoardPart, ComparedValue, Happening, Picture, Remedy } from './explanation.ts'
import type { Evidence } from './trail.ts'

/**
 * What a builder explains a failure from: its values, the state at that moment, and the events up to it. The present
 * state is not included, so that explanations never change; only `Told.remedies` gets it.
 */
export interface Story {
  readonly seq: number
  readonly failure: StoryFailure
  /** The command that failed, or that opened what has ended; `null` when none is known. */
  readonly command: { readonly seq: number; readonly name: string; readonly text: string } | null
  /** The AT instance where it happened; `null` for the module as a whole. */
  readonly instance: number | null
  readonly evidence: Evidence
  /** Events up to the failure only. */
  readonly source: EventSource
  /** `null` for an event that this program did not record. */
  readonly moment: FailureMoment | null
  /** Returns the fact of a kind, or `null` when the failure has none. */
  fact<K extends FailureFactKind>(kind: K): Extract<FailureFact, { kind: K }> | null
}

/** A CommandFailure, or what is known of an end without one. */
export interface StoryFailure extends Pick<CommandFailure, 'error' | 'sentence' | 'expected' | 'got' | 'rule'> {
  readonly finding: Finding | null
  readonly facts: readonly FailureFact[]
  /** A result code such as `NO CARRIER`; `null` for an error. */
  readonly word: string | null
  /** The finding that broke a transfer, if known in addition to its end. */
  readonly under: Finding | null
}

/** What a builder returns. By default fields are taken from the failure. */
export interface Told {
  readonly title: string
  readonly happened?: readonly Happening[]
  readonly values?: readonly ComparedValue[]
  readonly picture?: Picture | null
  /** Id of the rule, if it differs from the failure's. */
  readonly rule?: string
  /** Returns what can be done about it, for the present state of the module. */
  readonly remedies: (now: Snapshot) => readonly Remedy[]
  readonly parts: readonly BoardPart[]
}

export type Builder = (story: Story) => Told

export function makeStory(
  event: TimelineEvent,
  failure: StoryFailure,
  about: Pick<Story, 'command' | 'evidence' | 'source' | 'moment'>
): Story {
  return { seq: event.seq, instance: event.instance, failure, ...about, fact: (kind) => factOf(failure.facts, kind) }
}

/** A sentence with the event that shows it. */
export const shown = (sentence: string, seq: number | null = null): Happening => ({ sentence, seq })

/** A sentence that the picture shows too. */
export const pictured = (sentence: string, seq: number | null): Happening => ({ sentence, seq, isPictured: true })

export const compared = (label: string, expected: string | null, got: string | null): ComparedValue => ({
  label,
  expected,
  got
})

/** Returns the expected and the actual value in the failure itself. */
export function ownValues({ failure: { expected, got } }: Story, label: string): ComparedValue[] {
  return expected === null && got === null ? [] : [compared(label, expected, got)]
}
