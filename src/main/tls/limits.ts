/** Limits on what a peer can make the engine store or do. Everything else in the engine is bounded by these. */
export interface TlsLimits {
  /** Largest content of a received record in bytes. RFC 2246 6.2.1 allows 2^14; GSM modules take 15800 (G-4.0-1). */
  readonly maxReceivedPlaintextBytes: number
  /** Largest content of a sent record in bytes, at most 2^14. */
  readonly maxSentPlaintextBytes: number
  /** Largest handshake message in bytes, without its header. Leaves room for a dozen large certificates. */
  readonly maxHandshakeMessageBytes: number
  /**
   * Consecutive records without progress (empty ones, warnings, HelloRequests). Without a limit, a peer could keep the
   * engine busy for ever. OpenSSL sends at most one empty record before each full one.
   */
  readonly maxIdleRecords: number
}

export const MAX_PLAINTEXT_BYTES = 2 ** 14

/** What compression and encryption may add to a record (RFC 2246 6.2.3). */
export const MAX_CIPHERTEXT_BYTES = MAX_PLAINTEXT_BYTES + 2048

export const defaultLimits: TlsLimits = {
  maxReceivedPlaintextBytes: MAX_PLAINTEXT_BYTES,
  maxSentPlaintextBytes: MAX_PLAINTEXT_BYTES,
  maxHandshakeMessageBytes: 2 ** 17,
  maxIdleRecords: 32
}
