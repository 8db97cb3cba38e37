import { isDigit, MISTYPED, ParameterScan, type ParameterStep } from './parameter-scan.ts'
import {
  isKnown,
  isSecretBehindAnyPrefix,
  isSecretCommand,
  LONGEST_NAME_CHARS,
  mayBecomeKnown,
  mayBecomeSecret,
  resembles,
  secretsOf,
  type SecretParameters
} from './secret-rules.ts'

/**
 * Reads one command line character by character, and decides for each at once whether it is part of a secret. It also
 * considers what a person may have meant: a PIN after a mistyped name is still a PIN. In doubt a character is secret.
 * The time per character is constant, and only one word of the line is kept.
 */
export class LineScan {
  #step: Step = 'start'
  /** The name, or the letters at a command position, in upper case. */
  #word = ''
  /** The first two characters without spaces. */
  #lead = ''
  /** The last character that is not a space. */
  #last = ''
  /** The line began with AT. */
  #prefixed = false
  /** Only letters so far. */
  #first = true
  /** The name is inside a quoted text, where only exact names count. */
  #inText = false
  /** Secrets of the present command; `null` for a mistyped name, where every parameter may be the secret. */
  #secrets: SecretParameters | null = null
  /** Which parameter it is, where a host adds some to a command without a declared secret. */
  #index = 0
  /** Inside quotes, in the parameters of a command without a declared secret. */
  #quoted = false
  #parameters = new ParameterScan(null)

  /** `awaited`: the previous line stopped before a secret, so this one may be it. */
  static line(awaited: boolean): LineScan {
    const scan = new LineScan()
    if (awaited) scan.#step = 'awaited'
    return scan
  }

  copy(): LineScan {
    const copy = new LineScan()
    copy.#step = this.#step
    copy.#word = this.#word
    copy.#lead = this.#lead
    copy.#last = this.#last
    copy.#prefixed = this.#prefixed
    copy.#first = this.#first
    copy.#inText = this.#inText
    copy.#secrets = this.#secrets
    copy.#index = this.#index
    copy.#quoted = this.#quoted
    copy.#parameters = this.#parameters.copy()
    return copy
  }

  /** Takes a character in upper case. Returns the name of the secret that it belongs to, or `null`. */
  push(char: string): string | null {
    if (char !== ' ') {
      if (this.#lead.length < 2) this.#lead += char
      this.#last = char
    }
    return this[this.#step](char)
  }

  /** Whether the line ended before a secret, or asked whether one is needed: it may come alone in the next line. */
  get awaits(): boolean {
    switch (this.#step) {
      case 'name':
        return isSecretCommand(this.#word) || (!isKnown(this.#word) && resembles(this.#word.slice(1)))
      case 'after':
        return true
      case 'parameter':
        return this.#parameters.awaits
      case 'rest':
        return ',=:'.includes(this.#last)
      default:
        return false
    }
  }

  /** State for a line after one that awaits a secret: it is the secret, unless it begins like a command. */
  awaited(char: string): string | null {
    if (this.#lead === '' || this.#lead === 'A') return null
    if (this.#lead !== 'AT' && this.#lead !== 'A/') return this.#enterRest()
    this.#step = 'start'
    this.#prefixed = true
    return char === '/' ? this.args(char) : null
  }

  /** State where a command may begin: after AT, basic commands or a semicolon. The prefix of a name may be missing. */
  start(char: string): string | null {
    if (isLetter(char)) {
      if (this.#word.length <= LONGEST_NAME_CHARS) this.#word += char
      if (!this.#prefixed && this.#first && /^A+T$/.test(this.#word)) {
        this.#prefixed = true
        this.#word = ''
      }
      return null
    }
    const word = this.#word
    // Before AT, and between its letters.
    if (char === ' ' && !this.#prefixed && (word === '' || word === 'A')) return null
    this.#word = ''
    const slip = this.#prefixed || (this.#first && char === '=')
    this.#first = false
    if (slip && !COMMAND_PREFIXES.includes(char) && resembles(word)) return this.#suspect(char)
    if ((this.#prefixed ? WRONG_PREFIXES : COMMAND_PREFIXES).includes(char)) return this.#beginName(char)
    if (char === ' ' || char === ';' || isDigit(char)) return null
    this.#step = 'args'
    this.#quoted = false
    return this.args(char)
  }

  name(char: string): string | null {
    const word = this.#word
    if (isLetter(char) || isDigit(char) || SLIPS.includes(char)) return this.#longerName(char)
    const bearing = isSecretCommand(word) || isSecretBehindAnyPrefix(word)
    // A space within the name is a typing mistake; a PIN after it is still a PIN.
    if (char === ' ' && !bearing)
      return mayBecomeKnown(word) || this.#inText || !resembles(word.slice(1)) ? null : this.#suspect(char)
    if (this.#inText) {
      if (isSecretCommand(word) && (char === '=' || (char === '*' && word.startsWith('*'))))
        return this.#parametersOf(word, char)
      this.#step = 'args'
      return this.args(char)
    }
    if (secretsOf(word)) return this.#parametersOf(word, char)
    if (!isKnown(word) && resembles(word.slice(1))) return this.#suspect(char)
    this.#step = 'args'
    this.#quoted = false
    return this.args(char)
  }

  #longerName(char: string): string | null {
    const word = this.#word
    const longer = word + char
    if (!mayBecomeKnown(longer) && !this.#inText) {
      if (isSecretCommand(word) || isSecretBehindAnyPrefix(word)) return this.#enterRest()
      if (isDigit(char) && !isKnown(word) && resembles(word.slice(1))) return this.#enterRest()
      // &C1, &FE0: the name is complete, and basic commands need no separator.
      if (
        word.length === 2 &&
        BASIC_PREFIXES.includes(word.charAt(0)) &&
        isKnown(word) &&
        !mayBecomeSecret(longer.slice(1))
      ) {
        this.#step = 'start'
        this.#word = ''
        this.#prefixed = true
        return this.start(char)
      }
    }
    if (word.length <= LONGEST_NAME_CHARS) this.#word = longer
    return null
  }

  /** State after the name of a command with a secret. */
  after(char: string): string | null {
    if (char === ' ' || char === '?') return null
    if (char === '=') {
      this.#parameters = new ParameterScan(this.#secrets)
      this.#step = 'parameter'
      return null
    }
    return char === ';' ? this.#leave() : this.#enterRest()
  }

  /** State for parameters that a host adds to a command without a declared secret. */
  added(char: string): string | null {
    if (char === '"') this.#quoted = !this.#quoted
    else if (char === ',' && !this.#quoted) this.#index += 1
    else if (this.#quoted || !isCommandBoundary(char)) {
      const secret = this.#secrets?.[this.#index] ?? null
      return secret !== null && (this.#quoted || (!secret.quotedOnly && char !== ' ')) ? secret.name : null
    } else return this.args(char)
    return null
  }

  /** State in the parameters of a command with a secret. */
  parameter(char: string): string | null {
    const secret = this.#parameters.push(char)
    this.#step = this.#parameters.step
    return secret
  }

  /** State after a semicolon: the next command, or the rest of a password. */
  semicolon(char: string): string | null {
    if (char === ' ' || char === ';') return null
    return COMMAND_PREFIXES.includes(char) ? this.#beginName(char) : this.#enterRest()
  }

  /**
   * State in the parameters of a command without secrets. What looks like another command's name may be one after a
   * missing semicolon.
   */
  args(char: string): string | null {
    if (char === '"') this.#quoted = !this.#quoted
    else if (char === ';' && !this.#quoted) return this.#leave()
    else if (EXTENDED_PREFIXES.includes(char) || (!this.#quoted && '!%&'.includes(char))) {
      const quoted = this.#quoted
      this.#beginName(char)
      this.#inText = quoted
    }
    return null
  }

  /** Everything up to the end of the line is secret. */
  rest(_char: string): string {
    return MISTYPED
  }

  #beginName(prefix: string): null {
    this.#word = prefix
    this.#inText = false
    this.#step = 'name'
    return null
  }

  #parametersOf(name: string, char: string): string | null {
    this.#secrets = secretsOf(name)
    if (!isSecretCommand(name)) {
      this.#index = 0
      this.#quoted = false
      this.#step = 'added'
      return this.added(char)
    }
    this.#step = 'after'
    return this.after(char)
  }

  #suspect(char: string): string | null {
    this.#secrets = null
    this.#step = 'after'
    return this.after(char)
  }

  #leave(): null {
    this.#step = 'start'
    this.#word = ''
    this.#prefixed = true
    this.#quoted = false
    return null
  }

  #enterRest(): string {
    this.#step = 'rest'
    return MISTYPED
  }
}

type Step = 'start' | 'name' | 'after' | 'added' | ParameterStep | 'args' | 'awaited'

/** Bytes that are not ASCII (and DEL) count as letters: in a name they are typing mistakes. */
const isLetter = (char: string): boolean => (char >= 'A' && char <= 'Z') || char >= '\x7f'

const EXTENDED_PREFIXES = '+#$@*^'
const BASIC_PREFIXES = '&%\\'
const COMMAND_PREFIXES = EXTENDED_PREFIXES + BASIC_PREFIXES
/** Characters before a name at the start of a command, right or wrong. */
const WRONG_PREFIXES = `${COMMAND_PREFIXES}!~|-_.:<>/`
/** Characters typed within a name by mistake. */
const SLIPS = "-_./'`~"
/** Ends the parameters of a command, or begins another command after a missing semicolon. */
const isCommandBoundary = (char: string): boolean => char === ';' || EXTENDED_PREFIXES.includes(char)
