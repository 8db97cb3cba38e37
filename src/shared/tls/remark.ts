/**
 * What the TLS client let pass or left out on purpose, and a trainee should know of: it changed nothing of the outcome, or its
 * consequence is for the server to say.
 */
export interface TlsRemark {
  readonly id: TlsRemarkId
  /** One sentence for people. */
  readonly sentence: string
  /** Guide rule, decision or RFC section. */
  readonly rule: string
}

export type TlsRemarkId =
  /** A critical extension of the server's chain was not acted upon (D-26). */
  | 'critical-extension-ignored'
  /** A certificate of version 1 or 2 has issued another one: it has no CA flag that could forbid it (D-26). */
  | 'issuer-of-old-version'
  /** ServerHello holds extensions that ClientHello did not offer. */
  | 'extension-not-offered'
  /** The server asked for a client certificate of another kind or issuer than the stored one: an empty Certificate went out. */
  | 'client-certificate-withheld'
