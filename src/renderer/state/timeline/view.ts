import type { EventFilter } from '../../../shared/timeline/filter.ts'
import type { timelineKinds } from '../../../shared/timeline/kinds.ts'
import { readPref, writePref } from '../prefs.ts'

export const byteViews = ['text', 'hex', 'mixed'] as const
export type ByteView = (typeof byteViews)[number]
/** `cause`: the first of a chain by the wall clock, what follows from it by the time since. `delta`: since the row before. */
export const timeViews = ['cause', 'wall', 'delta'] as const
export type TimeView = (typeof timeViews)[number]
export type EventKind = (typeof timelineKinds)[number]

/** Which events are wanted, as a person chooses it; what is empty or null does not restrict. */
export interface Choice {
  readonly text: string
  readonly regex: boolean
  readonly matchCase: boolean
  /** Rows that do not fit the text stay, and those that do are marked. */
  readonly keepOthers: boolean
  readonly kinds: readonly EventKind[]
  readonly instances: readonly (number | null)[]
  /** One tree of causes, or one way up to its root. */
  readonly cause: { readonly of: number; readonly what: 'chain' | 'ancestors' } | null
}

export const noChoice: Choice = {
  text: '',
  regex: false,
  matchCase: false,
  keepOthers: false,
  kinds: [],
  instances: [],
  cause: null
}

/** As many as anybody finds again; the oldest goes. */
export const MAX_BOOKMARKS = 1000

/** Events from one up to and without another. */
export interface SeqRange {
  readonly fromSeq: number
  readonly toSeq: number
}

/** How a person looks at the timeline: views, filter, bookmarks, and what is selected beside the one event that all panels mark. */
export class TimelineView {
  bytes: ByteView = readPref('timeline-bytes', 'text', oneOf(byteViews))
  times: TimeView = readPref('timeline-times', 'cause', oneOf(timeViews))
  choice = noChoice
  /** What the rows must fit; null: all are shown. */
  filter: EventFilter | null = null
  /** What is marked among the rows; null: nothing. */
  search: EventFilter | null = null
  /** `null`: the one event that all panels mark, and no more. */
  range: SeqRange | null = null
  /** Where the selection began that Shift extends. */
  anchorSeq: number | null = null
  private marked: readonly number[] = []

  /** `onChoice`: what is wanted is different now. `onLook`: something else is. */
  constructor(
    private readonly onChoice: () => void,
    private readonly onLook: () => void
  ) {}

  /** Growing. */
  get bookmarks(): readonly number[] {
    return this.marked
  }

  show(change: { readonly bytes?: ByteView; readonly times?: TimeView }): void {
    this.bytes = change.bytes ?? this.bytes
    this.times = change.times ?? this.times
    writePref('timeline-bytes', this.bytes)
    writePref('timeline-times', this.times)
    this.onLook()
  }

  choose(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change }
    const [filter, search] = [filterOf(this.choice), searchOf(this.choice)]
    const same = JSON.stringify([filter, search]) === JSON.stringify([this.filter, this.search])
    if (same) {
      this.onLook()
      return
    }
    this.filter = filter
    this.search = search
    this.range = null
    this.onChoice()
  }

  select(range: SeqRange | null, anchorSeq: number | null): void {
    this.range = range
    this.anchorSeq = anchorSeq
    this.onLook()
  }

  hasBookmark(seq: number): boolean {
    return this.marked.includes(seq)
  }

  toggleBookmark(seq: number): void {
    this.marked = this.hasBookmark(seq)
      ? this.marked.filter((one) => one !== seq)
      : [...this.marked, seq].toSorted((a, b) => a - b).slice(-MAX_BOOKMARKS)
    this.onLook()
  }

  clearBookmarks(): void {
    this.marked = []
    this.onLook()
  }

  /** The bookmark after (1) or before (-1) an event, around at the ends; null when there is none at all. */
  bookmarkFrom(seq: number | null, step: 1 | -1): number | null {
    const { marked } = this
    if (step > 0) return marked.find((one) => one > (seq ?? -1)) ?? marked[0] ?? null
    return marked.findLast((one) => one < (seq ?? Infinity)) ?? marked.at(-1) ?? null
  }

  /** Numbers of events mean others now. */
  forgetEvents(): void {
    this.marked = []
    this.range = null
    this.anchorSeq = null
    this.choice = { ...this.choice, cause: null }
    this.filter = filterOf(this.choice)
    this.search = searchOf(this.choice)
  }
}

function filterOf(choice: Choice): EventFilter | null {
  const { kinds, instances, cause, keepOthers } = choice
  const text = keepOthers ? undefined : textOf(choice)
  if (kinds.length === 0 && instances.length === 0 && cause === null && text === undefined) return null
  return {
    ...(kinds.length > 0 ? { kinds: [...kinds] } : {}),
    ...(instances.length > 0 ? { instances: [...instances] } : {}),
    ...(cause?.what === 'chain' ? { chainOf: cause.of } : {}),
    ...(cause?.what === 'ancestors' ? { ancestorsOf: cause.of } : {}),
    ...(text ? { text } : {})
  }
}

/** What is marked must have a row, so it fits the filter too. */
function searchOf(choice: Choice): EventFilter | null {
  const text = textOf(choice)
  return choice.keepOthers && text ? { ...filterOf(choice), text } : null
}

function textOf({ text, regex, matchCase }: Choice): EventFilter['text'] {
  // The ends of a pattern count; those of words that somebody types do not.
  const pattern = regex ? text : text.trim()
  return pattern === '' ? undefined : { pattern, regex, matchCase }
}

function oneOf<T extends string>(all: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => all.some((one) => one === value)
}
