/** What the TLS engine tells about a connection while it works: plain data, in the order in which it happened. */
export type TlsTraceEvent = TlsRecordEvent | TlsMessageEvent | TlsSuiteEvent

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
}

/** Which suite the two sides settled on. */
export interface TlsSuiteEvent {
  readonly kind: 'suite'
  readonly suiteWireId: number
  readonly resumed: boolean
}
