import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/**
 * Returns the silence before `+++` in milliseconds of wall time. The escape sequence needs the guard time (S12 of AT0,
 * one second by default) before and after it. That is module time, so it is longer while module time is slow. It is not
 * shorter while module time is fast, because the bytes need their time on the way. A margin is added, because the
 * clocks of window and module differ.
 */
export function silenceBeforeEscapeMs(snapshot: Pick<Snapshot, 'timers' | 'speed'> | null): number {
  const guardMs = snapshot?.timers.find(({ name }) => name === 'escape')?.limit ?? FACTORY_GUARD_MS
  return (guardMs + MARGIN_MS) / Math.min(1, snapshot?.speed ?? 1)
}

const FACTORY_GUARD_MS = 1000
const MARGIN_MS = 100
