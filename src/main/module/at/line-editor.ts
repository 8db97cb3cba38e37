/**
 * Bytes to command lines (at-reference 1, D-19, D-20): finds the AT prefix, echoes, deletes on the editing character,
 * ends at the terminator, knows A/. One byte at a time, because a line may change what the next byte means.
 */
export class LineEditor {
  private state: 'before' | 'after-A' | 'body' = 'before'
  private prefixByte = 0
  /** Characters after an A that make no prefix, and can be taken back. */
  private strayChars = 0
  private readonly body: number[] = []
  /** What may be kept of each character of the body. */
  private readonly shownBody: number[] = []
  private overflow = false
  /** Characters that had no room any more. */
  private overflowChars = 0

  /** Takes one byte, of which the timeline may keep `shown`; answers what it completed, if anything. */
  push(byte: number, characters: EditingCharacters, shown = byte): LineEvent | null {
    switch (this.state) {
      case 'before':
        // Whatever is not a prefix is no command: noise before AT is passed over.
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

  /** Forgets a line that was begun. */
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
    // AT or at; a mixed case is not a prefix (at-reference 1).
    if (byte !== this.prefixByte + (UPPER_T - UPPER_A)) return this.stray(byte)
    this.state = 'body'
    return null
  }

  /** A mistyped T: the person may take it back, and nothing else will make a prefix of it. */
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
      // With nothing left in the body it is the T that goes.
      this.shownBody.pop()
      if (this.body.pop() === undefined) this.state = 'after-A'
      return { kind: 'deleted' }
    }
    // LF and other control characters are no part of a command line.
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
  /** S3. */
  readonly terminator: number
  /** S5. */
  readonly editing: number
  /** Longest line with its prefix (D-20). */
  readonly maxChars: number
}

export type LineEvent =
  /** The body after AT, without the terminator; `shown`: what may be kept of it, character for character. */
  | { readonly kind: 'line'; readonly text: string; readonly shown: string }
  /** `chars`: what was typed, the prefix included. */
  | { readonly kind: 'too-long'; readonly maxChars: number; readonly chars: number }
  /** A/ */
  | { readonly kind: 'repeat' }
  /** A character was taken back. */
  | { readonly kind: 'deleted' }

const UPPER_A = 0x41
const LOWER_A = 0x61
const UPPER_T = 0x54
const SLASH = 0x2f
const SPACE = 0x20
const PREFIX_CHARS = 2
