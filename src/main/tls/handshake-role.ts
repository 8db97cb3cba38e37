import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { FailureFact, Finding } from '../../shared/rules/failure-facts.ts'
import type { KeptSession } from '../../shared/contracts/tls.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { HelloRandoms } from './key-schedule.ts'
import type { HandshakeMessage } from './messages.ts'
import { RANDOM_BYTES } from './messages.ts'
import type { RecordOpener, RecordSealer } from './record-cipher.ts'
import type { ContentType } from './wire.ts'

/**
 * The handshake of one side. The connection reads records and messages and hands them over in order; the role knows what
 * may come next. What it throws as TlsFailure ends the connection.
 */
export interface HandshakeRole {
  /** What would have to come next, for the sentence of a failure: `ServerHello`, `application data`. */
  readonly expected: string
  readonly isOpen: boolean
  start(): void
  /** `bytes` is the message as the transcript hashes it; valid during the call only. */
  onMessage(message: HandshakeMessage, bytes: Buffer): void
  onChangeCipherSpec(): void
  /**
   * The connection ended with a fatal alert, sent or received, or although neither side had said close_notify: its session may not be
   * taken up again (RFC 2246 7.2.1, 7.2.2).
   */
  onSessionLost(): void
  /** What a fatal alert of the peer probably means at this point, or null when its name says it all. */
  meaningOf(alert: AlertName | `alert ${number}`): AlertMeaning | null
}

export interface AlertMeaning {
  /** Without capital and full stop. */
  readonly sentence: string
  readonly finding: Finding
  readonly facts: readonly FailureFact[]
}

export interface HandshakeSecrets extends HelloRandoms {
  readonly premaster: Buffer | null
  readonly masterSecret: Buffer
  readonly suite: CipherSuite
}

/** What a role may do to its connection. */
export interface HandshakeChannel {
  /** Queues the message; answers its bytes for the transcript. */
  sendMessage(message: HandshakeMessage): Buffer
  /** Queues ChangeCipherSpec; what is sent after it is sealed. */
  sendChangeCipherSpec(sealer: RecordSealer): void
  /** What comes from here on is protected. */
  protectReading(opener: RecordOpener): void
  sendWarning(alert: AlertName): void
  /** Both sides now know that this is TLS 1.0. */
  settleVersion(): void
  /** The suite is chosen. */
  suiteChosen(suite: CipherSuite, resumed: boolean): void
  /** The premaster secret is null where a session is taken up again. */
  secretsKnown(secrets: HandshakeSecrets): void
  opened(suite: CipherSuite, session: KeptSession | null): void
  /** Something was let pass or left out that a person should know of. */
  remark(remark: TlsRemark): void
}

/** The same for a role that does not keep to the rules. */
export interface RawChannel extends HandshakeChannel {
  sendAlert(isFatal: boolean, alert: AlertName): void
  /** One record, protected as the direction is by now, whatever the length of its content. */
  sendRecord(contentType: ContentType, content: Buffer): void
}

/** Seconds since 1970, then 28 random bytes (RFC 2246 7.4.1.2). The seconds wrap in 2106. */
export function helloRandom(clockMs: number, random: RandomSource): Buffer {
  const bytes = Buffer.alloc(RANDOM_BYTES)
  bytes.writeUInt32BE(Math.floor(clockMs / 1000) >>> 0, 0)
  bytes.set(random.bytes(RANDOM_BYTES - 4), 4)
  return bytes
}
