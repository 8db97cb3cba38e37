import type { TimelineEvent, TimelineKind } from './events.ts'

/**
 * Read access to a timeline, for exports, explanations and transcripts. Implemented by the store, and by a list of
 * events (`listSource`). Reading copies nothing as a whole, and does not disturb appending.
 */
export interface EventSource {
  /** `seq` of the oldest event that is kept; equals `nextSeq` when there is none. */
  readonly firstSeq: number
  /** `seq` of the next event. */
  readonly nextSeq: number
  /** Returns one event, or `null` when it was dropped, never existed, or `seq` is not valid. */
  at(seq: number): TimelineEvent | null
  /** Yields events from `fromSeq` up to but excluding `toSeq`, oldest first, without those that are not kept. */
  range(fromSeq: number, toSeq: number): Iterable<TimelineEvent>
  /**
   * Yields events of these kinds, newest first, from the one before `toSeq` back to `fromSeq`. Other events are skipped
   * without decoding: a transfer has thousands of segments between two commands.
   */
  backwards(kinds: readonly TimelineKind[], fromSeq: number, toSeq: number): Iterable<TimelineEvent>
  /** The event itself, then everything that led to it and is still kept, newest first. Empty when it is not kept. */
  causes(seq: number): TimelineEvent[]
  /** Returns the first `limit` direct and indirect effects of the event, in order. */
  effects(seq: number, limit: number): TimelineEvent[]
}

/** Returns a list of events in ascending `seq` as a source, for tests and for events from a file. Gaps are allowed. */
export function listSource(events: readonly TimelineEvent[]): EventSource {
  const bySeq = new Map(events.map((event) => [event.seq, event]))
  const first = events[0]
  return {
    firstSeq: first?.seq ?? 0,
    nextSeq: first ? events.at(-1)!.seq + 1 : 0,
    at: (seq) => bySeq.get(seq) ?? null,
    range: (fromSeq, toSeq) => events.filter(({ seq }) => seq >= fromSeq && seq < toSeq),
    backwards: (kinds, fromSeq, toSeq) =>
      events.filter(({ seq, what }) => seq >= fromSeq && seq < toSeq && kinds.includes(what.kind)).toReversed(),
    causes(seq) {
      const asked = bySeq.get(seq)
      const wanted = new Set(asked ? [seq] : [])
      // Backwards, so that each event's effects have been looked at before it.
      return events.toReversed().filter((event) => {
        if (!wanted.has(event.seq)) return false
        for (const cause of causesOf(event)) if (cause < event.seq) wanted.add(cause)
        return true
      })
    },
    effects(seq, limit) {
      const reached = new Set([seq])
      const found: TimelineEvent[] = []
      for (const event of events) {
        if (found.length >= limit) break
        if (event.seq <= seq || !causesOf(event).some((cause) => reached.has(cause))) continue
        reached.add(event.seq)
        found.push(event)
      }
      return found
    }
  }
}

/** All causes of an event, the first one first. */
export function causesOf({ cause, furtherCauses = [] }: TimelineEvent): readonly number[] {
  return cause === null ? furtherCauses : [cause, ...furtherCauses]
}
