import type { TlsFailureFacts } from '../tls/failure.ts'
import type { CipherSuite } from '../tls/suites.ts'
import type { TlsSecret, TlsTraceEvent } from '../tls/trace.ts'

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
  /** The handshake is complete: data may flow. `session` is `null` where the server gave it no id, so that it cannot be resumed. */
  opened(suite: CipherSuite, session: KeptSession | null): void
  /** Decrypted application data; the array is the receiver's to keep. */
  data(bytes: Uint8Array): void
  /** The peer closed with close_notify; it has been answered. Nothing more comes. */
  closedByPeer(): void
  /** The connection is dead; an alert, where one was due, has gone out. Nothing more comes. */
  failed(failure: TlsFailureFacts): void
  trace(event: TlsTraceEvent): void
}

/** What resumption needs; opaque to the module, which only keeps or forgets it. */
export interface KeptSession {
  readonly sessionId: Uint8Array
  readonly suite: CipherSuite
  readonly masterSecret: Uint8Array
}

/**
 * Takes the secrets of handshakes for the key log, which is off unless somebody asked for it. Kept apart from `TlsEvents`, so that the
 * module, and with it the timeline, never sees one.
 */
export interface SecretListener {
  /** A connection to `farEnd` begins; `null` where its secrets are not wanted. */
  begin(farEnd: string): SecretTaker | null
}

export interface SecretTaker {
  /** One line of an NSS key log for each handshake, before its secrets by name. */
  line(line: string): void
  named(secret: TlsSecret): void
}
