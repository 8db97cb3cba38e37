/**
 * What the TLS client accepted or left out on purpose and a person should know of. It did not change the outcome, or
 * the server decides on it.
 */
export interface TlsRemark {
  readonly id: TlsRemarkId
  /** In one sentence. */
  readonly sentence: string
  /** The guide rule, decision or RFC section. */
  readonly rule: string
}

export type TlsRemarkId =
  /** A critical extension of the server's chain was ignored (D-26). */
  | 'critical-extension-ignored'
  /** A certificate of version 1 or 2 has issued another one. It has no CA flag that could forbid it (D-26). */
  | 'issuer-of-old-version'
  /** ServerHello has extensions that ClientHello did not offer. */
  | 'extension-not-offered'
  /**
   * The server asked for a client certificate of another type or issuer than the stored one, so an empty Certificate
   * was sent.
   */
  | 'client-certificate-withheld'
