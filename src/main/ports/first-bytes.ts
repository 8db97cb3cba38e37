/**
 * What a web browser can send first on a connection. Any page can make a browser connect to a loopback address and send
 * text of its choice, in which lines would be AT commands; so such connections are refused. The values appear in
 * sentences.
 */
export type BrowserMessage = 'an HTTP request' | 'a TLS hello' | 'a SOCKS request' | 'a STUN message'

/** Returns what a browser sent, or `null` where the bytes are not (or not yet) from a browser. Takes linear time. */
export function browserMessage(bytes: Uint8Array): BrowserMessage | null {
  if (isStun(bytes)) return 'a STUN message'
  const from = behindNoise(bytes, 0)
  const [first, second, third, fourth] = bytes.subarray(from, from + 4)
  if (first === TLS_HANDSHAKE && second === TLS_MAJOR) return 'a TLS hello'
  // SSL 2 hello: two bytes of length with the top bit set, CLIENT-HELLO, version.
  if (first !== undefined && (first & 0xc0) === 0x80 && third === 1 && (fourth === TLS_MAJOR || fourth === 0))
    return 'a TLS hello'
  if (first === 4 && (second === 1 || second === 2)) return 'a SOCKS request'
  if (first === 5 && second !== undefined && second > 0) return 'a SOCKS request'
  return isRequest(bytes, from) ? 'an HTTP request' : null
}

/** Returns whether a line begins with AT, A/ or +++, as only a host's does. Noise of terminals before it is ignored. */
export function showsCommand(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    at = behindNoise(bytes, at)
    const [first, second, third] = bytes.subarray(at, at + 3)
    if (upper(first) === UPPER_A && (upper(second) === UPPER_T || second === SLASH)) return true
    if (first === PLUS && second === PLUS && third === PLUS) return true
    while (at < bytes.length && bytes[at] !== CR && bytes[at] !== LF) at += 1
  }
  return false
}

/** Skips NUL, CR, LF, ESC, Ctrl-Z and XON, which terminal programs and reconnecting hosts send before a command. */
function behindNoise(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && NOISE.has(bytes[at]!)) at += 1
  return at
}

/**
 * Returns whether bytes are an HTTP request line (RFC 9112 chapter 3): a method, a space, and the beginning of a
 * target. A page may choose any method, even `AT#SHDN`. A browser sends both at once, so a word without an end is a
 * command that is being typed, unless it is too long.
 */
function isRequest(bytes: Uint8Array, from: number): boolean {
  let at = from
  while (at < bytes.length && isTokenChar(bytes[at]!)) at += 1
  const methodChars = at - from
  if (methodChars === 0) return false
  if (at === bytes.length) return methodChars > LONGEST_WORD_CHARS
  if (bytes[at] !== SPACE) return false
  while (bytes[at] === SPACE) at += 1
  const start = Buffer.from(bytes.subarray(at, at + LONGEST_AUTHORITY_CHARS)).toString('latin1')
  if (/^(\/|\*(?: |$)|[a-z][a-z0-9+.-]*:\/\/)/i.test(start)) return true
  return (
    methodChars === CONNECT.length &&
    Buffer.from(bytes.subarray(from, from + methodChars)).toString('latin1') === CONNECT &&
    /^\S+:\d/.test(start)
  )
}

/**
 * Returns whether there is the magic cookie of RFC 8489 behind type and length. Over TCP, two bytes of framing may come
 * first (RFC 4571).
 */
function isStun(bytes: Uint8Array): boolean {
  return [4, 6].some((at) => STUN_COOKIE.every((byte, index) => bytes[at + index] === byte))
}

/** A `tchar` of RFC 9110 5.6.2. */
function isTokenChar(byte: number): boolean {
  const letter = upper(byte)
  return (
    (letter !== undefined && letter >= UPPER_A && letter <= UPPER_Z) ||
    (byte >= 0x30 && byte <= 0x39) ||
    TOKEN_SIGNS.has(byte)
  )
}

const upper = (byte: number | undefined): number | undefined =>
  byte !== undefined && byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte

/** Longer than any command before its `=`, `?` or end, and shorter than a browser's first segment. */
const LONGEST_WORD_CHARS = 64
/** Longer targets are not examined further. */
const LONGEST_AUTHORITY_CHARS = 300
const CONNECT = 'CONNECT'
const STUN_COOKIE = [0x21, 0x12, 0xa4, 0x42]
const TOKEN_SIGNS = new Set(Buffer.from("!#$%&'*+-.^_`|~", 'latin1'))
const TLS_HANDSHAKE = 0x16
const TLS_MAJOR = 0x03
const CR = 0x0d
const LF = 0x0a
const NOISE = new Set([0x00, CR, LF, 0x1b, 0x1a, 0x11])
const SPACE = 0x20
const SLASH = 0x2f
const PLUS = 0x2b
const UPPER_A = 0x41
const UPPER_T = 0x54
const UPPER_Z = 0x5a
