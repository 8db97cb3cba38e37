import type { ChartSnapshot, Snapshot } from '../../../shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { indexOfSeq } from '../../state/store/event-buffer.ts'
import type { PlacedEvent } from '../../state/store/placed-event.ts'

/** A transition of a chart with its event, cause and time. */
export interface ToldMove {
  readonly from: string
  readonly to: string
  readonly event: string
  readonly seq: number
  readonly cause: number | null
  readonly wallMs: number
}

/** Returns the last move of a chart. Its wall time is computed from module time, because its event may no longer be kept. */
export function lastMoveOf(
  { last }: ChartSnapshot,
  now: Pick<Snapshot, 'wallMs' | 'moduleMs' | 'speed'>
): ToldMove | null {
  return last && { ...last, wallMs: now.wallMs - (now.moduleMs - last.moduleMs) / Math.max(now.speed, 1e-6) }
}

/** Returns the move of a chart that event `seq` is or has caused; `null` for none. `instance`: `null` for any AT instance. */
export function moveOf(
  rows: readonly PlacedEvent[],
  seq: number,
  chart: string,
  instance: number | null
): ToldMove | null {
  const at = indexOfSeq(rows, seq)
  if (at < 0) return null
  const itself = toldMove(rows[at]!.event, chart, instance)
  if (itself) return itself
  // Search only the next events: a move that comes much later would not be seen as a result of this event.
  for (const { event } of rows.slice(at + 1, at + 1 + NEAR_EVENTS)) {
    const move = event.cause === seq ? toldMove(event, chart, instance) : null
    if (move) return move
  }
  return null
}

const NEAR_EVENTS = 400

function toldMove(
  { seq, cause, wallMs, what, instance: where }: TimelineEvent,
  chart: string,
  instance: number | null
): ToldMove | null {
  if (what.kind !== 'transition' || what.chart !== chart || (instance !== null && where !== null && where !== instance))
    return null
  return { from: what.from, to: what.to, event: what.event, seq, cause, wallMs }
}
