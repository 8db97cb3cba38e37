import type { EventFilter } from '../../../shared/timeline/filter.ts'
import type { timelineKinds } from '../../../shared/timeline/kinds.ts'
import { readPref, writePref } from '../prefs.ts'

export const byteViews = ['text', 'hex', 'mixed'] as const
export type ByteView = (typeof byteViews)[number]
/**
 * `cause`: wall time for the first event of a chain, time since it for the others. `delta`: time since the row before.
 */
export const timeViews = ['cause', 'wall', 'delta'] as const
export type TimeView = (typeof timeViews)[number]
export type EventKind = (typeof timelineKinds)[number]

/** The person's choice of events. An empty list or `null` does not restrict. */
export interface Choice {
  readonly text: string
  readonly regex: boolean
  readonly matchCase: boolean
  /** Whether rows that do not match the text stay, and those that match are marked. */
  readonly keepOthers: boolean
  readonly kinds: readonly EventKind[]
  readonly instances: readonly (number | null)[]
  /** Only one tree of causes, or one event with its causes up to the root. */
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

/** More than a person can find again. The oldest is dropped. */
export const MAX_BOOKMARKS = 1000

/** Events from one to another, without the other. */
export interface SeqRange {
  readonly fromSeq: number
  readonly toSeq: number
}

/** The person's view of the timeline: form of bytes and times, filter, bookmarks, and the selected range. */
export class TimelineView {
  bytes: ByteView = readPref('timeline-bytes', 'text', oneOf(byteViews))
  times: TimeView = readPref('timeline-times', 'cause', oneOf(timeViews))
  choice = noChoice
  /** The filter of the rows; `null` when all are shown. */
  filter: EventFilter | null = null
  /** The filter of the marked rows; `null` when none is marked. */
  search: EventFilter | null = null
  /** The selected range; `null` when only the event that all panels mark is selected. */
  range: SeqRange | null = null
  /** The start of the selection, which Shift extends. */
  anchorSeq: number | null = null
  private marked: readonly number[] = []

  /** `onChoice`: called when filter or search have changed. `onLook`: called for all other changes. */
  constructor(
    private readonly onChoice: () => void,
    private readonly onLook: () => void
  ) {}

  /** In ascending order. */
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

  /**
   * Returns the bookmark after (1) or before (-1) an event, and continues at the other end; `null` when there is none.
   */
  bookmarkFrom(seq: number | null, step: 1 | -1): number | null {
    const { marked } = this
    if (step > 0) return marked.find((one) => one > (seq ?? -1)) ?? marked[0] ?? null
    return marked.findLast((one) => one < (seq ?? Infinity)) ?? marked.at(-1) ?? null
  }

  /** Forgets all events, because the same numbers stand for other events now. */
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

/** Returns the filter of the marked rows. A marked event needs a row, so it must match the row filter too. */
function searchOf(choice: Choice): EventFilter | null {
  const text = textOf(choice)
  return choice.keepOthers && text ? { ...filterOf(choice), text } : null
}

function textOf({ text, regex, matchCase }: Choice): EventFilter['text'] {
  // Spaces at the ends matter in a pattern, but not in typed words.
  const pattern = regex ? text : text.trim()
  return pattern === '' ? undefined : { pattern, regex, matchCase }
}

function oneOf<T extends string>(all: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => all.some((one) => one === value)
}
