import {
  base64KeyCharsLeft,
  derKeyBytesLeft,
  endsWithListedNumber,
  hexKeyDigitsLeft,
  holdsKeyHead,
  holdsListedNumber
} from './key-heads.ts'
import { RecentBytes } from './recent-bytes.ts'

/**
 * Finds private keys in any stream of bytes, whatever the module takes them for: the body of a PEM block (RFC 7468 10, RFC 1421
 * headers included), Base64 or hexadecimal digits that begin as a key does, whatever stands above them, the numbers of `openssl rsa -text`,
 * and DER. A host that overlooked an ERROR types its key into the command line.
 */
export class KeyScanner {
  readonly #recent = new RecentBytes()
  #state: 'outside' | 'header' | 'body' = 'outside'
  #bodyBytes = 0
  #derBytesLeft = 0
  /** Characters of Base64 or hexadecimal digits that follow, line ends and the like not counted; 0: nothing tells how many. */
  #charsLeft = 0
  #counted = IN_BASE64
  /** A number as pairs of digits with colons: the first character of another kind ends it. */
  #listed = false
  /** Such a number has come: others follow it. */
  #listSeen = false
  /** The host that began the key has gone: what no PEM block has in it is the next one's. */
  #orphaned = false
  /** The key so far, the head by which it was recognised included. */
  #found: number[] = []
  #toldBytes = 0
  #toldAtOnce = 0

  /** `found` gets each key that was recognised, or as much of it as has come by then; what comes later is told again, from its beginning. */
  constructor(private readonly found: (key: Uint8Array) => void = () => {}) {}

  /** Takes one byte; returns whether it is a part of a private key. */
  push(byte: number): boolean {
    const isKey = this.#takes(byte)
    if (isKey) {
      if (this.#found.length < MAX_BODY_BYTES) this.#found.push(byte)
    } else if (this.#found.length > 0 && this.#state === 'outside' && this.#derBytesLeft === 0) this.#end()
    return isKey
  }

  #takes(byte: number): boolean {
    if (this.#derBytesLeft > 0) {
      this.#derBytesLeft -= 1
      return true
    }
    this.#recent.push(byte)
    switch (this.#state) {
      case 'outside':
        this.#look(byte)
        return false
      case 'header':
        if (byte === DASH) return false
        this.#begin(0)
        return this.#body(byte)
      case 'body':
        return this.#body(byte)
    }
  }

  /** Data of the user's: the very same array when there is no key in it. */
  maskData(bytes: Uint8Array): Uint8Array {
    const text = this.#recent.text + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const listGoesOn = this.#listSeen && holdsListedNumber(text)
    if (
      this.#state === 'outside' &&
      this.#derBytesLeft === 0 &&
      !listGoesOn &&
      !KEY_IN_WORDS.test(text) &&
      !holdsKeyHead(text)
    ) {
      this.#recent.pushAll(bytes)
      return bytes
    }
    const masked = Uint8Array.from(bytes)
    for (let at = 0; at < masked.length; at += 1) if (this.push(bytes[at]!)) masked[at] = STAR_BYTE
    this.tell(true)
    return masked
  }

  /**
   * Tells what has come of a key that goes on, once it has grown by enough; `now`: by less, for something may follow from it.
   * `undecidedBytes`: as many of the last may turn out to be none of it.
   */
  tell(now: boolean, undecidedBytes = 0): void {
    const length = this.#found.length - undecidedBytes
    const grown = length - this.#toldBytes
    if (grown < MIN_GROWN_BYTES) return
    if (now && this.#toldAtOnce < MAX_TOLD_AT_ONCE) this.#toldAtOnce += 1
    else if (grown * MIN_GROWN_PART < this.#toldBytes) return
    this.#toldBytes = length
    this.found(Uint8Array.from(this.#found.slice(0, length)))
  }

  /** Whether a key has begun and its end has not come. */
  get inKey(): boolean {
    return this.#state !== 'outside' || this.#derBytesLeft > 0
  }

  /** Characters of Base64 or hexadecimal digits that the key still lacks; 0: nothing tells how many. */
  get charsLeft(): number {
    return this.#charsLeft
  }

  /** The key never ended, and something else has begun; `strayBytes`: as many of the last were none of it. */
  cutShort(strayBytes: number): void {
    this.#found.length = Math.max(0, this.#found.length - strayBytes)
    this.reset()
  }

  /** Another host has the port: it may go on where the last one stopped, as a script does that opens the port for each line. */
  hostChanged(): void {
    if (this.#state === 'header' || this.#state === 'body') this.#orphaned = true
    else this.reset()
  }

  reset(): void {
    this.#end()
    this.#recent.clear()
    this.#state = 'outside'
    this.#derBytesLeft = 0
    this.#charsLeft = 0
    this.#orphaned = false
  }

  #end(): void {
    if (this.#found.length > this.#toldBytes) this.found(Uint8Array.from(this.#found))
    this.#found = []
    this.#toldBytes = this.#toldAtOnce = 0
  }

  /** Whether a key begins behind this byte. */
  #look(byte: number): void {
    this.#orphaned = false
    const small = byte | LOWER_CASE
    if (small === SMALL_Y && PEM_BEGIN.test(this.#recent.text)) this.#state = 'header'
    else if (small === SMALL_D && ENCRYPTED_HEADER.test(this.#recent.text)) this.#begin(0)
    else if (byte === COLON && endsWithListedNumber(this.#recent.text)) {
      this.#begin(0, IN_HEX)
      this.#listed = true
      this.#listSeen = true
    } else {
      this.#derBytesLeft = this.#recent.mayEndDerHead ? Math.min(derKeyBytesLeft(this.#recent.text), MAX_BODY_BYTES) : 0
      if (this.#derBytesLeft > 0) return this.#headSeen()
      const chars = this.#recent.mayEndBase64Head ? base64KeyCharsLeft(this.#recent.text) : 0
      if (chars > 0) return this.#begin(chars)
      // Nearly all that is typed costs nothing more.
      const mayEndHead = (byte >= 0x30 && byte <= 0x35) || small === SMALL_C
      const digits = mayEndHead ? hexKeyDigitsLeft(this.#recent.text) : 0
      if (digits > 0) this.#begin(digits, IN_HEX)
    }
  }

  /** The head stands at the end of what came last, and something else may stand before it. */
  #headSeen(): void {
    this.#end()
    this.#found = Array.from(this.#recent.text, (char) => char.charCodeAt(0))
  }

  #begin(charsLeft: number, counted = IN_BASE64): void {
    if (charsLeft > 0) this.#headSeen()
    this.#state = 'body'
    this.#counted = counted
    this.#listed = false
    this.#bodyBytes = 0
    this.#charsLeft = charsLeft
  }

  #body(byte: number): boolean {
    this.#bodyBytes += 1
    const char = String.fromCharCode(byte)
    if (
      byte === CTRL_Z ||
      byte === ESC ||
      this.#bodyBytes > MAX_BODY_BYTES ||
      (this.#orphaned && NOT_IN_PEM.test(char))
    ) {
      this.reset()
      return false
    }
    if (this.#listed && NOT_LISTED.test(char)) {
      this.#state = 'outside'
      this.#look(byte)
      return false
    }
    if ((byte | LOWER_CASE) === SMALL_Y) {
      if (PEM_END.test(this.#recent.text)) {
        this.#state = 'outside'
        return true
      }
      // The key before was not whole: what it has left does not count for this one.
      if (PEM_BEGIN.test(this.#recent.text)) {
        this.#end()
        this.#state = 'header'
        return true
      }
    }
    if (this.#listed) return true
    // Keys without a first line may follow one another too.
    const chars = this.#recent.mayEndBase64Head ? base64KeyCharsLeft(this.#recent.text) : 0
    if (chars > this.#charsLeft) this.#charsLeft = chars
    else if (this.#charsLeft === 0) return true
    else if (byte === BACKSPACE) this.#charsLeft += 1
    else if (this.#counted.test(char)) {
      this.#charsLeft -= 1
      if (this.#charsLeft === 0) this.#state = 'outside'
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
/** One pattern for PEM and for the first number of a list, for all data goes through it. */
const KEY_IN_WORDS = /PRIV(?:ATE *KEY|ateExponent:|:)|Proc-Type/i
const IN_BASE64 = /[A-Za-z0-9+/=]/
const IN_HEX = /[\da-f]/i
const NOT_IN_PEM = /[^A-Za-z0-9+/=\s:,-]/
const NOT_LISTED = /[^\da-f:\s]/i
/** A key of 16384 bits takes 12 kB as PEM; whoever forgets the end of it gets the rest shown again. */
const MAX_BODY_BYTES = 16_384
/** A key that goes on is told again, whole: seldom enough that its size times the number of times stays small. */
const MIN_GROWN_BYTES = 16
const MIN_GROWN_PART = 4
const MAX_TOLD_AT_ONCE = 64
const LOWER_CASE = 0x20
const SMALL_Y = 0x79
const SMALL_D = 0x64
const SMALL_C = 0x63
const COLON = 0x3a
const DASH = 0x2d
const BACKSPACE = 0x08
const CTRL_Z = 0x1a
const ESC = 0x1b
