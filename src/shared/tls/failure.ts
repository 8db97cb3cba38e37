import type { FailureFact, Finding } from '../rules/failure-facts.ts'
import type { AlertName } from './alerts.ts'

/** Who is to blame for the end of a TLS connection. The alert, the +CME code and the possible remedies depend on it. */
export type TlsBlame =
  /** The peer lacks something: no common suite, another version. */
  | 'peer-incompatible'
  /** The peer violated the protocol: bad MAC, wrong Finished, unexpected message. */
  | 'peer-misbehaved'
  /** The peer's certificates did not satisfy the policy. */
  | 'certificate'
  /** The peer ended the connection with an alert. */
  | 'alert-received'
  /** The transport ended: closed without close_notify, or reset. */
  | 'transport'
  /** The data stored in the module is unusable: not a certificate, or a key that does not match. */
  | 'own-data'

export interface TlsFailureFacts {
  readonly blame: TlsBlame
  /** The alert that was sent, or received for `alert-received`; `null` when none was sent. */
  readonly alert: AlertName | `alert ${number}` | null
  /** What happened, in one sentence. */
  readonly sentence: string
  /** What the protocol or the policy requires, in technical terms. */
  readonly expected: string | null
  /** What there was instead. */
  readonly got: string | null
  /** The RFC section, guide rule or decision. */
  readonly rule: string | null
  /** What was found, for the explanation. */
  readonly finding?: Finding
  /** The compared values: certificates, dates, suites, sizes. */
  readonly facts?: readonly FailureFact[]
  /** Whether the handshake was complete. A failure is +CME 838 during transfer, and 839 before (D-27). */
  readonly inTransfer: boolean
}

/** A failure as it is detected, before it is known whether the handshake was complete. */
export type TlsFailureReason = Omit<TlsFailureFacts, 'inTransfer'>

/**
 * Thrown by the TLS engine and by certificate checks. The connection catches it and turns it into an alert and
 * `TlsFailureFacts`. Unknown fields are `null`.
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
