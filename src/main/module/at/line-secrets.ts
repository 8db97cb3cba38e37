import { LineScan } from './line-scan.ts'

/**
 * Finds the secrets of a command line while it is typed, byte by byte, so that it does not matter how the host splits
 * its writes. A line with deleted characters is read in three ways: as the module reads it, as a terminal shows it when
 * both BS and DEL delete, and as it was typed. What is secret in one of them is masked.
 */
export class LineSecrets {
  #module = new EditedLine()
  /** The other two readings; `null` while they equal the first. */
  #others: { readonly terminal: EditedLine; readonly typed: EditedLine } | null = null

  /**
   * Takes one byte. Returns the name of the secret that it belongs to, or `null`. `terminator` and `editing` are S3 and
   * S5.
   */
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
    // Not part of a line: the editor skips them too.
    if (byte < SPACE) return null
    const secret = this.#module.push(byte)
    if (!this.#others) return secret
    const { terminal, typed } = this.#others
    const other = takesBack ? null : (typed.push(byte) ?? terminal.secret)
    return secret ?? other
  }

  /** Forgets the incomplete line. */
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

/** One reading of a line, in which characters can be deleted. */
class EditedLine {
  #scan = LineScan.line(false)
  #awaited = false
  readonly #bytes: number[] = []
  /** Copies of the scan, one for every COPY_EVERY bytes. A deletion continues from the last one. */
  #copies: LineScan[] = []
  /** Bytes beyond MAX_KEPT_BYTES. */
  #surplus = 0
  /** The name of the secret that the last byte belongs to, or `null`. */
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

  /** Whether the next line may be the secret: this one stopped before it, or is as empty as those before it. */
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

  /** Reads the line again without its last byte. */
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
/** No command line is longer. Bytes beyond it are read and cannot be deleted. */
const MAX_KEPT_BYTES = 1024
/** A compromise: a deletion reads few characters again, and typing rarely copies. */
const COPY_EVERY = 16
