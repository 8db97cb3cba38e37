/**
 * Detects a command line that follows a private key without an end line. One in 2048 lines of a key begins with AT by
 * chance, so the prefix alone is not enough. The lines of a key are Base64, digits or headers, and all but the last
 * have the same length.
 */
export class CommandBehindKey {
  #line = new LineLook()
  #inKey = false
  #atStart = true
  /** Length of the last complete line of the key, in characters. */
  #keyLineChars = 0

  /** Bytes of the present line while it may still be either a command or a part of the key. */
  get undecidedBytes(): number {
    return this.#inKey && this.#line.mayBeCommand ? this.#line.byteCount : 0
  }

  /**
   * Returns whether the line that begins at `bytes[from]` is a command, as far as it has arrived. `charsLeft` is what
   * the key still lacks; 0 when that is not known.
   */
  beginsCommand(bytes: Uint8Array, from: number, terminator: number, charsLeft: number): boolean {
    if (!this.#atStart) return false
    const line = new LineLook()
    for (let at = from; at < bytes.length && line.mayBeCommand && !line.isCommand; at += 1) {
      if (bytes[at] === terminator) return this.#isPlainCommand(line, charsLeft)
      line.push(bytes[at]!)
    }
    return line.isCommand
  }

  /**
   * Takes a byte. Returns how many bytes of its line have turned out to be a command, or 0. `inKey`: a key was open
   * before this byte.
   */
  push(byte: number, terminator: number, inKey: boolean, charsLeft: number): number {
    if (this.#atStart) this.begin(inKey)
    // Nearly all input has no key in it: return quickly.
    if (!inKey && !this.#inKey) {
      this.#atStart = byte === terminator
      return 0
    }
    if (byte === terminator) {
      this.#atStart = true
      if (this.#inKey && this.#isPlainCommand(this.#line, charsLeft)) return this.#line.byteCount
      if (this.#line.charCount > 0) this.#keyLineChars = this.#line.charCount
      return 0
    }
    this.#atStart = false
    // A line feed ends a line of a key, but not a command line.
    if (byte === LF && this.#line.charCount > 0) {
      this.#keyLineChars = this.#line.charCount
      this.#line.restart()
    } else this.#line.push(byte)
    if (!this.#inKey || !this.#line.isCommand) return 0
    this.#inKey = false
    return this.#line.byteCount
  }

  /** Begins a line: at the start, or after the entry at a prompt. */
  begin(inKey: boolean): void {
    this.#line = new LineLook()
    this.#inKey = inKey
    this.#atStart = true
    if (!inKey) this.#keyLineChars = 0
  }

  /**
   * Returns whether a line is a command, such as AT, ATE1 or AT+CSQ, although Base64 may have all its characters: its
   * length differs from the lines of the key.
   */
  #isPlainCommand(line: LineLook, charsLeft: number): boolean {
    return PLAIN_COMMAND.test(line.text) && line.charCount !== this.#keyLineChars && line.charCount !== charsLeft
  }
}

/** One line, examined character by character. */
class LineLook {
  /** Its first characters. */
  text = ''
  byteCount = 0
  charCount = 0
  /** It has a character that no line of a key has after AT. */
  isCommand = false
  /** So far it begins with AT or at. */
  mayBeCommand = true
  #last = 0

  push(byte: number): void {
    this.byteCount += 1
    if (byte <= SPACE) return
    this.charCount += 1
    if (this.text.length < MAX_PLAIN_CHARS) this.text += String.fromCharCode(byte)
    if (this.charCount <= 2) this.mayBeCommand = PREFIXES.some((prefix) => prefix.startsWith(this.text))
    else if (this.mayBeCommand && !this.isCommand)
      this.isCommand = COMMAND_BYTES[byte] === 1 || (this.#last === EQUALS && byte !== EQUALS && byte !== BACKSLASH)
    this.#last = byte
  }

  /** Begins a new line of the key, whose bytes are added to those of the line before. */
  restart(): void {
    this.text = ''
    this.charCount = 0
    this.mayBeCommand = true
    this.byteCount += 1
    this.#last = 0
  }
}

const PREFIXES = ['AT', 'at']
const PLAIN_COMMAND = /^AT(?:[A-Z]\d{0,3}){0,6}(?:\+[A-Z]{2,10}(?:=\d{0,6})?)?$/i
/** One more than the pattern can match. */
const MAX_PLAIN_CHARS = 48
/**
 * Printable characters that do not occur in a line of a key that begins with AT. Quotes and backslash are not among
 * them: they may end a line of a key in source code.
 */
const COMMAND_BYTES = new Uint8Array(256)
for (const one of '#$%&()*,.:;<>?@[]^_`{|}~!') COMMAND_BYTES[one.charCodeAt(0)] = 1
const LF = 0x0a
const SPACE = 0x20
const EQUALS = 0x3d
const BACKSLASH = 0x5c
