import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'

/**
 * SSLSRING (D-2): tells a host in command mode that data waits, as a burst of its own, never inside another command's
 * answer and at least 50 ms after a result code.
 */
export class Ring {
  private timer: Timer | null = null

  constructor(
    private readonly clock: Clock,
    /** The line to print, or null when there is nothing to announce any more. */
    private readonly announcement: () => string | null,
    private readonly instance: () => AtInstance | null,
    /** Why it comes although no line of this run asked for it; `null` where one did. */
    private readonly unasked: () => EndReason | null
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
    const text = this.announcement()
    if (text === null) return
    instance.uart.ring()
    instance.report(text, null, this.unasked() ?? undefined)
  }
}

/** D-2, D-7: the distance that a burst of its own keeps from a result code. */
export const OWN_BURST_MS = 50
/** A command is running: look again soon; it is the module's time, and costs nothing else. */
export const RETRY_MS = 10
