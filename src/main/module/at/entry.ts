/**
 * What is typed after the `>` prompt (at-reference 1.2, D-10): text that Ctrl-Z ends and ESC abandons, where the
 * backspace takes the last byte back. What exceeds the limit is dropped and counted (D-8, D-12).
 */
export class TextEntry {
  private readonly bytes: Uint8Array
  private length = 0
  private surplusBytes = 0

  /** `maxBytes`: what the command can use; the buffer is never larger. */
  constructor(maxBytes: number) {
    this.bytes = new Uint8Array(maxBytes)
  }

  /** Takes one byte; answers what it means for the one who types. */
  push(byte: number): EntryEvent {
    if (byte === CTRL_Z) return 'entered'
    if (byte === ESC) return 'abandoned'
    if (byte === BACKSPACE) {
      if (this.surplusBytes > 0) this.surplusBytes -= 1
      else if (this.length > 0) this.length -= 1
      else return 'ignored'
      return 'deleted'
    }
    if (this.length < this.bytes.length) this.bytes[this.length++] = byte
    else this.surplusBytes += 1
    return 'taken'
  }

  content(): { bytes: Uint8Array; surplusBytes: number } {
    return { bytes: this.bytes.slice(0, this.length), surplusBytes: this.surplusBytes }
  }
}

export type EntryEvent = 'taken' | 'deleted' | 'ignored' | 'entered' | 'abandoned'

const BACKSPACE = 0x08
const CTRL_Z = 0x1a
const ESC = 0x1b
