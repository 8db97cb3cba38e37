import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { disconnected, notConnected } from './failures.ts'

/** What an ended connection leaves to be told: why it ended while data of it is held (D-7), and a failure that no command has told (D-27). */
export class Aftermath {
  /** How the connection ended, while data of it is held; else `null`. */
  end: { readonly cause: number | null; readonly because: EndReason } | null = null
  private untold: CommandFailure | null = null

  /** A failure in transfer under which no command ran: the next one tells it. */
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

  /** Why nothing can be sent or read: what broke the connection (once), 840 while data of it is held, or 833. */
  refusal(dataIsHeld: boolean): CommandFailure {
    const { untold } = this
    this.untold = null
    return untold ?? (dataIsHeld ? this.ended() : notConnected())
  }

  private ended(): CommandFailure {
    const because = this.end?.because
    // The far end, the context, or the module itself.
    if (!because || because.finding === 'far-end-closed') return disconnected(because?.facts)
    return { ...disconnected(because.facts), sentence: because.sentence, finding: because.finding }
  }
}
