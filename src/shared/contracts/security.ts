import type { SecuritySlot } from '../hardware/security-slots.ts'
import type { TlsFailureFacts } from '../tls/failure.ts'
import type { CipherSuite } from '../tls/suites.ts'
import type { KeptSession, TlsEndpoint, TlsEvents } from './tls.ts'

/**
 * TLS and X.509 for the module, which passes in the stored bytes and learns of certificates only what it shows.
 * Implemented by `main/tls` and `main/x509`, joined in `main/simulator/secure-transport.ts`.
 */
export interface SecureTransport {
  /** Summarises stored security data for a person. Never throws; `fault` says why data is unusable. */
  describe(slot: SecuritySlot, stored: Uint8Array, policy: StoredDataPolicy): StoredDataSummary
  /**
   * Checks before a dial that the data for the authentication mode is complete and fits together (D-27, 837). Returns
   * `null` when it does.
   */
  checkStored(request: StoredData, policy: StoredDataPolicy): TlsFailureFacts | null
  /** Returns a client that has not started. It has no socket: bytes pass in and out through it. */
  createClient(request: SecureClientRequest, events: TlsEvents): TlsEndpoint
}

export interface StoredDataPolicy {
  /** GSM modules: a CR or stray end-of-file byte makes a PEM unusable (G-3.3-5). */
  readonly pemLineEnds: 'lf-only' | 'any'
  /** Formats that the product reads (D-32). */
  readonly keyFormats: readonly ('pkcs1' | 'pkcs8')[]
}

export interface StoredDataSummary {
  readonly format: 'PEM' | 'DER' | 'unknown'
  readonly subject: string | null
  readonly issuer: string | null
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
  readonly keyBits: number | null
  /** SHA-1 fingerprint of the certificate, as `AB:CD:…`. */
  readonly sha1Fingerprint: string | null
  /** Why a dial could not use it, in one sentence, or `null`. */
  readonly fault: string | null
}

export interface StoredData {
  /** The authentication mode of `#SSLSECCFG` (G-3.2-5): 0 verifies nothing, 1 the server, 2 both sides. */
  readonly authMode: 0 | 1 | 2
  readonly clientCertificate: Uint8Array | null
  readonly caCertificate: Uint8Array | null
  readonly privateKey: Uint8Array | null
}

/** How certificate checks differ between products (D-26). */
export interface ServerCertificatePolicy {
  readonly checkNotBefore: boolean
  readonly checkExpiry: boolean
  readonly acceptSha256Signatures: boolean
  /** The largest DER certificate that can be verified, in bytes (G-2.2-5). */
  readonly maxCertificateBytes: number
  /** Whether an issuer with a keyUsage extension needs keyCertSign (RFC 2459 4.2.1.3). True by default. */
  readonly checkKeyUsage?: boolean
  /**
   * What to do with a critical extension that restricts a certificate (nameConstraints, policies, extKeyUsage) and that
   * the modules do not evaluate. By default it is ignored.
   */
  readonly criticalExtensions?: 'ignored' | 'refused'
  /** Whether an unknown critical extension makes a certificate invalid (RFC 2459 4.2). True by default. */
  readonly refuseUnknownCritical?: boolean
}

export interface SecureClientRequest {
  /** In the proposed order; never empty. */
  readonly suites: readonly CipherSuite[]
  readonly stored: StoredData
  readonly storedPolicy: StoredDataPolicy
  readonly serverPolicy: ServerCertificatePolicy
  /** The module's clock chip, for certificate checks and ClientHello. */
  clockChipMs(): number
  /** For display only; never sent. */
  readonly farEnd: string
  /**
   * A TLS session to resume (D-24). It is offered only if its suite is among the proposed ones. The server may refuse
   * it, and a full handshake follows. Forget a session after a fatal alert, or when its connection ended without
   * close_notify from either side (RFC 2246 7.2.1, 7.2.2).
   */
  readonly resume?: KeptSession | null
  /** Called for each RSA operation with a key of the peer's chain, before the output that depends on it. */
  usesKey?(keyBits: number): void
  /** Largest content of a received record in bytes (G-4.0-1). By default the 2^14 of RFC 2246 6.2.1. */
  readonly maxReceivedPlaintextBytes?: number
}
