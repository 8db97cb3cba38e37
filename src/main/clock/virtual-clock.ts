/** @module The module's time: real, faster or slower, or virtual. */

import type { Clock, Timer } from '../../shared/contracts/clock.ts'

/**
 * Module time that stands still until code in the same process advances it. Timers that are due at the same moment run
 * in the order in which they were scheduled, so that a run with a seed repeats exactly.
 */
export class VirtualClock implements Clock {
  private now = 0
  private order = 0
  /** Ordered by due time. */
  private readonly due: Due[] = []

  /** `worldAtStartMs`: the date at module time zero. */
  constructor(private readonly worldAtStartMs = Date.UTC(2026, 0, 1)) {}

  nowMs(): number {
    return this.now
  }

  worldMs(): number {
    return this.worldAtStartMs + this.now
  }

  /** When the next timer is due; `null` while nothing is scheduled. */
  get nextDueMs(): number | null {
    return this.due[0]?.atMs ?? null
  }

  schedule(delayMs: number, action: () => void): Timer {
    const one: Due = { atMs: this.now + Math.max(0, delayMs), order: this.order++, action }
    this.due.splice(this.placeOf(one), 0, one)
    return {
      cancel: () => {
        const at = this.placeOf(one)
        if (this.due[at] === one) this.due.splice(at, 1)
      }
    }
  }

  /** Advances time by `ms` and runs every timer that becomes due. */
  advance(ms: number): void {
    const untilMs = this.now + ms
    for (let next = this.due[0]; next && next.atMs <= untilMs; next = this.due[0]) {
      this.due.shift()
      this.now = next.atMs
      next.action()
    }
    this.now = untilMs
  }

  /** Returns the index of a timer, or where to insert it, by binary search: thousands may be due. */
  private placeOf({ atMs, order }: Due): number {
    let [from, to] = [0, this.due.length]
    while (from < to) {
      const middle = (from + to) >>> 1
      const other = this.due[middle]!
      if (other.atMs < atMs || (other.atMs === atMs && other.order < order)) from = middle + 1
      else to = middle
    }
    return from
  }
}

interface Due {
  readonly atMs: number
  readonly order: number
  readonly action: () => void
}
