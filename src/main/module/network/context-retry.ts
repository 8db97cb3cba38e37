import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { ContextAccess, PacketContext } from './packet-context.ts'

/**
 * `#SGACTCFG` (at-reference 5): a PDP context that went down without the host is activated again, up to `retry` times
 * with `delay` seconds before each. In report mode the URC `#SGACT: <address>` announces the success.
 */
export class ContextRetry {
  private timer: Timer | null = null
  private left = 0
  /** User and password with which the context was activated. */
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

  /** The host activated the context; retries use the same user and password. */
  opened(access: ContextAccess): void {
    this.access = access
    this.stop()
  }

  /** Cancels retries: the host deactivated the context, or the module is powered off. */
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
  /** Number of tries, 0 to 15; 0 for none. */
  readonly retry: number
  /** Seconds before each try. */
  readonly delayS: number
  /** 1 to report the address. */
  readonly report: number
}

/** The factory setting has no retries (at-reference 5). */
export const factoryRetry = { retry: 0, delayS: 180, report: 0 } as const
