import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { ContextAccess, PacketContext } from './packet-context.ts'

/**
 * `#SGACTCFG` (at-reference 5): a context that was not deactivated by the host is asked for again, `retry` times with
 * `delay` seconds before each; with the report mode on, `#SGACT: <address>` says that it is back.
 */
export class ContextRetry {
  private timer: Timer | null = null
  private left = 0
  /** User and password that the context was opened with. */
  private access: ContextAccess | null = null

  constructor(
    private readonly context: PacketContext,
    private readonly parts: {
      nvm: Nvm
      clock: Clock
      timeline: TimelineReporter
      report: (text: string, cause: number | null) => void
    }
  ) {
    context.onDown((cause, dropped) => {
      this.stop()
      this.left = dropped ? this.config.retry : 0
      this.plan(cause)
    })
  }

  get config(): RetryConfig {
    return (
      this.parts.nvm.contents.contextRetries.find((one) => one.cid === this.context.cid) ?? {
        cid: this.context.cid,
        ...factoryRetry
      }
    )
  }

  /** The host opened the context: what it said is said again. */
  opened(access: ContextAccess): void {
    this.access = access
    this.stop()
  }

  /** Nothing is tried any more: the host wants the context down, or the module goes down. */
  stop(): void {
    this.timer?.cancel()
    this.timer = null
    this.left = 0
  }

  private plan(cause: number | null): void {
    const { access } = this
    if (this.left === 0 || !access) return
    this.timer = this.parts.clock.schedule(this.config.delayS * 1000, () => {
      this.timer = null
      this.left -= 1
      const more = this.left === 1 ? '1 more try' : `${this.left} more tries`
      const sentence = `Context ${this.context.cid} is asked for again; ${more} after this one.`
      const seq = this.parts.timeline.report({ kind: 'network', sentence }, cause)
      this.context.activate(access, seq, (result) => {
        if ('failure' in result) return this.plan(cause)
        if (this.config.report === 1) this.parts.report(`#SGACT: ${result.address}`, seq)
      })
    })
  }
}

export interface RetryConfig {
  readonly cid: number
  /** How often, 0..15; 0 is never. */
  readonly retry: number
  /** Seconds before each try. */
  readonly delayS: number
  /** 1 reports the address. */
  readonly report: number
}

/** At-reference 5: nothing is retried from the factory. */
export const factoryRetry = { retry: 0, delayS: 180, report: 0 } as const
