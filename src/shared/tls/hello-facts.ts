/** What the handshake builds on in a ClientHello or ServerHello, read from its bytes with the header (RFC 2246 7.4.1). */
export interface HelloFacts {
  /** 32 bytes. */
  readonly random: Uint8Array
  /** Empty: none. */
  readonly sessionId: Uint8Array
  /** What a ServerHello takes; for a ClientHello it means nothing. */
  readonly suiteWireId: number
}

/** Null where the bytes are no hello. */
export function helloFacts(raw: Uint8Array): HelloFacts | null {
  const idBytes = raw[RANDOM_END]
  if (idBytes === undefined || raw.length < RANDOM_END + 1 + idBytes + 2) return null
  const suiteAt = RANDOM_END + 1 + idBytes
  return {
    random: raw.subarray(RANDOM_AT, RANDOM_END),
    sessionId: raw.subarray(RANDOM_END + 1, suiteAt),
    suiteWireId: (raw[suiteAt]! << 8) | raw[suiteAt + 1]!
  }
}

/** Behind the header of four bytes and the version. */
const RANDOM_AT = 6
const RANDOM_END = 38
