import type { Clock } from '../../../shared/contracts/clock.ts'
import type { HardwareWarningId } from '../../../shared/hardware/hardware-warnings.ts'

/**
 * Detects a host that is faster than hardware allows (D-43): a command without a pause after the last result code, or
 * bytes before the response. It warns once of each kind per burst; a command after a pause ends the burst.
 */
export class HostPace {
  readonly #clock: Clock
  readonly #warn: (warning: HardwareWarningId) => void
  readonly #told = new Set<HardwareWarningId>()
  #answeredMs = Number.NEGATIVE_INFINITY

  /** Module time of the first byte of the present line; `null` before it. */
  #beganMs: number | null = null
  /** Set while typed-ahead bytes are processed, whose arrival time was another. */
  #replaying = false

  constructor(clock: Clock, warn: (warning: HardwareWarningId) => void) {
    this.#clock = clock
    this.#warn = warn
  }

  /** A result code is sent. */
  answered(): void {
    this.#answeredMs = this.#clock.nowMs()
  }

  /** A byte comes in command mode. */
  typed(byte: number): void {
    if (this.#beganMs === null && (byte === UPPER_A || byte === LOWER_A) && !this.#replaying)
      this.#beganMs = this.#clock.nowMs()
  }

  /** The line is complete. */
  lineCame(): void {
    const beganMs = this.#beganMs
    this.#beganMs = null
    if (beganMs === null) return
    if (beganMs - this.#answeredMs < SHORTEST_PAUSE_MS) this.#once('no-pause-after-result')
    else if (this.#told.size > 0) this.#told.clear()
  }

  /** Bytes came before the response. */
  cameEarly(): void {
    this.#once('typed-before-result')
  }

  /** Runs `take`, which processes typed-ahead bytes. */
  replay(take: () => void): void {
    this.#replaying = true
    take()
    this.#replaying = false
  }

  /** Another host has the port, or the module is powered off. */
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
/** Hosts should wait at least 20 ms after a result code (at-reference 1). */
const SHORTEST_PAUSE_MS = 20
