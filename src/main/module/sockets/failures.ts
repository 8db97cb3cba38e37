import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { FailureFact } from '../../../shared/rules/failure-facts.ts'

/** The failures that all sockets have, with the error of each kind of socket (D-27, at-reference 13). */
export interface SocketFailures {
  /** The peer, the network or the module has ended the connection. */
  disconnected(facts: readonly FailureFact[]): CommandFailure
  /** TCP did not take a send in time. */
  farEndStuck(timeoutMs: number): CommandFailure
  notConnected(): CommandFailure
}
