import type { TlsRemark } from './remark.ts'

/** What the TLS engine reports about a connection, in order. Plain data. */
export type TlsTraceEvent = TlsRecordEvent | TlsMessageEvent | TlsSuiteEvent | TlsRemarkEvent

/** As seen from the owner of the engine: `out` was sent, `in` was received. */
export type TlsDirection = 'in' | 'out'

export interface TlsRecordEvent {
  readonly kind: 'record'
  readonly direction: TlsDirection
  readonly contentType: 'change_cipher_spec' | 'alert' | 'handshake' | 'application_data'
  /** Length of the fragment as sent, without the header of five bytes. */
  readonly wireBytes: number
  /** Length of the content after decryption, without MAC and padding. */
  readonly plainBytes: number
  readonly encrypted: boolean
  /** `ProtocolVersion` in the header; TLS 1.0 by default. */
  readonly version?: number
  /** Length of the MAC in an encrypted record. The rest of `wireBytes` besides it and `plainBytes` is padding. */
  readonly macBytes?: number
}

export interface TlsMessageEvent {
  readonly kind: 'message'
  readonly direction: TlsDirection
  /** Such as `ClientHello`, `Certificate`, `ChangeCipherSpec` or `Alert`. */
  readonly name: string
  /** Length of the message with its header. */
  readonly bytes: number
  readonly encrypted: boolean
  /** The essential content in one line: `offers 3 suites`, `takes AES128-SHA`, `2 certificates, CN=…`. */
  readonly summary: string
  /** Whether it ended the connection (a fatal alert). */
  readonly fatal: boolean
  /** The decrypted message with its header, for `describeMessage`. The reader may keep the array. */
  readonly raw?: Uint8Array
}

/** The suite that was negotiated. */
export interface TlsSuiteEvent {
  readonly kind: 'suite'
  readonly suiteWireId: number
  readonly resumed: boolean
}

/** Something that the client accepted or left out, at the point where it happened. */
export interface TlsRemarkEvent {
  readonly kind: 'remark'
  readonly remark: TlsRemark
}

/**
 * A secret of a connection, for learning and debugging only. Delivered separately and only to owners that ask for it,
 * so that it never gets into a trace by accident.
 */
export interface TlsSecret {
  readonly name: TlsSecretName
  readonly bytes: Uint8Array
}

/** In the order of their derivation; the parts of the key block as in RFC 2246 6.3. */
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

/** The name of the random of one side's hello. */
export const randomOf = (side: 'client' | 'server'): TlsSecretName => `${side} random`
