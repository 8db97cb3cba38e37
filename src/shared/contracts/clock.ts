/**
 * Module time. Everything inside the emulated module and its TLS engine takes time only from here, so that a test can
 * advance hours in a millisecond, and `--speed` applies to everything.
 */
export interface Clock {
  /** Module time since the simulator started, in milliseconds. Never decreases. */
  nowMs(): number
  /** The date in milliseconds since 1970 UTC, as a mobile network sends it by NITZ. */
  worldMs(): number
  /** Runs `action` once after `delayMs` of module time; with 0, as soon as the present work is done. */
  schedule(delayMs: number, action: () => void): Timer
}

export interface Timer {
  /** No effect when the timer has fired or was cancelled. */
  cancel(): void
}
