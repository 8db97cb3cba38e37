import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'

/**
 * Text at the `>` prompt (at-reference 1.2, D-10). Ctrl-Z ends it, ESC cancels it, and a backspace deletes the last
 * byte. Bytes beyond the limit are dropped and counted (D-8, D-12).
 */
export class TextEntry implements Entry {
  private readonly bytes: Uint8Array
  private length = 0
  private surplusBytes = 0

  /** `maxBytes` is what the command can use. The buffer is never larger. */
  constructor(maxBytes: number) {
    this.bytes = new Uint8Array(maxBytes)
  }

  /** Takes one byte and returns its effect. */
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

  /** Not known: Ctrl-Z may come at any time. */
  get missingBytes(): null {
    return null
  }

  content(): { bytes: Uint8Array; surplusBytes: number } {
    return { bytes: this.bytes.slice(0, this.length), surplusBytes: this.surplusBytes }
  }
}

/** Data of announced length (G-3.3-6, D-9). Every byte is data, and the entry ends when all have come. */
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

/** Collects the bytes after a prompt. */
export interface Entry {
  push(byte: number): EntryEvent
  /** Number of bytes that are missing; `null` where that is not known. */
  readonly missingBytes: number | null
  content(): { bytes: Uint8Array; surplusBytes: number }
}

/** `complete`: this byte was data and the last one. `entered`: this byte was Ctrl-Z. */
export type EntryEvent = 'taken' | 'complete' | 'deleted' | 'ignored' | 'entered' | 'abandoned'

/** Gets what was entered at a prompt, how many bytes too many there were, and the events that brought it, the oldest first. */
export type EntryListener = (bytes: Uint8Array, surplusBytes: number, causes: readonly number[]) => void

/** A counted entry that gets no byte for so long is cancelled, in milliseconds of module time (D-39). */
export const ENTRY_LIMIT_MS = 60_000

/** Returns the failure for a counted entry that timed out. */
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
