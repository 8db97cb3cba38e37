import type { Clock, Timer } from '../../shared/contracts/clock.ts'

/**
 * Module time that follows host time, `speed` times as fast. The speed may change while timers run. The date stays that
 * of the host, so that a faster module still talks to servers of today.
 */
export class RealClock implements Clock {
  /** Host time and module time at the latest change of speed. */
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

  /** Runs `speed` times as fast as the host from now on (`speed` > 0). Scheduled timers keep their module time. */
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

  /** Starts the host timer, again if it fires early or the delay exceeds the longest of the host. */
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
  /** In module time. */
  readonly dueMs: number
  readonly action: () => void
  timer: NodeJS.Timeout | undefined
}

/** Host timers take at most 31 bits of milliseconds. */
const LONGEST_MS = 2 ** 31 - 1
const EARLY_MS = 1
