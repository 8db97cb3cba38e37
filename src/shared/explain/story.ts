import type { Snapshot } from '../snapshot.ts'
import type { CommandFailure } from '../errors.ts'
import { factOf, type FailureFact, type FailureFactKind, type Finding } from '../failure-facts.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { BoardPart, ComparedValue, Happening, Picture, Remedy } from './explanation.ts'
import type { Evidence } from './trail.ts'

/** What a builder has to tell about: the failure with its values, the events around it, and the module as it is now. */
export interface Story {
  readonly seq: number
  readonly failure: StoryFailure
  /** The command that failed, or that opened what has ended; null where none is known any more. */
  readonly command: { readonly seq: number; readonly name: string; readonly text: string } | null
  /** The AT instance it happened on; null for the module as a whole. */
  readonly instance: number | null
  readonly evidence: Evidence
  readonly source: EventSource
  readonly snapshot: Snapshot
  /** The fact of a kind; null when the failure does not have it. */
  fact<K extends FailureFactKind>(kind: K): Extract<FailureFact, { kind: K }> | null
}

/** A CommandFailure, or what is known of an end that is none. */
export interface StoryFailure extends Pick<CommandFailure, 'error' | 'sentence' | 'expected' | 'got' | 'rule'> {
  readonly finding: Finding | null
  readonly facts: readonly FailureFact[]
  /** `NO CARRIER` and the like; null where the answer was an error. */
  readonly word: string | null
}

/** What a builder says. Left out: taken from the failure. */
export interface Told {
  readonly title: string
  readonly happened?: readonly Happening[]
  readonly values?: readonly ComparedValue[]
  readonly picture?: Picture | null
  /** Id of the rule, where it is another than the failure's. */
  readonly rule?: string
  readonly remedies: readonly Remedy[]
  readonly parts: readonly BoardPart[]
}

export type Builder = (story: Story) => Told

export function makeStory(
  event: TimelineEvent,
  failure: StoryFailure,
  about: Pick<Story, 'command' | 'evidence' | 'source' | 'snapshot'>
): Story {
  return { seq: event.seq, instance: event.instance, failure, ...about, fact: (kind) => factOf(failure.facts, kind) }
}

/** The sentence with the event that shows it. */
export const shown = (sentence: string, seq: number | null = null): Happening => ({ sentence, seq })

export const compared = (label: string, expected: string | null, got: string | null): ComparedValue => ({ label, expected, got })

/** What the failure itself says was expected and what came. */
export function ownValues({ failure: { expected, got } }: Story, label: string): ComparedValue[] {
  return expected === null && got === null ? [] : [compared(label, expected, got)]
}

/** `123.124.125.126:443`, or what people call it where nobody knows. */
export function farEndName(story: Story): string {
  return story.fact('far-end')?.name ?? story.snapshot.handshake?.farEnd ?? 'The far end'
}
