/**
 * How much a peer may make the engine hold or do. Everything else in the engine is bounded by these.
 */
export interface TlsLimits {
  /**
   * Largest content of a received record, bytes. RFC 2246 6.2.1 allows 2^14; GSM modules take 15800 (G-4.0-1).
   */
  readonly maxReceivedPlaintextBytes: number
  /** Largest content of a sent record, bytes: 2^14 at most. */
  readonly maxSentPlaintextBytes: number
  /** Largest handshake message without its header: room for a Certificate with a dozen large certificates. */
  readonly maxHandshakeMessageBytes: number
  /**
   * Records in a row that bring nothing forward (empty ones, warnings, HelloRequests): a peer that only sends these
   * would keep the engine busy for ever. OpenSSL sends at most one empty record before each full one.
   */
  readonly maxIdleRecords: number
}

export const MAX_PLAINTEXT_BYTES = 2 ** 14

/** RFC 2246 6.2.3: what compression and encryption together may add to a record. */
export const MAX_CIPHERTEXT_BYTES = MAX_PLAINTEXT_BYTES + 2048

export const defaultLimits: TlsLimits = {
  maxReceivedPlaintextBytes: MAX_PLAINTEXT_BYTES,
  maxSentPlaintextBytes: MAX_PLAINTEXT_BYTES,
  maxHandshakeMessageBytes: 2 ** 17,
  maxIdleRecords: 32
}
