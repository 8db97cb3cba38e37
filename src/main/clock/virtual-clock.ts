import type { Clock, Timer } from '../../shared/clock.ts'

/**
 * Module time that stands still until somebody in the same process moves it. What is due at the same moment runs in the
 * order in which it was scheduled, so a session with a seed repeats exactly.
 */
export class VirtualClock implements Clock {
  private now = 0
  private order = 0
  private due: Due[] = []

  /** `worldMs`: the date at which module time zero falls. */
  constructor(private readonly worldAtStartMs = Date.UTC(2026, 0, 1)) {}

  nowMs(): number {
    return this.now
  }

  worldMs(): number {
    return this.worldAtStartMs + this.now
  }

  schedule(delayMs: number, action: () => void): Timer {
    const one: Due = { atMs: this.now + Math.max(0, delayMs), order: this.order++, action }
    const after = this.due.findIndex((other) => other.atMs > one.atMs)
    this.due.splice(after === -1 ? this.due.length : after, 0, one)
    return {
      cancel: () => {
        this.due = this.due.filter((other) => other !== one)
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
}

interface Due {
  readonly atMs: number
  readonly order: number
  readonly action: () => void
}
