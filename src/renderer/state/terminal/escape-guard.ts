import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/**
 * How long to be silent before `+++`, milliseconds of the wall: the escape sequence counts only when it comes alone, with the guard
 * time (S12, one second from the factory) before it and after it. It is the module's time, so it lasts longer while that runs slower;
 * where it runs quicker the wall's is kept, since the bytes still need theirs on the way. A little more than it, because the window's
 * clock and the module's are not the same. S12 is AT0's: that is the one the snapshot tells.
 */
export function silenceBeforeEscapeMs(snapshot: Pick<Snapshot, 'timers' | 'speed'> | null): number {
  const guardMs = snapshot?.timers.find(({ name }) => name === 'escape')?.limit ?? FACTORY_GUARD_MS
  return (guardMs + MARGIN_MS) / Math.min(1, snapshot?.speed ?? 1)
}

const FACTORY_GUARD_MS = 1000
const MARGIN_MS = 100
