import type { Clock, Timer } from '../../shared/contracts/clock.ts'

/**
 * Module time that follows the host's, `speed` times as fast; the speed may change while timers run. The world's date
 * stays the host's: a module that lives faster still talks to servers of today.
 */
export class RealClock implements Clock {
  /** Host and module time at the newest change of speed: from there time runs evenly. */
  private hostStartMs = performance.now()
  private moduleStartMs = 0
  private pace: number
  private readonly waiting = new Set<Waiting>()

  constructor(speed = 1) {
    this.pace = speed
  }

  get speed(): number {
    return this.pace
  }

  /** Goes on from this moment `speed` (above 0) times as fast as the host; what is scheduled keeps its module time. */
  setSpeed(speed: number): void {
    this.moduleStartMs = this.nowMs()
    this.hostStartMs = performance.now()
    this.pace = speed
    for (const one of this.waiting) this.arm(one)
  }

  nowMs(): number {
    return this.moduleStartMs + (performance.now() - this.hostStartMs) * this.pace
  }

  worldMs(): number {
    return Date.now()
  }

  schedule(delayMs: number, action: () => void): Timer {
    if (delayMs <= 0) {
      const immediate = setImmediate(action)
      return { cancel: () => clearImmediate(immediate) }
    }
    const one: Waiting = { dueMs: this.nowMs() + delayMs, action, timer: undefined }
    this.waiting.add(one)
    this.arm(one)
    return {
      cancel: () => {
        this.waiting.delete(one)
        clearTimeout(one.timer)
      }
    }
  }

  /** Timers may fire a fraction early, and delays beyond the host's longest come in parts. */
  private arm(one: Waiting): void {
    clearTimeout(one.timer)
    const hostMs = (one.dueMs - this.nowMs()) / this.pace
    one.timer = setTimeout(
      () => {
        if ((one.dueMs - this.nowMs()) / this.pace > EARLY_MS) this.arm(one)
        else if (this.waiting.delete(one)) one.action()
      },
      Math.min(Math.max(0, hostMs), LONGEST_MS)
    )
  }
}

interface Waiting {
  /** Module time. */
  readonly dueMs: number
  readonly action: () => void
  timer: NodeJS.Timeout | undefined
}

/** The host's timers take 31 bits of milliseconds. */
const LONGEST_MS = 2 ** 31 - 1
const EARLY_MS = 1
