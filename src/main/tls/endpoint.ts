import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { SecretTaker } from '../../shared/contracts/tls.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { KeyObject } from 'node:crypto'
import type { TlsLimits } from './limits.ts'
import type { DescribeCertificate } from './summaries.ts'

/** Certificate chain, the own certificate first, and the RSA key to the first. */
export interface TlsIdentity {
  readonly chainDer: readonly Uint8Array[]
  readonly privateKey: KeyObject
}

/**
 * Judges the peer's chain (DER, its own certificate first, never empty): returns the peer's RSA key or throws a TlsFailure. `remark`
 * takes what it let pass and a person should know of.
 */
export type CheckCertificates = (chainDer: readonly Uint8Array[], remark: (remark: TlsRemark) => void) => KeyObject

/** What client and server are given alike. */
export interface TlsOptions {
  /** A client proposes, a server prefers them in this order. Never empty. */
  readonly suites: readonly CipherSuite[]
  readonly random: RandomSource
  /** The owner's own clock, milliseconds since 1970 UTC, for `gmt_unix_time` (RFC 2246 7.4.1.2). */
  clockMs(): number
  readonly limits?: Partial<TlsLimits>
  readonly describeCertificate?: DescribeCertificate
  /** Takes every secret of the handshake as it comes up; left out or `null`, they are not even gathered. */
  readonly secrets?: SecretTaker | null
}
