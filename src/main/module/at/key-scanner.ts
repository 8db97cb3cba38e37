import { base64KeyCharsLeft, derKeyBytesLeft, hexKeyDigitsLeft, holdsKeyHead } from './key-heads.ts'

/**
 * Finds private keys in any stream of bytes, whatever the module takes them for: the body of a PEM block (RFC 7468 10, RFC 1421
 * headers included), Base64 or hexadecimal digits that begin as a key does, whatever stands above them, and DER. A host that overlooked an ERROR types
 * its key into the command line.
 */
export class KeyScanner {
  private recent = ''
  private state: 'outside' | 'header' | 'body' = 'outside'
  private bodyBytes = 0
  private derBytesLeft = 0
  /** Characters of Base64 or hexadecimal digits that follow, line ends and the like not counted; 0: nothing tells how many. */
  private charsLeft = 0
  private counted = IN_BASE64
  /** The host that began the key has gone: what no PEM block has in it is the next one's. */
  private orphaned = false

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
        this.look(byte)
        return false
      case 'header':
        if (byte === DASH) return false
        this.begin(0)
        return this.body(byte, char)
      case 'body':
        return this.body(byte, char)
    }
  }

  /** Data of the user's: the very same array when there is no key in it. */
  maskData(bytes: Uint8Array): Uint8Array {
    const text = this.recent + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    if (this.state === 'outside' && this.derBytesLeft === 0 && !KEY_IN_WORDS.test(text) && !holdsKeyHead(text)) {
      this.recent = text.slice(-RECENT_CHARS)
      return bytes
    }
    const masked = Uint8Array.from(bytes)
    for (let at = 0; at < masked.length; at += 1) if (this.push(bytes[at]!)) masked[at] = STAR_BYTE
    return masked
  }

  /** Another host has the port: it may go on where the last one stopped, as a script does that opens the port for each line. */
  hostChanged(): void {
    if (this.state === 'header' || this.state === 'body') this.orphaned = true
    else this.reset()
  }

  reset(): void {
    this.recent = ''
    this.state = 'outside'
    this.derBytesLeft = 0
    this.charsLeft = 0
    this.orphaned = false
  }

  /** Whether a key begins behind this byte. */
  private look(byte: number): void {
    this.orphaned = false
    const small = byte | LOWER_CASE
    if (small === SMALL_Y && PEM_BEGIN.test(this.recent)) this.state = 'header'
    else if (small === SMALL_D && ENCRYPTED_HEADER.test(this.recent)) this.begin(0)
    else {
      this.derBytesLeft = Math.min(derKeyBytesLeft(this.recent), MAX_BODY_BYTES)
      const chars = base64KeyCharsLeft(this.recent)
      if (chars > 0) return this.begin(chars)
      // Nearly all that is typed costs nothing more.
      const mayEndHead = (byte >= 0x30 && byte <= 0x35) || small === SMALL_C
      const digits = mayEndHead ? hexKeyDigitsLeft(this.recent) : 0
      if (digits > 0) this.begin(digits, IN_HEX)
    }
  }

  private begin(charsLeft: number, counted = IN_BASE64): void {
    this.state = 'body'
    this.counted = counted
    this.bodyBytes = 0
    this.charsLeft = charsLeft
  }

  private body(byte: number, char: string): boolean {
    this.bodyBytes += 1
    if (byte === CTRL_Z || byte === ESC || this.bodyBytes > MAX_BODY_BYTES || (this.orphaned && NOT_IN_PEM.test(char))) {
      this.reset()
      return false
    }
    if ((byte | LOWER_CASE) === SMALL_Y && PEM_END.test(this.recent)) this.state = 'outside'
    else if (this.charsLeft === 0) this.charsLeft = base64KeyCharsLeft(this.recent)
    else if (byte === BACKSPACE) this.charsLeft += 1
    else if (this.counted.test(char)) {
      this.charsLeft -= 1
      if (this.charsLeft === 0) this.state = 'outside'
    }
    return true
  }
}

/** As few stars as bytes. */
export const STAR_BYTE = 0x2a
const PEM_BEGIN = /(?:BEGIN|--(?!END))[A-Z0-9 ]{0,24}PRIVATE *KEY$/i
const PEM_END = /END[A-Z0-9 ]{0,24}PRIVATE *KEY$/i
/** RFC 1421 4.6.1.1: stands in an encrypted key, however the line above it is spelt. */
const ENCRYPTED_HEADER = /Proc-Type: *4, *ENCRYPTED$/i
const KEY_IN_WORDS = /PRIVATE *KEY|Proc-Type/i
const IN_BASE64 = /[A-Za-z0-9+/=]/
const IN_HEX = /[\da-f]/i
const NOT_IN_PEM = /[^A-Za-z0-9+/=\s:,-]/
/** The longest head: 16 bytes as an array of C. */
const RECENT_CHARS = 96
/** A key of 16384 bits takes 12 kB as PEM; whoever forgets the end of it gets the rest shown again. */
const MAX_BODY_BYTES = 16_384
const LOWER_CASE = 0x20
const SMALL_Y = 0x79
const SMALL_D = 0x64
const SMALL_C = 0x63
const DASH = 0x2d
const BACKSPACE = 0x08
const CTRL_Z = 0x1a
const ESC = 0x1b
