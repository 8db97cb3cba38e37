import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { KeptSession } from '../../shared/contracts/security.ts'
import type { TlsFailureFacts } from '../../shared/tls/failure.ts'
import type { TlsSecret, TlsTraceEvent } from '../../shared/tls/trace.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { KeyObject } from 'node:crypto'
import type { TlsLimits } from './limits.ts'
import type { DescribeCertificate } from './summaries.ts'

/**
 * A TLS 1.0 connection as its owner sees it, client or server: bytes in, bytes out, no socket. Works synchronously;
 * every event comes from within one of these calls.
 */
export interface TlsEndpoint {
  /** Begins: a client sends its ClientHello, a server waits. Once. */
  start(): void
  /** Bytes from the transport, cut anywhere. Only read during the call. Ignored once the connection is over. */
  receive(bytes: Uint8Array): void
  /** Application data, split into records as needed. A misuse (Error) before `opened`; ignored once the connection is over. */
  send(bytes: Uint8Array): void
  /** Sends close_notify and ends: nothing is reported after it but the trace of what it sent. */
  close(): void
  /** The transport has ended: `failed` with blame `transport` unless the connection was over before (RFC 2246 7.2.1). */
  transportEnded(how?: 'closed' | 'reset'): void
}

/** What the owner hears. The output of one call comes first and in one piece, then the events in their order. */
export interface TlsEvents {
  /** Bytes for the transport; the array is the receiver's to keep. */
  output(bytes: Uint8Array): void
  /** The handshake is complete. The session is null where the server gave it no id, so that it cannot be resumed. */
  opened(suite: CipherSuite, session: KeptSession | null): void
  /** Decrypted application data; the array is the receiver's to keep. */
  data(bytes: Uint8Array): void
  /** The far end closed with close_notify; it has been answered. Nothing more comes. */
  closedByPeer(): void
  /** The connection is dead; an alert, where one was due, has gone out. Nothing more comes. */
  failed(failure: TlsFailureFacts): void
  trace(event: TlsTraceEvent): void
  /** One key log line per handshake. */
  secret(line: string): void
  /** Every secret of the handshake as it comes up; left out, they are not even gathered. */
  secretBytes?(secret: TlsSecret): void
}

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
}
