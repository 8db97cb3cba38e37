import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { disconnected, notConnected } from './failures.ts'

/**
 * What is left to report of an ended connection: why it ended, while received data is held (D-7), and a failure that no
 * command has reported yet (D-27).
 */
export class Aftermath {
  /** How the connection ended, while received data is held; else `null`. */
  end: { readonly cause: number | null; readonly because: EndReason } | null = null
  private untold: CommandFailure | null = null

  /** Keeps a failure that happened while no command ran. The next command reports it. */
  tellLater(failure: CommandFailure): void {
    this.untold = failure
  }

  get hasFailureToTell(): boolean {
    return this.untold !== null
  }

  forget(): void {
    this.end = null
    this.untold = null
  }

  /** Returns why nothing can be sent or read: the failure of the connection (once), 840 while data is held, or 833. */
  refusal(dataIsHeld: boolean): CommandFailure {
    const { untold } = this
    this.untold = null
    return untold ?? (dataIsHeld ? this.ended() : notConnected())
  }

  private ended(): CommandFailure {
    const because = this.end?.because
    // Ended by the server, the PDP context, or the module itself.
    if (!because || because.finding === 'far-end-closed') return disconnected(because?.facts)
    return { ...disconnected(because.facts), sentence: because.sentence, finding: because.finding }
  }
}
