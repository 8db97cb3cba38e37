import type { Clock, Timer } from '../../shared/clock.ts'

/**
 * Module time that follows the host's, `speed` times as fast. The world's date stays the host's: a module that lives
 * faster still talks to servers of today.
 */
export class RealClock implements Clock {
  private readonly startedMs = performance.now()

  constructor(private readonly speed = 1) {}

  nowMs(): number {
    return (performance.now() - this.startedMs) * this.speed
  }

  worldMs(): number {
    return Date.now()
  }

  schedule(delayMs: number, action: () => void): Timer {
    const hostMs = delayMs / this.speed
    if (hostMs <= 0) {
      const immediate = setImmediate(action)
      return { cancel: () => clearImmediate(immediate) }
    }
    const dueMs = performance.now() + hostMs
    const fire = (): void => {
      // Timers may fire a fraction early, and delays beyond the host's longest come in parts.
      const leftMs = dueMs - performance.now()
      if (leftMs > EARLY_MS) timer = setTimeout(fire, Math.min(leftMs, LONGEST_MS))
      else action()
    }
    let timer = setTimeout(fire, Math.min(hostMs, LONGEST_MS))
    return { cancel: () => clearTimeout(timer) }
  }
}

/** The host's timers take 31 bits of milliseconds. */
const LONGEST_MS = 2 ** 31 - 1
const EARLY_MS = 1
