import type { Timers } from '../hardware/timer-board.ts'

/** maxTo: the time after which the module closes a connection on which neither side sends anything (G-3.4-3). */
export class IdleLimit {
  #limitMs = 0
  readonly #timers: Timers

  constructor(timers: Timers) {
    this.#timers = timers
  }

  /** The limit of the last start, in milliseconds. */
  get limitMs(): number {
    return this.#limitMs
  }

  /** Starts watching; 0 for no limit. `expired` gets the event of the timer. */
  start(limitMs: number, cause: number, expired: (cause: number) => void): void {
    this.#limitMs = limitMs
    if (limitMs > 0) this.#timers.start('maxTo', limitMs, expired, cause)
  }

  /** One side has sent something. */
  touched(): void {
    this.#timers.restart('maxTo')
  }

  stop(): void {
    this.#timers.stop('maxTo')
  }
}
