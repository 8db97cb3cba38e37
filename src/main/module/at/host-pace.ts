import type { Clock } from '../../../shared/contracts/clock.ts'
import type { HardwareWarningId } from '../../../shared/hardware/hardware-warnings.ts'

/**
 * Notices a host that is quicker than hardware would allow (D-43): commands without a pause after the last result code, and bytes before
 * the answer. One warning of a kind for each burst; a command after a pause ends it.
 */
export class HostPace {
  readonly #clock: Clock
  readonly #warn: (warning: HardwareWarningId) => void
  readonly #told = new Set<HardwareWarningId>()
  #answeredMs = Number.NEGATIVE_INFINITY

  /** Module time of the first byte of the line that is being typed; `null` before it. */
  #beganMs: number | null = null
  /** What comes was typed ahead: its time was that of another moment. */
  #replaying = false

  constructor(clock: Clock, warn: (warning: HardwareWarningId) => void) {
    this.#clock = clock
    this.#warn = warn
  }

  /** A result code goes out. */
  answered(): void {
    this.#answeredMs = this.#clock.nowMs()
  }

  /** A byte comes where command lines are. */
  typed(byte: number): void {
    if (this.#beganMs === null && (byte === UPPER_A || byte === LOWER_A) && !this.#replaying)
      this.#beganMs = this.#clock.nowMs()
  }

  /** The line that was typed is complete. */
  lineCame(): void {
    const beganMs = this.#beganMs
    this.#beganMs = null
    if (beganMs === null) return
    if (beganMs - this.#answeredMs < SHORTEST_PAUSE_MS) this.#once('no-pause-after-result')
    else if (this.#told.size > 0) this.#told.clear()
  }

  /** Bytes came while the module had not answered yet. */
  cameEarly(): void {
    this.#once('typed-before-result')
  }

  /** Runs what takes bytes that were typed ahead. */
  replay(take: () => void): void {
    this.#replaying = true
    take()
    this.#replaying = false
  }

  /** Another host has the port, or the module is off. */
  forget(): void {
    this.#told.clear()
    this.#beganMs = null
    this.#answeredMs = Number.NEGATIVE_INFINITY
  }

  #once(warning: HardwareWarningId): void {
    if (this.#told.has(warning)) return
    this.#told.add(warning)
    this.#warn(warning)
  }
}

const UPPER_A = 0x41
const LOWER_A = 0x61
/** At-reference 1: wait at least 20 ms after the result code. */
const SHORTEST_PAUSE_MS = 20
