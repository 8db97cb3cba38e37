/** The time of a wire: the host's, whatever the module's clock does. Handed in, so that a test need not wait. */
export interface WireTime {
  /** Monotonic milliseconds with fractions. */
  nowMs(): number
  /** Runs `action` once, about `delayMs` from now; it may be a little early, so look at `nowMs` again. */
  after(delayMs: number, action: () => void): { cancel(): void }
}

export const hostTime: WireTime = {
  nowMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return { cancel: () => clearTimeout(timer) }
  }
}
