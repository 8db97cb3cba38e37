import type { TlsRemark } from './remark.ts'

/** What the TLS engine tells about a connection while it works: plain data, in the order in which it happened. */
export type TlsTraceEvent = TlsRecordEvent | TlsMessageEvent | TlsSuiteEvent | TlsRemarkEvent

/** Seen from the owner of the engine: `out` was sent by it, `in` came from the peer. */
export type TlsDirection = 'in' | 'out'

export interface TlsRecordEvent {
  readonly kind: 'record'
  readonly direction: TlsDirection
  readonly contentType: 'change_cipher_spec' | 'alert' | 'handshake' | 'application_data'
  /** Fragment on the wire, without the five bytes of the header. */
  readonly wireBytes: number
  /** Content after decryption and without MAC and padding. */
  readonly plainBytes: number
  readonly encrypted: boolean
  /** `ProtocolVersion` in the header; left out it is TLS 1.0's. */
  readonly version?: number
  /** Length of the MAC in an encrypted record: what `wireBytes` has besides it and `plainBytes` is padding. */
  readonly macBytes?: number
}

export interface TlsMessageEvent {
  readonly kind: 'message'
  readonly direction: TlsDirection
  /** `ClientHello`, `Certificate`, `ChangeCipherSpec`, `Alert`, … */
  readonly name: string
  /** Length of the message with its header. */
  readonly bytes: number
  readonly encrypted: boolean
  /** One line of what matters in it: `offers 3 suites`, `takes AES128-SHA`, `2 certificates, CN=…`. */
  readonly summary: string
  /** Whether it ended the connection (a fatal alert). */
  readonly fatal: boolean
  /** The message itself, decrypted, with its header: what `describeMessage` takes apart. The array is the reader's to keep. */
  readonly raw?: Uint8Array
}

/** Which suite the two sides settled on. */
export interface TlsSuiteEvent {
  readonly kind: 'suite'
  readonly suiteWireId: number
  readonly resumed: boolean
}

/** Something that the client let pass or left out, told where it happened. */
export interface TlsRemarkEvent {
  readonly kind: 'remark'
  readonly remark: TlsRemark
}

/**
 * A secret of a connection, for learning and debugging only. A stream of its own, which an owner that does not ask for it never
 * gets: what encrypts a connection must not end up in a trace by chance.
 */
export interface TlsSecret {
  readonly name: TlsSecretName
  readonly bytes: Uint8Array
}

/** In the order in which they come up; those of the key block as RFC 2246 6.3 cuts it. */
export type TlsSecretName =
  | 'client random'
  | 'server random'
  | 'premaster secret'
  | 'master secret'
  | 'key block'
  | 'client write MAC secret'
  | 'server write MAC secret'
  | 'client write key'
  | 'server write key'
  | 'client write IV'
  | 'server write IV'
