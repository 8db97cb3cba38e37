// How private keys begin, by the bytes of their DER: PKCS#1 (RFC 8017 A.1.2), PKCS#8 (RFC 5958) of version 0 or 1, EC
// keys (RFC 5915), encrypted PKCS#8 (RFC 5958 3) and PKCS#12 (RFC 7292). The same also in Base64 and as hexadecimal
// digits. Texts are Latin-1.

/** Returns how many bytes of a private key follow the DER head at the end of `recent`, or 0 without a head. */
export function derKeyBytesLeft(recent: string): number {
  const match = DER_HEAD_AT_END.exec(recent)
  return match ? derBytes(match[0]) - match[0].length : 0
}

/** Returns how many Base64 characters of a private key follow the head at the end of `recent`, or 0 without a head. */
export function base64KeyCharsLeft(recent: string): number {
  const head = BASE64_HEAD_AT_END.exec(recent)?.[1]
  return head === undefined
    ? 0
    : Math.ceil(derBytes(Buffer.from(head, 'base64').toString('latin1')) / 3) * 4 - head.length
}

/**
 * Returns how many hexadecimal digits of a private key follow the head at the end of `recent` (including those of
 * `0x`), or 0 without a head.
 */
export function hexKeyDigitsLeft(recent: string): number {
  const head = HEX_TAIL.test(recent.slice(-2)) ? HEX_HEAD_AT_END.exec(recent)?.[1] : undefined
  if (head === undefined) return 0
  const der = Buffer.from(head.replace(/0x|[^\da-f]/gi, ''), 'hex').toString('latin1')
  return (derBytes(der) - der.length) * (/0x/i.test(head) ? 3 : 2)
}

/** Returns whether the text contains the head of a private key. Fast. */
export function holdsKeyHead(text: string): boolean {
  return (
    (derMarks.some((mark) => text.includes(mark)) && DER_HEAD.test(text)) ||
    BASE64_HEAD.test(text) ||
    (text.includes(HEX_MARK) && HEX_HEAD.test(text))
  )
}

/**
 * Returns whether `recent` ends with the label and the first byte of a secret number, as printed by `openssl rsa -text`
 * and `openssl ec -text`.
 */
export function endsWithListedNumber(recent: string): boolean {
  return LISTED_NUMBER_AT_END.test(recent)
}

/** Returns whether the text contains the label of one of the later secret numbers. */
export function holdsListedNumber(text: string): boolean {
  return listLabels.some((label) => text.includes(label))
}

/** Returns the length of the sequence with which `der` begins, header included (X.690 8.1.3). */
function derBytes(der: string): number {
  const first = der.charCodeAt(1)
  if (first < 0x80) return 2 + first
  return first === 0x81 ? 3 + der.charCodeAt(2) : 4 + der.charCodeAt(2) * 256 + der.charCodeAt(3)
}

const listLabels = ['privateExponent:', 'prime1:', 'prime2:', 'exponent1:', 'exponent2:', 'coefficient:', 'priv:']
const LISTED_NUMBER_AT_END = new RegExp(`(?:${listLabels.join('|')})\\s{1,12}[\\da-f]{2}:$`, 'i')
const ANY = '[^]'
const IN_BASE64 = '[A-Za-z0-9+/]'
const derHeads = [
  String.raw`0(?:\x82${ANY}${ANY}|\x81${ANY})\x02\x01[\x00\x01]`,
  // Short keys, of elliptic curves. The pattern is longer, because many messages begin with a small number.
  String.raw`0[\x20-\x7f]\x02\x01(?:\x000|\x01\x04[\x1c\x20\x30\x42])`,
  String.raw`0(?:\x82${ANY}${ANY}|\x81${ANY})0${ANY}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05`,
  String.raw`0\x82${ANY}${ANY}\x02\x01\x030`
]
/**
 * Each head contains one of these texts, and most data does not. Searching for a text is several times as fast as a
 * pattern.
 */
const derMarks = ['\x02\x01', '\x06\x09\x2a\x86\x48']
/** In the same order. Three bytes are four characters. The first row also matches PKCS#12. */
const base64Heads = [
  `MII${IN_BASE64}{2}[AQgw]IBA[ADQTz]`,
  `MI[GH]${IN_BASE64}AgE[AB][AMB]`,
  `M[A-H]${IN_BASE64}C(?:AQAw|AQEE)`,
  `MII${IN_BASE64}{2}[DTjz][AB]${IN_BASE64}BgkqhkiG9w0BBQ`,
  `MI[GH]${IN_BASE64}M[A-H]${IN_BASE64}GCSqGSIb3DQEF`
]
/** Returns a pattern for bytes as tools print them: `3082`, `30 82`, `30:82`, `0x30, 0x82`, `\x30\x82`, `%30%82`. */
const hex = (bytes: string): string =>
  bytes.replaceAll('??', String.raw`[\dA-Fa-f]{2}`).replaceAll(' ', String.raw`[\s,:]{0,2}(?:0x|\\x|%)?`)
const hexHeads = [
  hex('30 (?:82 ?? ??|81 ??) 02 01 0[01]'),
  hex(String.raw`30 [2-7][\dA-Fa-f] 02 01 (?:00 30|01 04 (?:1[cC]|20|30|42))`),
  hex('30 (?:82 ?? ??|81 ??) 30 ?? 06 09 2[aA] 86 48 86 [fF]7 0[dD] 01 05')
]
/** Every head begins with it. Searching for a short text is faster than a pattern. */
const HEX_MARK = '30'
const HEX_HEAD = new RegExp(hexHeads.join('|'))
/** Not within other digits. */
const HEX_HEAD_AT_END = new RegExp(`(?:^|[^\\dA-Fa-f])(${hexHeads.join('|')})$`)
/** The last two digits of a head. */
const HEX_TAIL = /0[015]|30|1[cC]|20|42/
const DER_HEAD = new RegExp(derHeads.join('|'))
const DER_HEAD_AT_END = new RegExp(`(?:${derHeads.join('|')})$`)
const BASE64_HEAD = new RegExp(base64Heads.join('|'))
/** Not within other Base64. */
const BASE64_HEAD_AT_END = new RegExp(`(?:^|[^A-Za-z0-9+/])(${base64Heads.join('|')})$`)
