import type { TimelineEvent, TimelineKind } from './events.ts'

/**
 * The timeline as something to read from: what exports, explanations and transcripts take. The store is one; a list of
 * events is another (`listSource`). Reading takes no copy of the whole and never disturbs what is being appended.
 */
export interface EventSource {
  /** `seq` of the oldest event still kept; equals `nextSeq` when nothing is. */
  readonly firstSeq: number
  /** `seq` that the next event will get. */
  readonly nextSeq: number
  /** One event, or null when it fell off, never was, or is no `seq` at all. */
  at(seq: number): TimelineEvent | null
  /** Events from `fromSeq` up to and without `toSeq`, oldest first; what is not kept is left out. Made one by one as they are taken. */
  range(fromSeq: number, toSeq: number): Iterable<TimelineEvent>
  /**
   * Events of these kinds from the one before `toSeq` back to `fromSeq`, newest first, made one by one as they are taken. The others are
   * passed over unread: a transfer has thousands of segments between two commands.
   */
  backwards(kinds: readonly TimelineKind[], fromSeq: number, toSeq: number): Iterable<TimelineEvent>
  /** The event itself, then its cause, and so on up to the root or to the oldest that is still kept. Empty when it is not kept. */
  causes(seq: number): TimelineEvent[]
  /** What the event led to, directly and indirectly, in the order in which it happened; the first `limit` of them. */
  effects(seq: number, limit: number): TimelineEvent[]
}

/** A list of events, `seq` growing, as a source: for tests and for events that were read from a file. Gaps are allowed. */
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
      const chain: TimelineEvent[] = []
      for (let event = bySeq.get(seq); event; event = causeOf(event, bySeq)) chain.push(event)
      return chain
    },
    effects(seq, limit) {
      const reached = new Set([seq])
      const found: TimelineEvent[] = []
      for (const event of events) {
        if (found.length >= limit) break
        if (event.seq <= seq || event.cause === null || !reached.has(event.cause)) continue
        reached.add(event.seq)
        found.push(event)
      }
      return found
    }
  }
}

/** A cause is older than what it caused; anything else would walk in a circle. */
function causeOf(event: TimelineEvent, bySeq: ReadonlyMap<number, TimelineEvent>): TimelineEvent | undefined {
  return event.cause !== null && event.cause < event.seq ? bySeq.get(event.cause) : undefined
}
