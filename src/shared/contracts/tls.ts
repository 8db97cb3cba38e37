import type { TlsFailureFacts } from '../tls/failure.ts'
import type { CipherSuite } from '../tls/suites.ts'
import type { TlsSecret, TlsTraceEvent } from '../tls/trace.ts'

/**
 * A TLS 1.0 connection, client or server, without a socket: bytes in, bytes out. Synchronous: every event comes during
 * one of these calls.
 */
export interface TlsEndpoint {
  /** Starts, once: a client sends its ClientHello, a server waits. */
  start(): void
  /**
   * Takes bytes from the transport, split anywhere. It does not keep the array. Ignored once the connection is over.
   */
  receive(bytes: Uint8Array): void
  /**
   * Sends application data, split into records as needed. Throws before `opened`; ignored once the connection is over.
   */
  send(bytes: Uint8Array): void
  /** Sends close_notify and ends. Only the trace of what it sent is reported afterwards. */
  close(): void
  /**
   * The transport has ended: reports `failed` with blame `transport`, unless the connection was over (RFC 2246 7.2.1).
   */
  transportEnded(how?: 'closed' | 'reset'): void
}

/** Events for the owner. Each call reports its output first and in one piece, then the other events in order. */
export interface TlsEvents {
  /** Bytes for the transport. The receiver may keep the array. */
  output(bytes: Uint8Array): void
  /**
   * The handshake is complete: data may be sent. `session` is `null` when the server gave it no id, so it cannot be
   * resumed.
   */
  opened(suite: CipherSuite, session: KeptSession | null): void
  /** Decrypted application data. The receiver may keep the array. */
  data(bytes: Uint8Array): void
  /** The peer closed with close_notify, which was answered. Nothing follows. */
  closedByPeer(): void
  /** The connection has failed; an alert was sent if one was due. Nothing follows. */
  failed(failure: TlsFailureFacts): void
  trace(event: TlsTraceEvent): void
}

/** What resumption needs. The module only keeps or forgets it. */
export interface KeptSession {
  readonly sessionId: Uint8Array
  readonly suite: CipherSuite
  readonly masterSecret: Uint8Array
}

/**
 * Receives the secrets of handshakes for the key log, which is off by default. Separate from `TlsEvents`, so that the
 * module and the timeline never get a secret.
 */
export interface SecretListener {
  /** A connection to `farEnd` begins. Returns `null` when its secrets are not wanted. */
  begin(farEnd: string): SecretTaker | null
}

export interface SecretTaker {
  /** The line of an NSS key log, once per handshake, before its named secrets. */
  line(line: string): void
  named(secret: TlsSecret): void
}
