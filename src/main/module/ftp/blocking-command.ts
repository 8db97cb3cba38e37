import type { Outcome } from '../at/answer.ts'

/** The AT command that waits for the server; it ends once, whoever ends it. */
export class BlockingCommand {
  private finish: ((outcome: Outcome) => void) | null = null

  begin(finish: (outcome: Outcome) => void): void {
    this.finish = finish
  }

  /** Ends it, if one waits. */
  settle(outcome: Outcome): void {
    this.take()?.(outcome)
  }

  /** Nobody waits any more; answers what would end it. */
  take(): ((outcome: Outcome) => void) | null {
    const { finish } = this
    this.finish = null
    return finish
  }
}
