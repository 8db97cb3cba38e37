import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { chainOf, indexOfSeq } from './event-buffer.ts'
import type { WindowState } from './store.ts'

// Looks up single events among those that the window holds.

type Holding = Pick<WindowState, 'events'>

/** Returns an event by its number; `null` when the window does not hold it. */
export function heldEvent({ events: { rows } }: Holding, seq: number): TimelineEvent | null {
  return rows[indexOfSeq(rows, seq)]?.event ?? null
}

/** Returns the events from `fromSeq` on, oldest first. Searches from the newest back, so a few events cost little. */
export function heldSince({ events: { rows } }: Holding, fromSeq: number): readonly TimelineEvent[] {
  let from = rows.length
  while (from > 0 && lastSeqOf(rows[from - 1]!) >= fromSeq) from--
  return rows.slice(from).map(({ event }) => event)
}

/** Returns the newest `count` events, newest first. */
export function heldBackwards({ events: { rows } }: Holding, count: number): readonly TimelineEvent[] {
  return rows
    .slice(-count)
    .map(({ event }) => event)
    .toReversed()
}

/** Returns the event and its causes, up to the root or the oldest that is held. */
export function heldCauses(state: Holding, seq: number): readonly TimelineEvent[] {
  return chainOf(state.events.rows, seq).flatMap((one) => heldEvent(state, one) ?? [])
}

export function nextHeldSeq({ events }: Holding): number {
  return events.newestSeq + 1
}

/** Bytes typed one by one share a row, whose last `seq` is that of the last byte. */
const lastSeqOf = ({ event, also }: WindowState['events']['rows'][number]): number => also.at(-1) ?? event.seq
