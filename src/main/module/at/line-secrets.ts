import { EXTENDED_PREFIXES, type SecretRules } from './secret-rules.ts'

/**
 * Finds the secrets of a command line while it is typed, character by character, so that it makes no difference where the
 * writes of the host are cut. It reads what is typed and not what the line editor makes of it: a PIN behind a mistyped AT is a
 * PIN. In doubt a character is secret.
 */
export class LineSecrets {
  private raw = ''
  private step: Step = this.first
  private word = ''
  private names: readonly (string | null)[] = []
  private index = 0
  private quoted = false
  private closed = false
  private content = 0
  /** The line before stopped where a secret was to come, so this one may be it. */
  private awaited = false

  constructor(private readonly rules: SecretRules) {}

  /** Takes one byte; answers the name of the secret that it is a part of, or null. `terminator` and `editing`: S3 and S5. */
  push(byte: number, terminator: number, editing: number): string | null {
    if (byte === terminator) {
      this.awaited = this.awaitsSecret()
      this.raw = ''
      this.begin()
      return null
    }
    if (byte === editing) {
      this.takeBack()
      return null
    }
    // No part of a line (the editor passes over them too).
    if (byte < SPACE) return null
    const char = String.fromCharCode(byte).toUpperCase()
    if (this.raw.length < MAX_KEPT_CHARS) this.raw += char
    return this.step(char)
  }

  reset(): void {
    this.raw = ''
    this.awaited = false
    this.begin()
  }

  /** What was typed before decides again: the corrected line is another line. */
  private takeBack(): void {
    // Of a line that is longer than any command the start is enough.
    if (this.raw.length >= MAX_KEPT_CHARS) return
    this.raw = this.raw.slice(0, -1)
    this.begin()
    for (const char of this.raw) this.step(char)
  }

  private begin(): void {
    this.step = this.awaited ? this.awaitedSecret : this.first
    this.word = ''
  }

  /** CR came before the secret or within its quotes, or the module was asked whether it wants one: it may be typed alone now. */
  private awaitsSecret(): boolean {
    if (this.raw === '') return this.awaited
    if (this.step === this.rest) return this.raw.endsWith('=')
    if (this.step === this.name) return this.rules.secretsOf(this.word) !== null
    if (this.step !== this.parameter) return this.step === this.afterName
    return (this.names[this.index] ?? null) !== null && (this.quoted || this.content === 0) && !this.closed
  }

  /** Such a line: a secret, unless it begins as commands do. */
  private awaitedSecret(char: string): string | null {
    const typed = this.raw.trimStart()
    if (typed === '' || typed === 'A') return null
    if (typed !== 'AT' && typed !== 'A/') return this.enterRest()
    this.word = typed
    this.step = char === '/' ? this.between : this.first
    return null
  }

  /** The first word of the line, where the prefix of the command may be forgotten: `ATCPIN=`, `CPIN=`. */
  private first(char: string): string | null {
    if (/[A-Z]/.test(char)) {
      this.word += char
      return null
    }
    if (this.rules.resembles(this.word.replace(/^A+T/, '')) && !EXTENDED_PREFIXES.includes(char) && char !== '?') {
      this.step = this.rest
      return /[\dA-Z]/.test(char) ? this.rest() : null
    }
    this.word = ''
    if (char !== ' ') this.step = this.between
    return this.between(char)
  }

  /** Between commands, and in commands without secrets. */
  private between(char: string): string | null {
    if (EXTENDED_PREFIXES.includes(char)) {
      this.word = char
      this.step = this.name
    }
    return null
  }

  private name(char: string): string | null {
    const { rules, word } = this
    const bearing = rules.secretsOf(word) !== null
    // A space within the name is a slip; a PIN behind it is still one.
    if (char === ' ' && !bearing) return null
    const suspect = bearing || (!rules.isDeclared(word) && rules.resembles(word.slice(1)))
    if (/[A-Z\d]/.test(char)) {
      if (suspect && (bearing || /\d/.test(char)) && !rules.mayBecomeDeclared(word + char)) return this.enterRest()
      this.word += char
      return null
    }
    if (bearing) {
      this.names = rules.secretsOf(word)!
      this.step = this.afterName
      return this.afterName(char)
    }
    this.step = suspect && char !== '?' ? this.rest : this.between
    return suspect ? null : this.between(char)
  }

  private afterName(char: string): string | null {
    if (char === ' ') return null
    if (char === '=') {
      this.index = -1
      this.nextParameter()
      this.step = this.parameter
      return null
    }
    if (char === '?') return null
    if (char === ';') return this.leave()
    return this.enterRest()
  }

  private nextParameter(): void {
    this.index += 1
    this.quoted = this.closed = false
    this.content = 0
  }

  private parameter(char: string): string | null {
    if (this.index === 0 && this.content === 0 && char === '?') {
      this.step = this.afterName
      return null
    }
    const name = this.names[this.index] ?? null
    if (name !== null) return this.secretParameter(char, name)
    return this.names.slice(0, this.index).some((one) => one !== null) ? this.behindSecret(char) : this.beforeSecret(char)
  }

  /** Commas count even between quotes, or a quote that is not closed would hide which parameter is the secret one. */
  private beforeSecret(char: string): string | null {
    this.content += 1
    // Behind a server's colon comes its port; anything else is a password, as in ftp://user:password@server.
    if (/:\d*.$/.test(this.raw) && !/[\d/", ;]/.test(char)) return this.enterRest()
    if (char === '"') this.quoted = !this.quoted
    else if (char === ',') this.nextParameter()
    else if (char === ';' && !this.quoted) this.step = this.afterSemicolon
    return null
  }

  private secretParameter(char: string, name: string): string | null {
    if (this.quoted) {
      if (char !== '"') return name
      this.quoted = false
      this.closed = true
      return null
    }
    if (char === ',' && this.index + 1 < this.names.length) {
      this.nextParameter()
      return null
    }
    if (char === ' ' && (this.closed || this.content === 0)) return null
    if (char === ';') {
      this.step = this.afterSemicolon
      return null
    }
    if (this.closed) return this.enterRest()
    if (char === '"' && this.content === 0) {
      this.quoted = true
      return null
    }
    this.content += 1
    return name
  }

  /** A number of one digit, as #FTPOPEN's mode; more may be the end of a password with a comma in it. */
  private behindSecret(char: string): string | null {
    if (char === ' ' || char === ',') {
      if (char === ',') this.nextParameter()
      return null
    }
    if (char === ';') {
      this.step = this.afterSemicolon
      return null
    }
    this.content += 1
    return /\d/.test(char) && this.content === 1 ? null : this.enterRest()
  }

  /** The next command, or the rest of a password with a semicolon in it. */
  private afterSemicolon(char: string): string | null {
    if (char === ' ' || char === ';') return null
    if (EXTENDED_PREFIXES.includes(char) || '&%\\'.includes(char)) {
      this.step = this.between
      return this.between(char)
    }
    return this.enterRest()
  }

  private leave(): null {
    this.step = this.between
    return null
  }

  private enterRest(): string {
    this.step = this.rest
    return this.rest()
  }

  /** Everything up to the end of the line. */
  private rest(): string {
    return 'mistyped'
  }
}

type Step = (char: string) => string | null

const SPACE = 0x20
/** No command line is longer; what is typed beyond it can no longer be taken back. */
const MAX_KEPT_CHARS = 1024
