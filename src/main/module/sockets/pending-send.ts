import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { Timers } from '../hardware/timer-board.ts'

/**
 * A send of command mode whose bytes TCP has not taken yet (G-4.2-6). It ends when TCP takes them, at the timeout, or with the
 * connection.
 */
export class PendingSend {
  private waiting: WaitingSend | null = null

  constructor(private readonly timers: Timers) {}

  /** Waits at most `timeoutMs` of module time. `expired` gets the event of the timeout and must call `fail`. */
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

  /** Ends a waiting send with a failure. What TCP has not taken is never sent (D-38). */
  fail(failure: CommandFailure, causes: readonly number[]): void {
    const waiting = this.take()
    waiting?.dropUnsent()
    waiting?.finish(failed(failure, causes))
  }

  /** The module is powered off: no response is sent any more. */
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
  /** Drops the connection with its unsent bytes. */
  dropUnsent(): void
  finish(outcome: Outcome): void
}
