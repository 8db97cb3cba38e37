import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'

/** A #SSLSEND whose bytes TCP has not taken yet (G-4.2-6): ends with the bytes, the time, or the connection. */
export class PendingSend {
  private waiting: WaitingSend | null = null

  constructor(private readonly timers: TimerBoard) {}

  /** Waits at most `timeoutMs` of module time; `expired` gets the event that says that it is over, and has to call `fail`. */
  wait(timeoutMs: number, cause: number, waiting: WaitingSend, expired: (cause: number) => void): void {
    this.waiting = waiting
    this.timers.start('command', timeoutMs, expired, cause)
  }

  /** TCP has taken the bytes. */
  drained(): void {
    this.take()?.finish(ok)
  }

  get waits(): boolean {
    return this.waiting !== null
  }

  /** Ends it, if one waits, with a failure: what TCP has not taken of it is never sent (D-38). */
  fail(failure: CommandFailure): void {
    const waiting = this.take()
    waiting?.dropUnsent()
    waiting?.finish(failed(failure))
  }

  /** The module went down: nothing is answered any more. */
  forget(): void {
    this.take()
  }

  private take(): WaitingSend | null {
    const { waiting } = this
    if (!waiting) return null
    this.waiting = null
    this.timers.stop('command')
    return waiting
  }
}

export interface WaitingSend {
  /** Drops the connection with the bytes that it still holds. */
  dropUnsent(): void
  finish(outcome: Outcome): void
}
