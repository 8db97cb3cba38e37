import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'

/**
 * SSLSRING (D-2): the URC that tells a host in command mode that data waits. Never sent within the response of a
 * command, and at least 50 ms after a result code.
 */
export class Ring {
  private timer: Timer | null = null

  constructor(
    private readonly clock: Clock,
    /** Returns the line to send, or `null` when there is nothing to announce. */
    private readonly announcement: () => string | null,
    private readonly instance: () => AtInstance | null,
    /** Returns why it is sent although no command of this run asked for it, or `null`. */
    private readonly unasked: () => EndReason | null,
    /** The event that brought the newest of the data. */
    private readonly causes: () => readonly number[]
  ) {}

  /** Something may have to be announced. */
  wake(): void {
    this.timer ??= this.clock.schedule(OWN_BURST_MS, () => this.ring())
  }

  stop(): void {
    this.timer?.cancel()
    this.timer = null
  }

  private ring(): void {
    this.timer = null
    const instance = this.instance()
    if (!instance) return
    const quietMs = this.clock.nowMs() - instance.lastResultMs
    if (!instance.idle || quietMs < OWN_BURST_MS) {
      this.timer = this.clock.schedule(Math.max(OWN_BURST_MS - quietMs, RETRY_MS), () => this.ring())
      return
    }
    const causes = this.causes()
    const text = this.announcement()
    if (text === null) return
    instance.uart.ring()
    instance.report(text, null, this.unasked() ?? undefined, causes)
  }
}

/** Minimum distance of a URC from a result code (D-2, D-7). */
export const OWN_BURST_MS = 50
/** While a command runs, check again after this module time. */
export const RETRY_MS = 10
