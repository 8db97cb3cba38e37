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
 * Finds private keys in any stream of bytes, even where the module takes them for something else: a host that missed an
 * ERROR types its key into the command line. Detects PEM blocks (RFC 7468 10, also with RFC 1421 headers), Base64 or
 * hexadecimal digits that begin like a key, the numbers of `openssl rsa -text`, and DER.
 */
export class KeyScanner {
  readonly #recent = new RecentBytes()
  #state: 'outside' | 'header' | 'body' = 'outside'
  #bodyBytes = 0
  #derBytesLeft = 0
  /**
   * Base64 characters or hexadecimal digits that are still to come, line ends not counted; 0 when the number is not
   * known.
   */
  #charsLeft = 0
  #counted = IN_BASE64
  /** In a number printed as pairs of digits with colons, which ends at the first other character. */
  #listed = false
  /** Such a number was found, so others may follow. */
  #listSeen = false
  /** The host that began the key has left. A character that no PEM block contains belongs to the next host. */
  #orphaned = false
  /** The key so far, with the head by which it was recognised. */
  #found: number[] = []
  #toldBytes = 0
  #toldAtOnce = 0

  /** `found` receives each key, or as much of it as has arrived. When more arrives, it receives the whole again. */
  constructor(private readonly found: (key: Uint8Array) => void = () => {}) {}

  /** Takes one byte. Returns whether it is part of a private key. */
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

  /** Returns user data with private keys masked; the same array when there are none. */
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
   * Passes an incomplete key to `found` when it has grown enough. `now`: smaller growth is enough, because a command
   * may follow that repeats the key. `undecidedBytes`: that many of the last bytes may not belong to the key.
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

  /** Whether a key has begun and not ended. */
  get inKey(): boolean {
    return this.#state !== 'outside' || this.#derBytesLeft > 0
  }

  /** Base64 characters or hexadecimal digits that the key still lacks; 0 when the number is not known. */
  get charsLeft(): number {
    return this.#charsLeft
  }

  /**
   * Ends a key without an end line, because something else has begun. `strayBytes`: that many of the last bytes were
   * not part of it.
   */
  cutShort(strayBytes: number): void {
    this.#found.length = Math.max(0, this.#found.length - strayBytes)
    this.reset()
  }

  /** Another host has the port. It may continue the key, like a script that opens the port for each line. */
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

  /** Looks whether a key begins after this byte. */
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
      // Nearly all input stops here, at no further cost.
      const mayEndHead = (byte >= 0x30 && byte <= 0x35) || small === SMALL_C
      const digits = mayEndHead ? hexKeyDigitsLeft(this.#recent.text) : 0
      if (digits > 0) this.#begin(digits, IN_HEX)
    }
  }

  /** Takes the recent bytes as the beginning of the key. Other bytes may stand before the head. */
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
      // The key before was incomplete: what it lacked does not count for this one.
      if (PEM_BEGIN.test(this.#recent.text)) {
        this.#end()
        this.#state = 'header'
        return true
      }
    }
    if (this.#listed) return true
    // Keys without a first line may follow each other too.
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

/** One asterisk for each byte. */
export const STAR_BYTE = 0x2a
const PEM_BEGIN = /(?:BEGIN|--(?!END))[A-Z0-9 ]{0,24}PRIVATE *KEY$/i
const PEM_END = /END[A-Z0-9 ]{0,24}PRIVATE *KEY$/i
/** A header of an encrypted key (RFC 1421 4.6.1.1), whatever the line above it. */
const ENCRYPTED_HEADER = /Proc-Type: *4, *ENCRYPTED$/i
/** One pattern for PEM and for the first number of a list, since all data is searched with it. */
const KEY_IN_WORDS = /PRIV(?:ATE *KEY|ateExponent:|:)|Proc-Type/i
const IN_BASE64 = /[A-Za-z0-9+/=]/
const IN_HEX = /[\da-f]/i
const NOT_IN_PEM = /[^A-Za-z0-9+/=\s:,-]/
const NOT_LISTED = /[^\da-f:\s]/i
/**
 * A key of 16384 bits takes 12 kB as PEM. When the end of a key is missing, what follows after so many bytes is shown
 * again.
 */
const MAX_BODY_BYTES = 16_384
/** An incomplete key is reported as a whole each time: rarely enough that the total stays small. */
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
