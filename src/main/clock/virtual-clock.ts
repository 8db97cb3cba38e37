/** @module The module's time: real, faster or slower, or virtual. */

import type { Clock, Timer } from '../../shared/contracts/clock.ts'

/**
 * Module time that stands still until somebody in the same process moves it. What is due at the same moment runs in the
 * order in which it was scheduled, so a session with a seed repeats exactly.
 */
export class VirtualClock implements Clock {
  private now = 0
  private order = 0
  /** In the order in which it falls due. */
  private readonly due: Due[] = []

  /** `worldMs`: the date at which module time zero falls. */
  constructor(private readonly worldAtStartMs = Date.UTC(2026, 0, 1)) {}

  nowMs(): number {
    return this.now
  }

  worldMs(): number {
    return this.worldAtStartMs + this.now
  }

  /** When something happens next; `null` while nothing is scheduled. */
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

  /** Moves time on by `ms`, running everything that falls due on the way. */
  advance(ms: number): void {
    const untilMs = this.now + ms
    for (let next = this.due[0]; next && next.atMs <= untilMs; next = this.due[0]) {
      this.due.shift()
      this.now = next.atMs
      next.action()
    }
    this.now = untilMs
  }

  /** Where it is, or belongs: by halves, for thousands may be due. */
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
