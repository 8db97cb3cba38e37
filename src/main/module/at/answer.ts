import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'

/**
 * How a command ends. Most commands end at once. One that must wait (a dial, a read, a prompt) returns `blocked` and
 * gives its outcome later, from the clock or the network.
 */
export type Outcome =
  /** `because`: why this OK is worth explaining. */
  | { readonly kind: 'ok'; readonly because?: EndReason }
  /** The port goes online: what follows CONNECT is data. `begin` runs once CONNECT was sent. */
  | { readonly kind: 'connect'; readonly begin: () => void; readonly because?: EndReason }
  | { readonly kind: 'no-carrier'; readonly because?: EndReason }
  | { readonly kind: 'failed'; readonly failure: CommandFailure }

export interface Blocked {
  readonly kind: 'blocked'
  /**
   * Starts the waiting. It calls `finish` during the call or later; only the first call counts. It may return a
   * function that cancels the waiting when the module is powered off.
   */
  readonly start: (finish: (outcome: Outcome) => void) => CallOff | void
}

export type CallOff = () => void

export type Answer = Outcome | Blocked

export const ok: Outcome = { kind: 'ok' }
export const noCarrier: Outcome = { kind: 'no-carrier' }
export const failed = (failure: CommandFailure): Outcome => ({ kind: 'failed', failure })
export const blocked = (start: Blocked['start']): Blocked => ({ kind: 'blocked', start })
