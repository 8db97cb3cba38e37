import type { KeyObject } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecretTaker } from '../../shared/contracts/tls.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { TlsLimits } from './limits.ts'
import type { DescribeCertificate } from './summaries.ts'

/** A certificate chain, the own certificate first, with its RSA private key. */
export interface TlsIdentity {
  readonly chainDer: readonly Uint8Array[]
  readonly privateKey: KeyObject
}

/**
 * Checks the peer's chain (DER, its own certificate first, never empty). Returns the peer's RSA key or throws a
 * TlsFailure. `remark` receives what was accepted although a person should know of it.
 */
export type CheckCertificates = (chainDer: readonly Uint8Array[], remark: (remark: TlsRemark) => void) => KeyObject

/** Options of both client and server. */
export interface TlsOptions {
  /** In order of preference. A client proposes them in this order. Never empty. */
  readonly suites: readonly CipherSuite[]
  readonly random: RandomSource
  /** The owner's clock in milliseconds since 1970 UTC, for `gmt_unix_time` (RFC 2246 7.4.1.2). */
  clockMs(): number
  readonly limits?: Partial<TlsLimits>
  readonly describeCertificate?: DescribeCertificate
  /** Receives the secrets of each handshake. Without it, they are not even collected. */
  readonly secrets?: SecretTaker | null
}
