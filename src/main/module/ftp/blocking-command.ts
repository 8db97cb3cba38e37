import type { Outcome } from '../at/answer.ts'

/** The AT command that waits for the server. It ends exactly once. */
export class BlockingCommand {
  private finish: ((outcome: Outcome) => void) | null = null

  begin(finish: (outcome: Outcome) => void): void {
    this.finish = finish
  }

  /** Ends the command if one waits. */
  settle(outcome: Outcome): void {
    this.take()?.(outcome)
  }

  /** Stops waiting. Returns the function that would end the command, or `null`. */
  take(): ((outcome: Outcome) => void) | null {
    const { finish } = this
    this.finish = null
    return finish
  }
}
