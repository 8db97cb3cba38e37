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
 * Reads one command line character by character, and tells of each character at once whether it is a part of a secret. It reads what
 * a person may have meant as well as what the module reads: a PIN behind a mistyped name is a PIN. In doubt a character is secret.
 * Every character takes the same time, and what is kept of the line is a word.
 */
export class LineScan {
  #step: Step = 'start'
  /** The name, or the letters of a command position, in upper case. */
  #word = ''
  /** The first two characters, spaces left out. */
  #lead = ''
  /** The last character, spaces left out. */
  #last = ''
  /** The line has begun with AT. */
  #prefixed = false
  /** Nothing but letters has come yet. */
  #first = true
  /** The name stands within a quoted text: only exact ones count there. */
  #inText = false
  /** Of the command whose parameters come; null: its name is a mistyped one, and every parameter may be the secret. */
  #secrets: SecretParameters | null = null
  #index = 0
  #quoted = false
  #closed = false
  #content = 0
  /** A space has come behind the content of a parameter without quotes. */
  #gap = false
  /** A colon and digits have come: a port, or a password behind the name of the user. */
  #behindColon = false

  /** `awaited`: the line before stopped where a secret was to come, so this one may be it. */
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
    copy.#closed = this.#closed
    copy.#content = this.#content
    copy.#gap = this.#gap
    copy.#behindColon = this.#behindColon
    return copy
  }

  /** Takes a character in upper case; returns the name of the secret that it is a part of, or null. */
  push(char: string): string | null {
    if (char !== ' ') {
      if (this.#lead.length < 2) this.#lead += char
      this.#last = char
    }
    return this[this.#step](char)
  }

  /** Whether the line ended where a secret was to come, or asked whether one is wanted: it may be typed alone now. */
  get awaits(): boolean {
    switch (this.#step) {
      case 'name':
        return isSecretCommand(this.#word) || (!isKnown(this.#word) && resembles(this.#word.slice(1)))
      case 'after':
        return true
      case 'parameter':
        if (this.#closed || !(this.#quoted || this.#content === 0)) return false
        return this.#secrets === null || (this.#secrets[this.#index] ?? null) !== null
      case 'rest':
        return ',=:'.includes(this.#last)
      default:
        return false
    }
  }

  /** The line behind one that awaits a secret: the secret, unless it begins as commands do. */
  awaited(char: string): string | null {
    if (this.#lead === '' || this.#lead === 'A') return null
    if (this.#lead !== 'AT' && this.#lead !== 'A/') return this.#enterRest()
    this.#step = 'start'
    this.#prefixed = true
    return char === '/' ? this.args(char) : null
  }

  /** Where a command may begin: behind AT, behind basic commands, behind a semicolon. The prefix of a name may be forgotten. */
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
    // A space within the name is a slip; a PIN behind it is still one.
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
      // &C1, &FE0: the name is done, and basic commands need nothing between them.
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

  /** Behind a name whose command carries a secret. */
  after(char: string): string | null {
    if (char === ' ' || char === '?') return null
    if (char === '=') {
      this.#index = -1
      this.#nextParameter()
      this.#step = 'parameter'
      return null
    }
    return char === ';' ? this.#leave() : this.#enterRest()
  }

  /** Parameters that a host adds to a command which is declared without a secret. */
  added(char: string): string | null {
    if (char === '"') this.#quoted = !this.#quoted
    else if (char === ',' && !this.#quoted) this.#index += 1
    else if (this.#quoted || !isCommandBoundary(char)) {
      const secret = this.#secrets?.[this.#index] ?? null
      return secret !== null && (this.#quoted || (!secret.quotedOnly && char !== ' ')) ? secret.name : null
    } else return this.args(char)
    return null
  }

  parameter(char: string): string | null {
    const secrets = this.#secrets
    if (this.#index === 0 && this.#content === 0 && !this.#quoted && char === '?') {
      this.#step = 'after'
      return null
    }
    if (secrets === null) return char === ' ' ? null : this.#enterRest()
    const secret = secrets[this.#index] ?? null
    if (secret !== null) return this.#inSecret(char, secret)
    for (let at = 0; at < this.#index; at += 1) if (secrets[at]) return this.#behindSecret(char)
    return this.#beforeSecret(char)
  }

  /** Commas count even between quotes, or a quote that is not closed would hide which parameter is the secret one. */
  #beforeSecret(char: string): string | null {
    if (char === ',') return this.#nextParameter()
    if (char === ';' && !this.#quoted) {
      this.#step = 'semicolon'
      return null
    }
    if (char === ' ') {
      this.#gap = this.#content > 0 && !this.#quoted
      return null
    }
    // A comma is missing, and nobody knows any more which parameter this is.
    if (this.#closed || this.#gap || (char === '"' && this.#content > 0 && !this.#quoted)) return this.#enterRest()
    // Behind a server's colon comes its port; anything else is a password, as in ftp://user:password@server.
    if (this.#behindColon && !isDigit(char) && char !== '/' && char !== '"') return this.#enterRest()
    this.#behindColon = char === ':' || (this.#behindColon && isDigit(char))
    if (char === '"') {
      this.#closed = this.#quoted
      this.#quoted = !this.#quoted
    } else this.#content += 1
    return null
  }

  #inSecret(char: string, { name, shownChars }: NonNullable<SecretParameters[number]>): string | null {
    if (this.#quoted) {
      if (char === '"') {
        this.#quoted = false
        this.#closed = true
        return null
      }
      this.#content += 1
      return this.#content > shownChars ? name : null
    }
    if (char === ',' && this.#index + 1 < (this.#secrets?.length ?? 0)) return this.#nextParameter()
    if (char === ' ' && (this.#closed || this.#content === 0)) return null
    if (char === ';') {
      this.#step = 'semicolon'
      return null
    }
    if (this.#closed) return this.#enterRest()
    if (char === '"' && this.#content === 0) {
      this.#quoted = true
      return null
    }
    this.#content += 1
    return this.#content > shownChars ? name : null
  }

  /** A number of one digit, as #FTPOPEN's mode; more may be the end of a password with a comma in it. */
  #behindSecret(char: string): string | null {
    if (char === ' ') return null
    if (char === ',') return this.#nextParameter()
    if (char === ';') {
      this.#step = 'semicolon'
      return null
    }
    this.#content += 1
    return isDigit(char) && this.#content === 1 ? null : this.#enterRest()
  }

  #nextParameter(): null {
    this.#index += 1
    this.#quoted = this.#closed = this.#gap = this.#behindColon = false
    this.#content = 0
    return null
  }

  /** The next command, or the rest of a password with a semicolon in it. */
  semicolon(char: string): string | null {
    if (char === ' ' || char === ';') return null
    return COMMAND_PREFIXES.includes(char) ? this.#beginName(char) : this.#enterRest()
  }

  /** The parameters of a command without secrets; what looks like the name of another command may be one, for a semicolon is soon forgotten. */
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

  /** Everything up to the end of the line. */
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

type Step = 'start' | 'name' | 'after' | 'added' | 'parameter' | 'semicolon' | 'args' | 'rest' | 'awaited'

/** How a secret is called that stands where none is declared. */
export const MISTYPED = 'mistyped'

/** Bytes that are no ASCII (DEL among them) are taken for letters: in a name they are slips. */
const isLetter = (char: string): boolean => (char >= 'A' && char <= 'Z') || char >= '\x7f'
const isDigit = (char: string): boolean => char >= '0' && char <= '9'

const EXTENDED_PREFIXES = '+#$@*^'
const BASIC_PREFIXES = '&%\\'
const COMMAND_PREFIXES = EXTENDED_PREFIXES + BASIC_PREFIXES
/** What stands before a name at the beginning of a command, rightly or wrongly. */
const WRONG_PREFIXES = `${COMMAND_PREFIXES}!~|-_.:<>/`
/** Typed within a name by mistake. */
const SLIPS = "-_./'`~"
/** Ends the parameters of a command, or begins another where the semicolon was forgotten. */
const isCommandBoundary = (char: string): boolean => char === ';' || EXTENDED_PREFIXES.includes(char)
