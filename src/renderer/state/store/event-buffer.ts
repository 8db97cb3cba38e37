import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import type { PlacedEvent } from './placed-event.ts'
import { joinTyped } from './typed-run.ts'

/**
 * How many events the window holds for lamps, charts and lessons. The timeline panel fetches its rows itself
 * (`timeline/model.ts`).
 */
export const MAX_EVENTS = 2000

/** Rows are dropped this many at a time, so that not every event copies the list. */
const TRIM_EVENTS = 200

/** The newest events, oldest first. Immutable, so that React can compare two by identity. */
export interface EventBuffer {
  readonly rows: readonly PlacedEvent[]
  /** Number of older events that are or were in the timeline and are not in `rows`. */
  readonly older: number
  /** `seq` of the newest event, -1 when there is none. */
  readonly newestSeq: number
}

export const emptyBuffer: EventBuffer = { rows: [], older: 0, newestSeq: -1 }

/** Returns the buffer with newer events added (others are ignored), without the oldest rows beyond `maxEvents`. */
export function append(buffer: EventBuffer, events: readonly TimelineEvent[]): EventBuffer {
  const fresh = events.filter((event) => event.seq > buffer.newestSeq)
  if (fresh.length === 0) return buffer
  let rows = [...buffer.rows]
  for (const event of fresh) if (!joinTyped(rows, event)) rows.push(place(rows, event))
  let { older } = buffer
  if (rows.length > MAX_EVENTS) {
    const cut = rows.slice(0, rows.length - MAX_EVENTS + TRIM_EVENTS)
    older += cut.reduce((sum, row) => sum + 1 + row.also.length, 0)
    rows = rows.slice(cut.length)
  }
  return { rows, older, newestSeq: fresh.at(-1)!.seq }
}

/** Returns the index in `rows` of the row that shows the event `seq`, or -1. */
export function indexOfSeq(rows: readonly PlacedEvent[], seq: number): number {
  let low = 0
  let high = rows.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = rows[middle]!.event.seq
    if (found === seq) return middle
    if (found < seq) low = middle + 1
    else high = middle - 1
  }
  // `high` is the last row that begins before it. A typed text and its echo are two rows that grow in turn.
  for (const at of [high, high - 1]) if (rows[at]?.also.includes(seq)) return at
  return -1
}

/** Returns the `seq` of the row's event and of its causes, up to the root, as far as they are held. */
export function chainOf(rows: readonly PlacedEvent[], seq: number): readonly number[] {
  const chain: number[] = []
  for (let next: number | null = seq; next !== null;) {
    const at = indexOfSeq(rows, next)
    if (at < 0) break
    const { event } = rows[at]!
    chain.push(event.seq)
    // A cause is older than its effect. Otherwise this would not end.
    next = event.cause !== null && event.cause < event.seq ? event.cause : null
  }
  return chain
}

function place(rows: readonly PlacedEvent[], event: TimelineEvent): PlacedEvent {
  const at = event.cause === null ? -1 : indexOfSeq(rows, event.cause)
  const cause = at < 0 ? null : rows[at]!
  if (!cause) return { event, depth: 0, root: event, branchSeq: null, also: [] }
  return { event, depth: cause.depth + 1, root: cause.root, branchSeq: cause.branchSeq ?? event.seq, also: [] }
}
