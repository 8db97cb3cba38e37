import { LineScan } from './line-scan.ts'

/**
 * Finds the secrets of a command line while it is typed, byte by byte, so that it makes no difference where the writes of the host
 * are cut. A line in which something is taken back is read three times: as the module reads it, as a terminal shows it where both
 * BS and DEL take back, and as it was typed. What is secret in one of them is secret.
 */
export class LineSecrets {
  #module = new EditedLine()
  /** The other two readings; null while they are the same as the first. */
  #others: { readonly terminal: EditedLine; readonly typed: EditedLine } | null = null

  /** Takes one byte; returns the name of the secret that it is a part of, or null. `terminator` and `editing`: S3 and S5. */
  push(byte: number, terminator: number, editing: number): string | null {
    if (byte === terminator) {
      this.#begin(this.#awaits())
      return null
    }
    const takesBack = byte === editing || byte === BACKSPACE || byte === DELETE
    if (takesBack) this.#others ??= { terminal: this.#module.copy(), typed: this.#module.copy() }
    this.#others?.terminal[takesBack ? 'takeBack' : 'push'](byte)
    if (byte === editing) {
      this.#module.takeBack()
      return null
    }
    // No part of a line (the editor passes over them too).
    if (byte < SPACE) return null
    const secret = this.#module.push(byte)
    if (!this.#others) return secret
    const { terminal, typed } = this.#others
    const other = takesBack ? null : (typed.push(byte) ?? terminal.secret)
    return secret ?? other
  }

  /** Forgets the line that was begun. */
  reset(): void {
    this.#begin(false)
  }

  #begin(awaited: boolean): void {
    this.#module.begin(awaited)
    this.#others = null
  }

  #awaits(): boolean {
    const { terminal, typed } = this.#others ?? {}
    return this.#module.awaits || (terminal?.awaits ?? false) || (typed?.awaits ?? false)
  }
}

/** One reading of a line, of which characters can be taken back. */
class EditedLine {
  #scan = LineScan.line(false)
  #awaited = false
  readonly #bytes: number[] = []
  /** Copies of the scan, one before every so many bytes: taking back goes on from the last. */
  #copies: LineScan[] = []
  /** Bytes beyond those that are kept. */
  #surplus = 0
  /** What the last byte was a part of. */
  secret: string | null = null

  begin(awaited: boolean): void {
    this.#scan = LineScan.line(awaited)
    this.#awaited = awaited
    this.#bytes.length = 0
    this.#copies = []
    this.#surplus = 0
    this.secret = null
  }

  copy(): EditedLine {
    const copy = new EditedLine()
    copy.#scan = this.#scan.copy()
    copy.#awaited = this.#awaited
    copy.#bytes.push(...this.#bytes)
    copy.#copies = [...this.#copies]
    copy.#surplus = this.#surplus
    return copy
  }

  /** Whether the next line may be the secret: this one stopped before it, or is empty as the lines before. */
  get awaits(): boolean {
    return this.#bytes.length === 0 ? this.#awaited : this.#scan.awaits
  }

  push(byte: number): string | null {
    this.secret = null
    if (byte < SPACE) return null
    if (this.#bytes.length < MAX_KEPT_BYTES) {
      if (this.#bytes.length % COPY_EVERY === 0) this.#copies.push(this.#scan.copy())
      this.#bytes.push(byte)
    } else this.#surplus += 1
    this.secret = this.#scan.push(UPPER_CASE[byte] ?? '')
    return this.secret
  }

  /** What was typed before decides again: the corrected line is another line. */
  takeBack(): void {
    this.secret = null
    if (this.#surplus > 0) {
      this.#surplus -= 1
      return
    }
    if (this.#bytes.pop() === undefined) return
    const at = Math.floor(this.#bytes.length / COPY_EVERY)
    const copy = this.#copies[at]
    if (!copy) return
    this.#scan = copy.copy()
    this.#copies.length = at + 1
    if (this.#bytes.length % COPY_EVERY === 0) this.#copies.length = at
    for (const byte of this.#bytes.slice(at * COPY_EVERY)) this.#scan.push(UPPER_CASE[byte] ?? '')
  }
}

const UPPER_CASE = Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x61 && byte <= 0x7a ? String.fromCharCode(byte - 0x20) : String.fromCharCode(byte)
)
const SPACE = 0x20
const BACKSPACE = 0x08
const DELETE = 0x7f
/** No command line is longer; what is typed beyond it is read, and cannot be taken back. */
const MAX_KEPT_BYTES = 1024
/** So taking back reads few characters again, and typing copies seldom. */
const COPY_EVERY = 16
