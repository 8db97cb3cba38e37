// The forms in which a private key may appear again: its secret part as DER, Base64 and hexadecimal digits. Modulus,
// exponent and public point are not secret: certificates contain them too.

/**
 * Returns the forms of a private key, or of its beginning. The input may be PEM with or without its first and last
 * line, Base64, hexadecimal digits, or DER.
 */
export function keyForms(key: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(key).toString('latin1')
  const listed = LISTED.exec(text)
  if (listed) return formsOf(digits(listed[1] ?? ''), 0, Number.POSITIVE_INFINITY, false)
  const der = derHead.exec(text)
  if (der) return secretPart(Buffer.from(key).subarray(der.index))
  const hex = HEX_BEGIN.exec(text)
  if (hex) return secretPart(digits(text.slice(hex.index)))
  return secretPart(Buffer.from(base64Body(text), 'base64'))
}

function secretPart(der: Buffer): readonly Uint8Array[] {
  const { from, to } = secretRange(der)
  return formsOf(der, from, to, true)
}

function formsOf(der: Buffer, from: number, to: number, aligned: boolean): readonly Uint8Array[] {
  const end = Math.min(to, der.length)
  const part = der.subarray(from, end)
  const hex = part.toString('hex')
  const base64 = aligned ? [der.toString('base64').slice(Math.ceil(from / 3) * 4, Math.floor(end / 3) * 4)] : []
  return [part, ...[...base64, hex, hex.toUpperCase()].map((text) => Buffer.from(text, 'latin1'))]
}

/**
 * Returns where the secret part is in the DER of a key (RFC 8017 A.1.2, RFC 5958, RFC 5915). The DER may be cut off.
 */
function secretRange(der: Buffer): { from: number; to: number } {
  const first = element(der, element(der, 0).content)
  if (der[first.start] === SEQUENCE) return { from: first.end, to: der.length }
  const second = element(der, first.end)
  switch (der[second.start]) {
    case INTEGER:
      // PKCS#1: the part behind modulus and exponent.
      return { from: element(der, second.end).end, to: der.length }
    case OCTET_STRING:
      // EC key: the public point follows it.
      return { from: second.content, to: second.end }
    case SEQUENCE: {
      // PKCS#8: one of the other formats in an octet string.
      const inner = element(der, second.end)
      if (der[inner.start] !== OCTET_STRING || der[inner.content] !== SEQUENCE)
        return { from: inner.content, to: inner.end }
      const { from, to } = secretRange(der.subarray(inner.content, inner.end))
      return { from: inner.content + from, to: inner.content + to }
    }
    default:
      // Encrypted in the traditional format, or damaged.
      return { from: 0, to: der.length }
  }
}

/** Returns the element at `start` (X.690 8.1). */
function element(der: Buffer, start: number): { start: number; content: number; end: number } {
  const first = der[start + 1] ?? 0
  if (first < 0x80) return { start, content: start + 2, end: start + 2 + first }
  const lengthBytes = first & 0x7f
  let length = 0
  for (let at = 0; at < Math.min(lengthBytes, MAX_LENGTH_BYTES); at += 1)
    length = length * 256 + (der[start + 2 + at] ?? 0)
  const content = start + 2 + lengthBytes
  return { start, content, end: content + length }
}

function digits(text: string): Buffer {
  const hex = text.replace(/0x|[^\da-f]/gi, '')
  return Buffer.from(hex.slice(0, hex.length - (hex.length % 2)), 'hex')
}

/** Lines with a colon are headers (RFC 1421 4.4). Text before the body on its first line is not Base64 of it. */
function base64Body(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => !line.includes(':') && !line.includes('-'))
  const body = lines.join('')
  const head = BASE64_BEGIN.exec(body)
  return (head ? body.slice(head.index + (head[1] ?? '').length) : body).replace(/[^A-Za-z0-9+/=]/g, '')
}

const SEQUENCE = 0x30
const INTEGER = 0x02
const OCTET_STRING = 0x04
const MAX_LENGTH_BYTES = 3
const LISTED = /(?:privateExponent|prime[12]|exponent[12]|coefficient|priv):\s+([\da-f:\s]+)$/i
const derHead = new RegExp(String.raw`0(?:[\x20-\x7f]|\x81[^]|\x82[^]{2})(?:\x02\x01[\x00\x01\x03]|0[^]\x06\x09)`)
const HEX_BEGIN =
  /(?<![\da-f])30[\s,:]{0,2}(?:0x|\\x|%)?(?:8[12]|[2-7][\da-f])(?:[\s,:]{0,2}(?:0x|\\x|%)?[\da-f]{2}){0,2}[\s,:]{0,2}(?:0x|\\x|%)?(?:02|30)/i
const BASE64_BEGIN = /(^|[^A-Za-z0-9+/])M[A-I][A-Za-z0-9+/]/
