import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'

/**
 * The URC that tells a host in command mode that data waits: SSLSRING (D-2) and SRING (at-reference 13). Never sent
 * within the response of a command, and at least 50 ms after a result code.
 */
export class Ring {
  readonly #parts: RingParts
  #timer: Timer | null = null

  constructor(parts: RingParts) {
    this.#parts = parts
  }

  /** Something may have to be announced, at the earliest in `inMs`. */
  wake(inMs = OWN_BURST_MS): void {
    this.#timer ??= this.#parts.clock.schedule(inMs, () => this.#ring())
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #ring(): void {
    this.#timer = null
    const { clock, unasked, announcement } = this.#parts
    const instance = this.#parts.instance()
    if (!instance) return
    const quietMs = clock.nowMs() - instance.lastResultMs
    if (!instance.idle || quietMs < OWN_BURST_MS) {
      this.#timer = clock.schedule(Math.max(OWN_BURST_MS - quietMs, RETRY_MS), () => this.#ring())
      return
    }
    const causes = this.#parts.causes()
    const text = announcement()
    if (text === null) return
    instance.uart.ring()
    instance.report(text, null, unasked() ?? undefined, causes)
  }
}

/** See `OwnerParts`. */
interface RingParts {
  readonly clock: Clock
  announcement(): string | null
  unasked(): EndReason | null
  causes(): readonly number[]
  instance(): AtInstance | null
}

/** Minimum distance of a URC from a result code (D-2, D-7). */
export const OWN_BURST_MS = 50
/** While a command runs, check again after this module time. */
export const RETRY_MS = 10
