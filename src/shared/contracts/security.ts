import type { SecuritySlot } from '../hardware/security-slots.ts'
import type { CipherSuite } from '../tls/suites.ts'
import type { TlsFailureFacts } from '../tls/failure.ts'
import type { KeptSession, TlsEndpoint, TlsEvents } from './tls.ts'

/**
 * What the module asks of TLS and X.509. The module hands over the stored bytes as they are and learns of certificates
 * only what it shows; how a handshake works is the engine's business (`main/tls`, `main/x509`, joined in
 * `main/secure-transport.ts`).
 */
export interface SecureTransport {
  /**
   * Reads stored security data as a person would want it described. Never throws; what cannot be used is said in `fault`.
   */
  describe(slot: SecuritySlot, stored: Uint8Array, policy: StoredDataPolicy): StoredDataSummary
  /** Checks before a dial that everything the auth mode needs is there and fits together (D-27, 837). Null: it does. */
  checkStored(request: StoredData, policy: StoredDataPolicy): TlsFailureFacts | null
  /** A client that has not started: bytes go in and out through it, no socket inside. */
  createClient(request: SecureClientRequest, events: TlsEvents): TlsEndpoint
}

export interface StoredDataPolicy {
  /** GSM: a CR or stray end-of-file byte spoils a PEM (G-3.3-5). */
  readonly pemLineEnds: 'lf-only' | 'any'
  /** D-32. */
  readonly keyFormats: readonly ('pkcs1' | 'pkcs8')[]
}

export interface StoredDataSummary {
  readonly format: 'PEM' | 'DER' | 'unknown'
  readonly subject: string | null
  readonly issuer: string | null
  readonly notBeforeMs: number | null
  readonly notAfterMs: number | null
  readonly keyBits: number | null
  /** Of the certificate, `AB:CD:…`. */
  readonly sha1Fingerprint: string | null
  /** One sentence why it could not be used at a dial, or null. */
  readonly fault: string | null
}

export interface StoredData {
  /** `#SSLSECCFG` auth mode (G-3.2-5): 0 verifies nothing, 1 the server, 2 both. */
  readonly authMode: 0 | 1 | 2
  readonly clientCertificate: Uint8Array | null
  readonly caCertificate: Uint8Array | null
  readonly privateKey: Uint8Array | null
}

/** What the module's certificate check may differ in by product (D-26). */
export interface ServerCertificatePolicy {
  readonly checkNotBefore: boolean
  readonly checkExpiry: boolean
  readonly acceptSha256Signatures: boolean
  /** DER bytes of the largest certificate that can be authenticated (G-2.2-5). */
  readonly maxCertificateBytes: number
  /** Whether an issuer that has a keyUsage needs keyCertSign in it (RFC 2459 4.2.1.3); left out: it does. */
  readonly checkKeyUsage?: boolean
  /**
   * What becomes of a critical extension that limits what a certificate is good for (nameConstraints, policies, extKeyUsage) and that
   * the modules do not act upon; left out: it is ignored.
   */
  readonly criticalExtensions?: 'ignored' | 'refused'
  /** Whether an unknown critical extension spoils a certificate (RFC 2459 4.2); left out: it does. */
  readonly refuseUnknownCritical?: boolean
}

export interface SecureClientRequest {
  /** Proposed in this order; never empty. */
  readonly suites: readonly CipherSuite[]
  readonly stored: StoredData
  readonly storedPolicy: StoredDataPolicy
  readonly serverPolicy: ServerCertificatePolicy
  /** The module's own clock chip, which certificates are judged by and ClientHello carries. */
  clockChipMs(): number
  /** What is only for people: shown, never sent. */
  readonly farEnd: string
  /**
   * A session to take up again (D-24). It is offered only when its suite is among those proposed; the far end may refuse it, which
   * makes this a full handshake. Forget a session whose connection ended with a fatal alert, or with no close_notify from either side
   * (RFC 2246 7.2.1, 7.2.2).
   */
  readonly resume?: KeptSession | null
  /** Called for each RSA operation with a key of this length from the peer's chain, before the output that follows from it. */
  usesKey?(keyBits: number): void
  /** Largest content of a record that the product takes, bytes (G-4.0-1); left out: the 2^14 of RFC 2246 6.2.1. */
  readonly maxReceivedPlaintextBytes?: number
}
