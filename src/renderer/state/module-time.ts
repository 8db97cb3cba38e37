/**
 * The module's time between two snapshots. The simulator reports only when something changed, and its time may run
 * faster than the wall's; so the window works out the pace and draws on in between.
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

/** Shorter spans would measure the jitter of the carrier. */
const minSpanMs = 250

/** Within this share of a whole pace it is taken to be that pace. */
const snap = 0.15

export function nextPace(before: Pace, moduleMs: number, nowMs: number): Pace {
  const wallMs = nowMs - before.atMs
  if (before.moduleMs < 0 || moduleMs < before.moduleMs) return { moduleMs, atMs: nowMs, rate: before.moduleMs < 0 ? 1 : before.rate }
  if (wallMs < minSpanMs) return { moduleMs, atMs: nowMs, rate: before.rate }
  const measured = (moduleMs - before.moduleMs) / wallMs
  const whole = Math.round(measured)
  return { moduleMs, atMs: nowMs, rate: whole >= 1 && Math.abs(measured - whole) / whole < snap ? whole : Math.max(0, measured) }
}

/** Module milliseconds gone since the newest snapshot. */
export function sinceSnapshotMs(pace: Pace, nowMs: number): number {
  return pace.moduleMs < 0 ? 0 : Math.max(0, (nowMs - pace.atMs) * pace.rate)
}
