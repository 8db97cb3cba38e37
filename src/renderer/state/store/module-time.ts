import type { Snapshot } from '../../../shared/calls/snapshot.ts'

/**
 * Module time between two snapshots. The simulator sends a snapshot only after a change, and module time may run faster
 * than wall time, so the window continues at the speed of the snapshot.
 */
export interface Pace {
  /** Module time of the newest snapshot, milliseconds. */
  readonly moduleMs: number
  /** `performance.now()` when the snapshot came. */
  readonly atMs: number
  /** Module milliseconds in one millisecond of wall time. */
  readonly rate: number
}

export const startPace: Pace = { moduleMs: -1, atMs: 0, rate: 1 }

export function paceOf({ moduleMs, speed }: Pick<Snapshot, 'moduleMs' | 'speed'>, nowMs: number): Pace {
  return { moduleMs, atMs: nowMs, rate: speed }
}

/** Returns the module milliseconds since the newest snapshot. */
export function sinceSnapshotMs(pace: Pace, nowMs: number): number {
  return pace.moduleMs < 0 ? 0 : Math.max(0, (nowMs - pace.atMs) * pace.rate)
}
