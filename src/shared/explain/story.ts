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
 * What a builder tells a failure from: its values, how things stood then, and the events up to it. How the module is now is not
 * among it, so that what was told never changes; only `Told.remedies` is handed that.
 */
export interface Story {
  readonly seq: number
  readonly failure: StoryFailure
  /** The command that failed, or that opened what has ended; null where none is known any more. */
  readonly command: { readonly seq: number; readonly name: string; readonly text: string } | null
  /** The AT instance it happened on; null for the module as a whole. */
  readonly instance: number | null
  readonly evidence: Evidence
  /** Up to the failure and no further. */
  readonly source: EventSource
  /** `null` for an event that was not recorded by this program. */
  readonly moment: FailureMoment | null
  /** The fact of a kind; null when the failure does not have it. */
  fact<K extends FailureFactKind>(kind: K): Extract<FailureFact, { kind: K }> | null
}

/** A CommandFailure, or what is known of an end that is none. */
export interface StoryFailure extends Pick<CommandFailure, 'error' | 'sentence' | 'expected' | 'got' | 'rule'> {
  readonly finding: Finding | null
  readonly facts: readonly FailureFact[]
  /** `NO CARRIER` and the like; null where the answer was an error. */
  readonly word: string | null
  /** What broke a transfer, where that is known beside the end of the transfer itself. */
  readonly under: Finding | null
}

/** What a builder says. Left out: taken from the failure. */
export interface Told {
  readonly title: string
  readonly happened?: readonly Happening[]
  readonly values?: readonly ComparedValue[]
  readonly picture?: Picture | null
  /** Id of the rule, where it is another than the failure's. */
  readonly rule?: string
  /** What can be done about it, for the module as it is now. */
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

/** The sentence with the event that shows it. */
export const shown = (sentence: string, seq: number | null = null): Happening => ({ sentence, seq })

/** A happening that the explanation's picture shows as well. */
export const pictured = (sentence: string, seq: number | null): Happening => ({ sentence, seq, isPictured: true })

export const compared = (label: string, expected: string | null, got: string | null): ComparedValue => ({
  label,
  expected,
  got
})

/** What the failure itself says was expected and what came. */
export function ownValues({ failure: { expected, got } }: Story, label: string): ComparedValue[] {
  return expected === null && got === null ? [] : [compared(label, expected, got)]
}
