import type { FailureFact, Finding } from '../rules/failure-facts.ts'
import type { AlertName } from './alerts.ts'

/**
 * Why a TLS connection ended other than by a clean close. Sorted by who is to blame, because everything else follows
 * from that: the alert on the wire, the +CME code, and what a person can do about it.
 */
export type TlsBlame =
  /** The peer lacks what is needed: no common suite, another version. */
  | 'peer-incompatible'
  /** The peer broke the protocol: bad MAC, wrong Finished, unexpected message. */
  | 'peer-misbehaved'
  /** The peer's certificates did not satisfy the policy. */
  | 'certificate'
  /** The peer gave up and said so with an alert. */
  | 'alert-received'
  /** The connection vanished under the protocol: closed without close_notify, reset. */
  | 'transport'
  /** What was stored in the module cannot be used: not a certificate, key of another pair. */
  | 'own-data'

export interface TlsFailureFacts {
  readonly blame: TlsBlame
  /** Alert sent to the peer, or received from it where `blame` is `alert-received`; null when none went out. */
  readonly alert: AlertName | `alert ${number}` | null
  /** One sentence: what happened. */
  readonly sentence: string
  /** What the protocol or the policy asked for, in the field's words. */
  readonly expected: string | null
  /** What was there instead. */
  readonly got: string | null
  /** RFC section, guide rule or decision that says so. */
  readonly rule: string | null
  /** What was found, for the explanation. */
  readonly finding?: Finding
  /** The values that were compared: certificates, dates, suites, sizes. */
  readonly facts?: readonly FailureFact[]
  /** Whether the handshake was over when it happened: in transfer, a failure is +CME 838, before it 839 (D-27). */
  readonly inTransfer: boolean
}

/** What is known of a failure where it is found, before anyone asks whether the handshake was over. */
export type TlsFailureReason = Omit<TlsFailureFacts, 'inTransfer'>

/**
 * A failure on its way up: thrown by the TLS engine and by certificate checks, caught once by the connection, which turns
 * it into an alert and into `TlsFailureFacts`. What is not said about a failure is null.
 */
export class TlsFailure extends Error {
  override readonly name = 'TlsFailure'
  readonly reason: TlsFailureReason

  constructor(reason: Pick<TlsFailureReason, 'blame' | 'alert' | 'sentence'> & Partial<TlsFailureReason>) {
    super(reason.sentence)
    this.reason = { expected: null, got: null, rule: null, ...reason }
  }

  facts(inTransfer: boolean): TlsFailureFacts {
    return { ...this.reason, inTransfer }
  }
}
