import type { RandomSource } from '../../shared/contracts/random.ts'
import type { KeptSession } from '../../shared/contracts/tls.ts'
import type { FailureFact, Finding } from '../../shared/rules/failure-facts.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { HelloRandoms } from './key-schedule.ts'
import type { HandshakeMessage } from './messages.ts'
import { RANDOM_BYTES } from './messages.ts'
import type { RecordOpener, RecordSealer } from './record-cipher.ts'
import type { ContentType } from './wire.ts'

/**
 * The handshake of one side. The connection passes it messages in order, and it knows which may come next. A TlsFailure
 * that it throws ends the connection.
 */
export interface HandshakeRole {
  /** What must come next, for the sentence of a failure: `ServerHello`, `application data`. */
  readonly expected: string
  readonly isOpen: boolean
  start(): void
  /** `bytes` is the message as the transcript hash takes it; valid during the call only. */
  onMessage(message: HandshakeMessage, bytes: Buffer): void
  onChangeCipherSpec(): void
  /**
   * The connection ended with a fatal alert, or without close_notify from either side: its session must not be resumed
   * (RFC 2246 7.2.1, 7.2.2).
   */
  onSessionLost(): void
  /** Returns what a fatal alert of the peer probably means at this point, or `null` when its name is clear enough. */
  meaningOf(alert: AlertName | `alert ${number}`): AlertMeaning | null
}

export interface AlertMeaning {
  /** A clause without capital letter and full stop. */
  readonly sentence: string
  readonly finding: Finding
  readonly facts: readonly FailureFact[]
}

export interface HandshakeSecrets extends HelloRandoms {
  readonly premaster: Buffer | null
  readonly masterSecret: Buffer
  readonly suite: CipherSuite
}

/** What a role may do with its connection. */
export interface HandshakeChannel {
  /** Queues a message and returns its bytes for the transcript. */
  sendMessage(message: HandshakeMessage): Buffer
  /** Queues ChangeCipherSpec. What is sent afterwards is encrypted. */
  sendChangeCipherSpec(sealer: RecordSealer): void
  /** Decrypts what is received from now on. */
  protectReading(opener: RecordOpener): void
  sendWarning(alert: AlertName): void
  /** Both sides have agreed on TLS 1.0. */
  settleVersion(): void
  /** The suite has been chosen. */
  suiteChosen(suite: CipherSuite, resumed: boolean): void
  /** The secrets are known. The premaster secret is `null` when a session is resumed. */
  secretsKnown(secrets: HandshakeSecrets): void
  opened(suite: CipherSuite, session: KeptSession | null): void
  /** Reports something that was accepted or left out and that a person should know of. */
  remark(remark: TlsRemark): void
}

/** The channel of a role that breaks rules on demand. */
export interface RawChannel extends HandshakeChannel {
  sendAlert(isFatal: boolean, alert: AlertName): void
  /** Sends exactly one record with the present protection, whatever its length. */
  sendRecord(contentType: ContentType, content: Buffer): void
}

/**
 * Returns a hello random: seconds since 1970, then 28 random bytes (RFC 2246 7.4.1.2). The seconds overflow in 2106.
 */
export function helloRandom(clockMs: number, random: RandomSource): Buffer {
  const bytes = Buffer.alloc(RANDOM_BYTES)
  bytes.writeUInt32BE(Math.floor(clockMs / 1000) >>> 0, 0)
  bytes.set(random.bytes(RANDOM_BYTES - 4), 4)
  return bytes
}
