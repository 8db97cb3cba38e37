/**
 * The values of a ClientHello or ServerHello that the handshake depends on, read from its bytes with the header (RFC
 * 2246 7.4.1).
 */
export interface HelloFacts {
  /** 32 bytes. */
  readonly random: Uint8Array
  /** Empty for none. */
  readonly sessionId: Uint8Array
  /** The chosen suite of a ServerHello. Meaningless for a ClientHello. */
  readonly suiteWireId: number
}

/** Returns `null` when the bytes are not a hello. */
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

/** After the header of four bytes and the version. */
const RANDOM_AT = 6
const RANDOM_END = 38
