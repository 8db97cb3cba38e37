import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/**
 * The module's time between two snapshots. The simulator reports only when something changed, and its time may run
 * faster than the wall's; so the window draws on in between, at the speed that the snapshot tells.
 */
export interface Pace {
  /** Module time of the newest snapshot, milliseconds. */
  readonly moduleMs: number
  /** `performance.now()` when it came. */
  readonly atMs: number
  /** Module milliseconds in one of the wall's. */
  readonly rate: number
}

export const startPace: Pace = { moduleMs: -1, atMs: 0, rate: 1 }

export function paceOf({ moduleMs, speed }: Pick<Snapshot, 'moduleMs' | 'speed'>, nowMs: number): Pace {
  return { moduleMs, atMs: nowMs, rate: speed }
}

/** Module milliseconds gone since the newest snapshot. */
export function sinceSnapshotMs(pace: Pace, nowMs: number): number {
  return pace.moduleMs < 0 ? 0 : Math.max(0, (nowMs - pace.atMs) * pace.rate)
}
