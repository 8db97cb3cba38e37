/** The time of a serial line: host time, not module time. Passed in, so that tests need not wait. */
export interface WireTime {
  /** Monotonic milliseconds with fractions. */
  nowMs(): number
  /** Runs `action` once after about `delayMs`. It may be slightly early, so check `nowMs` again. */
  after(delayMs: number, action: () => void): { cancel(): void }
}

export const hostTime: WireTime = {
  nowMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return { cancel: () => clearTimeout(timer) }
  }
}
