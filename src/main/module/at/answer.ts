import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'

/**
 * How a command ends. Most end at once; one that has to wait (a dial, a read, a prompt) answers `blocked` and gives its
 * outcome later, from the clock or the network.
 */
export type Outcome =
  /** `because`: why the OK is news all the same. */
  | { readonly kind: 'ok'; readonly because?: EndReason }
  /** The port goes online; what follows CONNECT is data. `begin` runs once CONNECT has gone out. */
  | { readonly kind: 'connect'; readonly begin: () => void; readonly because?: EndReason }
  | { readonly kind: 'no-carrier'; readonly because?: EndReason }
  | { readonly kind: 'failed'; readonly failure: CommandFailure }

export interface Blocked {
  readonly kind: 'blocked'
  /**
   * Starts the waiting; `finish` may be called within it or later, and only the first call counts. It may answer how to
   * call the waiting off, for a module that goes down under it.
   */
  readonly start: (finish: (outcome: Outcome) => void) => CallOff | void
}

export type CallOff = () => void

export type Answer = Outcome | Blocked

export const ok: Outcome = { kind: 'ok' }
export const noCarrier: Outcome = { kind: 'no-carrier' }
export const failed = (failure: CommandFailure): Outcome => ({ kind: 'failed', failure })
export const blocked = (start: Blocked['start']): Blocked => ({ kind: 'blocked', start })
