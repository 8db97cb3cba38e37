/**
 * Tells a command line that is typed behind a private key that never ended from the lines of the key itself, of which one in 2048 begins
 * with AT by chance. The lines of a key are Base64, digits or headers, and all but its last are of one length.
 */
export class CommandBehindKey {
  #line = new LineLook()
  #inKey = false
  #atStart = true
  /** Characters of the last complete line of the key. */
  #keyLineChars = 0

  /** Bytes of the line so far that may turn out to be a command's and no key's. */
  get undecidedBytes(): number {
    return this.#inKey && this.#line.mayBeCommand ? this.#line.byteCount : 0
  }

  /** Whether the line that begins with `bytes[from]` is a command's, as far as it is there. `charsLeft`: of the key; 0 where nothing tells. */
  beginsCommand(bytes: Uint8Array, from: number, terminator: number, charsLeft: number): boolean {
    if (!this.#atStart) return false
    const line = new LineLook()
    for (let at = from; at < bytes.length && line.mayBeCommand && !line.isCommand; at += 1) {
      if (bytes[at] === terminator) return this.#isPlainCommand(line, charsLeft)
      line.push(bytes[at]!)
    }
    return line.isCommand
  }

  /** Takes a byte; returns how many bytes of its line have proved to be a command's, 0 for none. `inKey`: a key was open before it. */
  push(byte: number, terminator: number, inKey: boolean, charsLeft: number): number {
    if (this.#atStart) this.begin(inKey)
    // Nearly all that is typed has no key in it, and costs nothing more.
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
    // A line feed ends a line of a key, and none of the module's.
    if (byte === LF && this.#line.charCount > 0) {
      this.#keyLineChars = this.#line.charCount
      this.#line.restart()
    } else this.#line.push(byte)
    if (!this.#inKey || !this.#line.isCommand) return 0
    this.#inKey = false
    return this.#line.byteCount
  }

  /** A line begins: at the start, or behind what was typed at a prompt. */
  begin(inKey: boolean): void {
    this.#line = new LineLook()
    this.#inKey = inKey
    this.#atStart = true
    if (!inKey) this.#keyLineChars = 0
  }

  /** Such as AT, ATE1 or AT+CSQ, of which each character may stand in Base64: no line of the key, for it would be longer or shorter. */
  #isPlainCommand(line: LineLook, charsLeft: number): boolean {
    return PLAIN_COMMAND.test(line.text) && line.charCount !== this.#keyLineChars && line.charCount !== charsLeft
  }
}

/** One line, looked at character by character. */
class LineLook {
  /** Its first characters. */
  text = ''
  byteCount = 0
  charCount = 0
  /** It has a character behind its AT that no line of a key has. */
  isCommand = false
  /** As far as it goes, it begins with AT or at. */
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

  /** What has come was a line of the key; its bytes count on. */
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
/** One more than it may have. */
const MAX_PLAIN_CHARS = 48
/** Printable characters that a line of a key that begins with AT cannot have; the quotes and the backslash may end one in a program's source. */
const COMMAND_BYTES = new Uint8Array(256)
for (const one of '#$%&()*,.:;<>?@[]^_`{|}~!') COMMAND_BYTES[one.charCodeAt(0)] = 1
const LF = 0x0a
const SPACE = 0x20
const EQUALS = 0x3d
const BACKSLASH = 0x5c
