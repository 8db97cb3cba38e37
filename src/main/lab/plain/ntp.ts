/**
 * Answers an NTP request (RFC 5905; version 3: RFC 1305, version 4 alike for a client) as a server of stratum 1 whose
 * clock is that of the mobile network. Returns `null` for anything but a client's request.
 */
export function answerNtp(request: Uint8Array, worldMs: number): Uint8Array | null {
  const version = (request[0]! >> 3) & 7
  if (request.length < PACKET_BYTES || (request[0]! & 7) !== CLIENT || version < 1 || version > 4) return null
  const answer = Buffer.alloc(PACKET_BYTES)
  answer[0] = (version << 3) | SERVER
  answer[1] = STRATUM
  // The client's interval.
  answer[2] = request[2]!
  answer.writeInt8(PRECISION, 3)
  answer.writeUInt32BE(DISPERSION, 8)
  answer.write('LOCL', 12, 'latin1')
  const now = timestamp(worldMs)
  answer.set(now, REFERENCE_AT)
  answer.set(request.subarray(TRANSMIT_AT, PACKET_BYTES), ORIGINATE_AT)
  answer.set(now, RECEIVE_AT)
  answer.set(now, TRANSMIT_AT)
  return answer
}

/** Returns seconds since 1900 UTC, modulo 2^32, and a fraction in units of 2^-32 s. */
function timestamp(worldMs: number): Uint8Array {
  const bytes = Buffer.alloc(8)
  const seconds = Math.floor(worldMs / 1000)
  bytes.writeUInt32BE((seconds + SECONDS_1900_TO_1970) % 2 ** 32, 0)
  bytes.writeUInt32BE(Math.floor(((worldMs - seconds * 1000) / 1000) * 2 ** 32), 4)
  return bytes
}

/** The header without extensions and authenticator (RFC 5905 7.3). */
const PACKET_BYTES = 48
const REFERENCE_AT = 16
const ORIGINATE_AT = 24
const RECEIVE_AT = 32
const TRANSMIT_AT = 40
/** Modes of RFC 5905 7.3. */
const CLIENT = 3
const SERVER = 4
/** A server with a clock of its own. */
const STRATUM = 1
/** 2^-10 s: the clock counts milliseconds. */
const PRECISION = -10
/** One millisecond in units of 2^-16 s. */
const DISPERSION = 66
const SECONDS_1900_TO_1970 = 2_208_988_800
