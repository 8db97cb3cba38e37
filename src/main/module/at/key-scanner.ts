/**
 * Finds private keys in any stream of bytes, whatever the module takes them for: the body of a PEM block (RFC 7468 10, RFC 1421
 * headers included), and the DER of PKCS#1 and PKCS#8 (a sequence that begins with version 0 or 1). A host that
 * overlooked an ERROR types its key into the command line.
 */
export class KeyScanner {
  private recent = ''
  private state: 'outside' | 'header' | 'body' | 'footer' = 'outside'
  private bodyBytes = 0
  private derBytesLeft = 0

  /** Takes one byte; whether it is a part of a private key. */
  push(byte: number): boolean {
    if (this.derBytesLeft > 0) {
      this.derBytesLeft -= 1
      return true
    }
    const char = String.fromCharCode(byte)
    this.recent = (this.recent + char).slice(-RECENT_CHARS)
    switch (this.state) {
      case 'outside':
      case 'footer':
        if ((byte | LOWER_CASE) === SMALL_Y && PEM_BEGIN.test(this.recent)) this.state = 'header'
        else this.derBytesLeft = derBytesBehind(this.recent)
        return false
      case 'header':
        if (byte === DASH) return false
        this.state = 'body'
        this.bodyBytes = 0
        return this.body(byte)
      case 'body':
        return this.body(byte)
    }
  }

  /** Data of the user's, where only PEM is looked for: the very same array when there is no key in it. */
  maskData(bytes: Uint8Array): Uint8Array {
    const text = this.recent + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (this.state === 'outside' && this.derBytesLeft === 0 && !PEM_ANYWHERE.test(text)) {
      this.recent = text.slice(-RECENT_CHARS)
      return bytes
    }
    const masked = Uint8Array.from(bytes)
    for (let at = 0; at < masked.length; at += 1) {
      if (this.push(bytes[at]!)) masked[at] = STAR_BYTE
      this.derBytesLeft = 0
    }
    return masked
  }

  reset(): void {
    this.recent = ''
    this.state = 'outside'
    this.derBytesLeft = 0
  }

  private body(byte: number): boolean {
    this.bodyBytes += 1
    if (byte === CTRL_Z || byte === ESC || this.bodyBytes > MAX_BODY_BYTES) {
      this.state = 'outside'
      return false
    }
    if ((byte | LOWER_CASE) === SMALL_Y && PEM_END.test(this.recent)) this.state = 'footer'
    return true
  }
}

/** How many bytes of a private key follow, when `recent` ends with the beginning of one: SEQUENCE, its length, INTEGER 0 or 1. */
function derBytesBehind(recent: string): number {
  const match = DER_BEGIN.exec(recent)
  if (!match) return 0
  const length = [...(match[1] ?? match[2]!)].reduce((sum, char) => sum * 256 + char.charCodeAt(0), 0)
  return Math.max(0, Math.min(length, MAX_BODY_BYTES) - VERSION_BYTES)
}

/** As few stars as bytes. */
export const STAR_BYTE = 0x2a
const PEM_BEGIN = /(?:BEGIN|--)[A-Z0-9 ]{0,24}PRIVATE ?KEY$/i
const PEM_END = /END[A-Z0-9 ]{0,24}PRIVATE ?KEY$/i
const PEM_ANYWHERE = /PRIVATE ?KEY/i
// eslint-disable-next-line no-control-regex
const DER_BEGIN = /0(?:\x82([^][^])|\x81([^]))\x02\x01[\x00\x01]$/
const VERSION_BYTES = 3
const RECENT_CHARS = 48
/** A key of 16384 bits takes 12 kB as PEM; whoever forgets the end of it gets the rest shown again. */
const MAX_BODY_BYTES = 16_384
const LOWER_CASE = 0x20
const SMALL_Y = 0x79
const DASH = 0x2d
const CTRL_Z = 0x1a
const ESC = 0x1b
