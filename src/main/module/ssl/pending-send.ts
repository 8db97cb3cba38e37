import type { CommandFailure } from '../../../shared/errors.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { TimerBoard } from '../timer-board.ts'
import { farEndStuck } from './failures.ts'

/** A #SSLSEND whose bytes TCP has not taken yet (G-4.2-6): ends with the bytes, the time, or the connection. */
export class PendingSend {
  private finish: ((outcome: Outcome) => void) | null = null

  constructor(private readonly timers: TimerBoard) {}

  /** Waits at most `timeoutMs` of module time. */
  wait(timeoutMs: number, cause: number, finish: (outcome: Outcome) => void): void {
    this.finish = finish
    this.timers.start('command', timeoutMs, () => this.end(failed(farEndStuck(timeoutMs))), cause)
  }

  /** TCP has taken the bytes. */
  drained(): void {
    this.end(ok)
  }

  get waits(): boolean {
    return this.finish !== null
  }

  /** The connection ended under it. */
  fail(failure: CommandFailure): void {
    this.end(failed(failure))
  }

  /** The module went down: nothing is answered any more. */
  forget(): void {
    if (this.finish) this.timers.stop('command')
    this.finish = null
  }

  private end(outcome: Outcome): void {
    const finish = this.finish
    if (!finish) return
    this.finish = null
    this.timers.stop('command')
    finish(outcome)
  }
}
