/**
 * Module time. Everything inside the emulated module and its TLS engine reads time here and nowhere else, so that a
 * test can advance hours in a millisecond and `--speed` can scale what the module does.
 */
export interface Clock {
  /** Module time since the simulator started, in milliseconds; never goes backwards. */
  nowMs(): number
  /** The world's date, in milliseconds since 1970 UTC. What a mobile network would announce with NITZ. */
  worldMs(): number
  /** Runs `action` once, after `delayMs` of module time (0: as soon as the present work is done). */
  schedule(delayMs: number, action: () => void): Timer
}

export interface Timer {
  /** Harmless when the timer has fired or was cancelled before. */
  cancel(): void
}
