import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { SocketFailures } from './failures.ts'

/**
 * What is left to report of an ended connection: why it ended, while received data is held (D-7), and a failure that no
 * command has reported yet (D-27).
 */
export class Aftermath {
  /** How the connection ended, while received data is held; else `null`. */
  end: { readonly cause: number | null; readonly because: EndReason } | null = null
  private untold: CommandFailure | null = null

  constructor(private readonly failures: Pick<SocketFailures, 'disconnected' | 'notConnected'>) {}

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

  /**
   * Returns why nothing can be sent or read: the failure of the connection (once), its end while data is held, or that
   * there is none.
   */
  refusal(dataIsHeld: boolean): CommandFailure {
    const { untold } = this
    this.untold = null
    return untold ?? (dataIsHeld ? this.ended() : this.failures.notConnected())
  }

  private ended(): CommandFailure {
    const because = this.end?.because
    // Ended by the server, the PDP context, or the module itself.
    if (!because || because.finding === 'far-end-closed') return this.failures.disconnected(because?.facts ?? [])
    return { ...this.failures.disconnected(because.facts), sentence: because.sentence, finding: because.finding }
  }
}
