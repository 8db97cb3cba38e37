/**
 * Turns bytes into command lines (at-reference 1, D-19, D-20): finds the AT prefix, deletes on the editing character,
 * ends at the terminator, and knows A/. One byte at a time, because a line may change the meaning of the next byte.
 */
export class LineEditor {
  private state: 'before' | 'after-A' | 'body' = 'before'
  private prefixByte = 0
  /** Characters after an A that do not form a prefix; they can be deleted. */
  private strayChars = 0
  private readonly body: number[] = []
  /** The version for the timeline of each character in `body`. */
  private readonly shownBody: number[] = []
  private overflow = false
  /** Characters beyond the longest line. */
  private overflowChars = 0

  /** Takes one byte, of which the timeline may keep `shown`. Returns the event that it causes, or `null`. */
  push(byte: number, characters: EditingCharacters, shown = byte): LineEvent | null {
    switch (this.state) {
      case 'before':
        // Noise before AT is skipped.
        if (byte === UPPER_A || byte === LOWER_A) {
          this.prefixByte = byte
          this.state = 'after-A'
          this.strayChars = 0
        }
        return null
      case 'after-A':
        return this.afterA(byte, characters.editing)
      case 'body':
        return this.inBody(byte, characters, shown)
    }
  }

  /** Forgets the incomplete line. */
  reset(): void {
    this.state = 'before'
    this.body.length = 0
    this.shownBody.length = 0
    this.overflow = false
    this.overflowChars = 0
  }

  private afterA(byte: number, editing: number): LineEvent | null {
    if (byte === editing) {
      if (this.strayChars > 0) this.strayChars -= 1
      else this.state = 'before'
      return { kind: 'deleted' }
    }
    if (this.strayChars > 0) return this.stray(byte)
    if (byte === SLASH) {
      this.reset()
      return { kind: 'repeat' }
    }
    if (byte === UPPER_A || byte === LOWER_A) {
      this.prefixByte = byte
      return null
    }
    // AT or at: a mixed case is not a prefix (at-reference 1).
    if (byte !== this.prefixByte + (UPPER_T - UPPER_A)) return this.stray(byte)
    this.state = 'body'
    return null
  }

  /** Handles a wrong character in place of T. Only deleting it can still lead to a prefix. */
  private stray(byte: number): LineEvent | null {
    if (byte === UPPER_A || byte === LOWER_A) {
      this.prefixByte = byte
      this.strayChars = 0
    } else if (byte < SPACE) this.state = 'before'
    else this.strayChars += 1
    return null
  }

  private inBody(byte: number, { terminator, editing, maxChars }: EditingCharacters, shown: number): LineEvent | null {
    if (byte === terminator) {
      const event: LineEvent = this.overflow
        ? { kind: 'too-long', maxChars, chars: this.body.length + PREFIX_CHARS + this.overflowChars }
        : { kind: 'line', text: String.fromCharCode(...this.body), shown: String.fromCharCode(...this.shownBody) }
      this.reset()
      return event
    }
    if (byte === editing) {
      // When the body is empty, this deletes the T.
      this.shownBody.pop()
      if (this.body.pop() === undefined) this.state = 'after-A'
      return { kind: 'deleted' }
    }
    // LF and other control characters are not part of a command line.
    if (byte < SPACE) return null
    if (this.body.length + PREFIX_CHARS >= maxChars) {
      this.overflow = true
      this.overflowChars += 1
    } else {
      this.body.push(byte)
      this.shownBody.push(shown)
    }
    return null
  }
}

export interface EditingCharacters {
  /** The command line terminator, S3. */
  readonly terminator: number
  /** The editing character, S5. */
  readonly editing: number
  /** Longest line including the prefix (D-20). */
  readonly maxChars: number
}

export type LineEvent =
  /**
   * `text` is the body after AT, without the terminator. `shown` is its version for the timeline, of the same length.
   */
  | { readonly kind: 'line'; readonly text: string; readonly shown: string }
  /** `chars` is the number of typed characters, prefix included. */
  | { readonly kind: 'too-long'; readonly maxChars: number; readonly chars: number }
  /** A/ was typed. */
  | { readonly kind: 'repeat' }
  /** A character was deleted. */
  | { readonly kind: 'deleted' }

const UPPER_A = 0x41
const LOWER_A = 0x61
const UPPER_T = 0x54
const SLASH = 0x2f
const SPACE = 0x20
const PREFIX_CHARS = 2
