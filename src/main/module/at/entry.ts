import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'

/**
 * What is typed after the `>` prompt (at-reference 1.2, D-10): text that Ctrl-Z ends and ESC abandons, where the
 * backspace takes the last byte back. What exceeds the limit is dropped and counted (D-8, D-12).
 */
export class TextEntry implements Entry {
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

  /** Ctrl-Z may come at any byte. */
  get missingBytes(): null {
    return null
  }

  content(): { bytes: Uint8Array; surplusBytes: number } {
    return { bytes: this.bytes.slice(0, this.length), surplusBytes: this.surplusBytes }
  }
}

/**
 * Data whose length was announced (G-3.3-6, D-9): every byte is data, and the entry ends by itself when all have come.
 */
export class CountedEntry implements Entry {
  private readonly bytes: Uint8Array
  private length = 0

  constructor(byteCount: number) {
    this.bytes = new Uint8Array(byteCount)
  }

  push(byte: number): EntryEvent {
    this.bytes[this.length++] = byte
    return this.length === this.bytes.length ? 'complete' : 'taken'
  }

  get missingBytes(): number {
    return this.bytes.length - this.length
  }

  content(): { bytes: Uint8Array; surplusBytes: number } {
    return { bytes: this.bytes, surplusBytes: 0 }
  }
}

/** What gathers the bytes after a prompt. */
export interface Entry {
  push(byte: number): EntryEvent
  /** How many bytes complete it; null where that is not known. */
  readonly missingBytes: number | null
  content(): { bytes: Uint8Array; surplusBytes: number }
}

/** `complete`: this byte was data and the last one; `entered`: this byte was Ctrl-Z and is none. */
export type EntryEvent = 'taken' | 'complete' | 'deleted' | 'ignored' | 'entered' | 'abandoned'

/** Gets what was entered at a prompt, and how many bytes too many there were. */
export type EntryListener = (bytes: Uint8Array, surplusBytes: number) => void

/** D-39: a counted entry without a byte for so long is given up, milliseconds of module time. */
export const ENTRY_LIMIT_MS = 60_000

/** Why a counted entry was given up; `entry` is as far as it came. */
export function entryTimeout(entry: Entry): CommandFailure {
  const announcedBytes = entry.content().bytes.length
  const gotBytes = announcedBytes - (entry.missingBytes ?? 0)
  return hostFailure(
    null,
    `No byte came for ${ENTRY_LIMIT_MS / 1000} s after ${gotBytes} of the ${announcedBytes} announced; nothing was stored or sent.`,
    {
      expected: `${announcedBytes} bytes`,
      got: `${gotBytes}`,
      rule: 'D-39',
      finding: 'entry-timeout',
      facts: [
        { kind: 'timer', name: 'command', limitMs: ENTRY_LIMIT_MS },
        { kind: 'size', label: 'entry', gotBytes, limitBytes: announcedBytes }
      ]
    }
  )
}

const BACKSPACE = 0x08
const CTRL_Z = 0x1a
const ESC = 0x1b
