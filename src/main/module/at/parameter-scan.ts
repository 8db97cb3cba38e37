import type { SecretParameters } from './secret-rules.ts'

/** Reads the parameters of one command with a secret, character by character. In doubt a character is secret. */
export class ParameterScan {
  /** What comes next: `parameter` as long as the parameters go on. */
  step: ParameterStep = 'parameter'
  #index = 0
  #quoted = false
  #closed = false
  /** Characters of the present parameter, without spaces and quotes. */
  #content = 0
  /** A space came after the content of an unquoted parameter. */
  #gap = false
  /** A colon and digits came: a port, or a password after a user name. */
  #behindColon = false
  readonly #secrets: SecretParameters | null

  /** `secrets` is `null` for a mistyped name, where every parameter may be the secret. */
  constructor(secrets: SecretParameters | null) {
    this.#secrets = secrets
  }

  copy(): ParameterScan {
    const copy = new ParameterScan(this.#secrets)
    copy.step = this.step
    copy.#index = this.#index
    copy.#quoted = this.#quoted
    copy.#closed = this.#closed
    copy.#content = this.#content
    copy.#gap = this.#gap
    copy.#behindColon = this.#behindColon
    return copy
  }

  /** Whether a line that ends here may leave a secret for the next one. */
  get awaits(): boolean {
    if (this.#closed || !(this.#quoted || this.#content === 0)) return false
    return this.#secrets === null || (this.#secrets[this.#index] ?? null) !== null
  }

  /** Takes a character in upper case. Returns the name of the secret that it belongs to, or `null`. */
  push(char: string): string | null {
    const secrets = this.#secrets
    if (this.#index === 0 && this.#content === 0 && !this.#quoted && char === '?') return this.#leave('after')
    if (secrets === null) return char === ' ' ? null : this.#enterRest()
    const secret = secrets[this.#index] ?? null
    if (secret !== null) return this.#inSecret(char, secret)
    for (let at = 0; at < this.#index; at += 1) if (secrets[at]) return this.#behindSecret(char)
    return this.#beforeSecret(char)
  }

  /** Commas count even inside quotes, or an unclosed quote would hide which parameter is the secret. */
  #beforeSecret(char: string): string | null {
    if (char === ',') return this.#nextParameter()
    if (char === ';' && !this.#quoted) return this.#leave('semicolon')
    if (char === ' ') {
      this.#gap = this.#content > 0 && !this.#quoted
      return null
    }
    // A comma is missing, so it is unknown which parameter this is.
    if (this.#closed || this.#gap || (char === '"' && this.#content > 0 && !this.#quoted)) return this.#enterRest()
    // After a server's colon comes its port. Anything else is a password, as in ftp://user:password@server.
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
    if (char === ';') return this.#leave('semicolon')
    if (this.#closed) return this.#enterRest()
    if (char === '"' && this.#content === 0) {
      this.#quoted = true
      return null
    }
    this.#content += 1
    return this.#content > shownChars ? name : null
  }

  /** State after a secret. One digit may be a mode, as in #FTPOPEN; more may be the end of a password with a comma. */
  #behindSecret(char: string): string | null {
    if (char === ' ') return null
    if (char === ',') return this.#nextParameter()
    if (char === ';') return this.#leave('semicolon')
    this.#content += 1
    return isDigit(char) && this.#content === 1 ? null : this.#enterRest()
  }

  #nextParameter(): null {
    this.#index += 1
    this.#quoted = this.#closed = this.#gap = this.#behindColon = false
    this.#content = 0
    return null
  }

  #leave(step: ParameterStep): null {
    this.step = step
    return null
  }

  /** Everything up to the end of the line is secret. */
  #enterRest(): string {
    this.step = 'rest'
    return MISTYPED
  }
}

export type ParameterStep = 'parameter' | 'after' | 'semicolon' | 'rest'

/** The name of a secret where none is declared. */
export const MISTYPED = 'mistyped'

export const isDigit = (char: string): boolean => char >= '0' && char <= '9'
