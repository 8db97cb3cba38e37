/** @module Keeps passwords and keys out of the timeline: remembers each secret and masks it wherever it occurs. */

import { keyForms } from './key-forms.ts'
import { KeyPieces, KeyWindows, SHORTEST_PIECE } from './key-pieces.ts'

/**
 * The secrets recognised so far: passwords and PINs as typed, and private keys in the forms in which they may appear
 * again. Limited to the newest ones. There is one for each module; each stream has its own reader.
 */
export class SecretMemory {
  #words: readonly Buffer[] = []
  #keys: readonly RememberedKey[] = []
  readonly pieces = new KeyPieces()

  /** Whether there is nothing to search for. */
  get isEmpty(): boolean {
    return this.#words.length === 0 && this.#keys.length === 0
  }

  get words(): readonly Buffer[] {
    return this.#words
  }

  get keyCount(): number {
    return this.#keys.length
  }

  /** Remembers a password or PIN, except one that occurs in many texts by chance. */
  rememberWord(word: Uint8Array): void {
    const text = Buffer.from(word).toString('latin1')
    if (text.length > MAX_WORD_CHARS || text.length < shortestChars(text)) return
    this.#words = [Buffer.from(text, 'latin1'), ...this.#words.filter((one) => one.toString('latin1') !== text)].slice(
      0,
      MAX_WORDS
    )
  }

  /** Remembers a private key in the form in which it was found. A longer version replaces its beginning. */
  rememberKey(key: Uint8Array): void {
    const source = Buffer.from(key.subarray(0, MAX_KEY_BYTES))
    const others = this.#keys.filter((one) => !one.source.equals(source.subarray(0, one.source.length)))
    this.#keys = [{ source, windows: new KeyWindows(keyForms(source)) }, ...others].slice(0, MAX_KEYS)
    this.pieces.keys = this.#keys.map(({ windows }) => windows)
  }

  /** Returns a text with remembered secrets masked, of the same length; the same string when there are none. */
  hidden(text: string): string {
    // Most texts are short and contain no word.
    if (
      this.isEmpty ||
      (text.length < SHORTEST_PIECE && !this.#words.some((word) => text.includes(word.toString('latin1'))))
    )
      return text
    const marks = new SecretReader(this).find(Buffer.from(text, 'latin1'))
    return marks ? Array.from({ length: text.length }, (_, at) => (marks[at] ? '*' : text.charAt(at))).join('') : text
  }
}

/**
 * Searches one stream of bytes for remembered secrets, also across its pieces. Bytes of earlier pieces can no longer be
 * masked.
 */
export class SecretReader {
  #before: Buffer = NOTHING

  constructor(private readonly memory: SecretMemory) {}

  /** Returns a mark for each byte that belongs to a secret, or `null` when there is none. */
  find(bytes: Uint8Array): Uint8Array | null {
    if (this.memory.isEmpty) return null
    const marks = this.#mayHold(bytes) ? this.#marks(bytes) : null
    const tail = Buffer.from(bytes.subarray(-MAX_WORD_CHARS))
    this.#before = tail.length === MAX_WORD_CHARS ? tail : Buffer.concat([this.#before, tail]).subarray(-MAX_WORD_CHARS)
    return marks
  }

  /** Quick check without a copy, since nearly all data has no secret. */
  #mayHold(bytes: Uint8Array): boolean {
    const { words, pieces } = this.memory
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const edge = Buffer.concat([this.#before, bytes.subarray(0, MAX_WORD_CHARS)])
    return (
      words.some((word) => edge.includes(word) || whole.includes(word)) ||
      pieces.mayHold(this.#before.subarray(-KEY_CONTEXT_BYTES), bytes)
    )
  }

  #marks(bytes: Uint8Array): Uint8Array | null {
    const { words, pieces } = this.memory
    const before = this.#before.length
    const joined = Buffer.concat([this.#before, bytes])
    const marks = new Uint8Array(joined.length)
    for (const word of words) {
      for (let at = joined.indexOf(word); at >= 0; at = joined.indexOf(word, at + word.length))
        marks.fill(1, at, at + word.length)
    }
    // For keys, only the end of the previous bytes is needed.
    const from = Math.max(0, before - KEY_CONTEXT_BYTES)
    pieces.mark(joined.subarray(from), marks.subarray(from))
    return marks.indexOf(1, before) >= 0 ? marks.subarray(before) : null
  }

  /** Returns the bytes with secrets masked; the same array when there are none. */
  masked(bytes: Uint8Array): Uint8Array {
    const marks = this.find(bytes)
    return marks ? bytes.map((byte, at) => (marks[at] ? STAR : byte)) : bytes
  }
}

interface RememberedKey {
  /** As it was found. */
  readonly source: Buffer
  readonly windows: KeyWindows
}

/** A host uses few passwords, and each is searched for in every piece of every stream. */
const MAX_WORDS = 16
/** Returns the length below which a word is not searched for: `secret` or 4711 have other meanings too. */
function shortestChars(text: string): number {
  // A number of eight digits is a PUK or a long PIN. A shorter one may be a port, a size or a time.
  if (/^\d*$/.test(text)) return 8
  // Letters of one case may be an ordinary word.
  return /^(?:[a-z ]*|[A-Z ]*)$/.test(text) ? 12 : 6
}
/** The longest password of #FTPOPEN. */
const MAX_WORD_CHARS = 100
/** A piece long enough to be marked, with line ends and colons in it. */
const KEY_CONTEXT_BYTES = 40
/** Three slots, and some keys that were typed in vain. */
const MAX_KEYS = 8
/** The largest key that a scanner finds. */
const MAX_KEY_BYTES = 16_384
const STAR = 0x2a
const NOTHING = Buffer.alloc(0)
