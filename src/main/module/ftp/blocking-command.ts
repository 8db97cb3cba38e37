import type { Outcome } from '../at/answer.ts'

/** The AT command that waits for the server. It ends exactly once. */
export class BlockingCommand {
  private finish: ((outcome: Outcome) => void) | null = null
  private told: number | null = null

  begin(finish: (outcome: Outcome) => void): void {
    this.told = null
    this.finish = (outcome) => finish({ ...outcome, ...(this.told === null ? {} : { causes: [this.told] }) })
  }

  /** The server has answered or is gone, or the time is over: `seq` is the event that says so, and a cause of what the command ends with. */
  serverTold(seq: number | null): void {
    this.told = seq
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
