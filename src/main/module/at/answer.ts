import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'

/**
 * How a command ends. Most commands end at once. One that must wait (a dial, a read, a prompt) returns `blocked` and
 * gives its outcome later, from the clock or the network.
 */
export type Outcome =
  /** `because`: why the OK is news all the same. */
  (
    | { readonly kind: 'ok'; readonly because?: EndReason }
    /** The port goes online; what follows CONNECT is data. `begin` runs once CONNECT has gone out. */
    | { readonly kind: 'connect'; readonly begin: () => void; readonly because?: EndReason }
    | { readonly kind: 'no-carrier'; readonly because?: EndReason }
    | { readonly kind: 'failed'; readonly failure: CommandFailure }
  ) & {
    /** Events beside the command without which it would have ended otherwise: what the server or a timer did. Left out: none. */
    readonly causes?: readonly number[]
  }

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
/** `causes`: see `Outcome`. */
export const failed = (failure: CommandFailure, causes: readonly number[] = []): Outcome => ({
  kind: 'failed',
  failure,
  ...(causes.length > 0 ? { causes } : {})
})
export const blocked = (start: Blocked['start']): Blocked => ({ kind: 'blocked', start })
