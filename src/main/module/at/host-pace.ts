import type { HardwareWarningId } from '../../../shared/hardware-warnings.ts'

/**
 * Notices a host that is quicker than hardware would allow (D-43): commands without a pause after the last result code, and bytes before
 * the answer. One warning of a kind for each burst; a command after a pause ends it.
 */
export class HostPace {
  readonly #warn: (warning: HardwareWarningId) => void
  readonly #told = new Set<HardwareWarningId>()
  #answeredMs = Number.NEGATIVE_INFINITY

  constructor(warn: (warning: HardwareWarningId) => void) {
    this.#warn = warn
  }

  /** A result code goes out. */
  answered(nowMs: number): void {
    this.#answeredMs = nowMs
  }

  /** A line is complete whose first byte came at `beganMs`. */
  lineCame(beganMs: number): void {
    if (beganMs - this.#answeredMs < SHORTEST_PAUSE_MS) this.#once('no-pause-after-result')
    else if (this.#told.size > 0) this.#told.clear()
  }

  /** Bytes came while the module had not answered yet. */
  cameEarly(): void {
    this.#once('typed-before-result')
  }

  /** Another host has the port, or the module is off. */
  forget(): void {
    this.#told.clear()
    this.#answeredMs = Number.NEGATIVE_INFINITY
  }

  #once(warning: HardwareWarningId): void {
    if (this.#told.has(warning)) return
    this.#told.add(warning)
    this.#warn(warning)
  }
}

/** At-reference 1: wait at least 20 ms after the result code. */
const SHORTEST_PAUSE_MS = 20
