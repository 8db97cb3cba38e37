import { keyForms } from './key-forms.ts'
import { KeyPieces, KeyWindows } from './key-pieces.ts'

/**
 * The secrets that were recognised once: passwords and PINs as they were typed, and private keys in the forms in which they may show up
 * again. What is kept is limited: the newest secrets stay. One for each module; each stream has a reader of its own.
 */
export class SecretMemory {
  #words: readonly Buffer[] = []
  #keys: readonly RememberedKey[] = []
  readonly pieces = new KeyPieces()

  /** Whether there is nothing to look for. */
  get isEmpty(): boolean {
    return this.#words.length === 0 && this.#keys.length === 0
  }

  get words(): readonly Buffer[] {
    return this.#words
  }

  get keyCount(): number {
    return this.#keys.length
  }

  /** Remembers a password or PIN; not one that stands in many a text by chance. */
  rememberWord(word: Uint8Array): void {
    const text = Buffer.from(word).toString('latin1')
    if (text.length > MAX_WORD_CHARS || text.length < shortestChars(text)) return
    this.#words = [Buffer.from(text, 'latin1'), ...this.#words.filter((one) => one.toString('latin1') !== text)].slice(0, MAX_WORDS)
  }

  /** Remembers a private key in whatever form it was found; one that has grown since takes the place of its beginning. */
  rememberKey(key: Uint8Array): void {
    const source = Buffer.from(key.subarray(0, MAX_KEY_BYTES))
    const others = this.#keys.filter((one) => !one.source.equals(source.subarray(0, one.source.length)))
    this.#keys = [{ source, windows: new KeyWindows(keyForms(source)) }, ...others].slice(0, MAX_KEYS)
    this.pieces.keys = this.#keys.map(({ windows }) => windows)
  }

  /** A text with as many stars as it has characters of a remembered secret; the very same text when there are none. */
  hidden(text: string): string {
    if (this.isEmpty) return text
    const marks = new SecretReader(this).find(Buffer.from(text, 'latin1'))
    return marks ? Array.from({ length: text.length }, (_, at) => (marks[at] ? '*' : text.charAt(at))).join('') : text
  }
}

/** Looks for remembered secrets in one stream of bytes, also where its pieces cut them; what has gone by already cannot be masked any more. */
export class SecretReader {
  #before: Buffer = NOTHING

  constructor(private readonly memory: SecretMemory) {}

  /** Returns a mark for each byte that belongs to a secret, or null when none does. */
  find(bytes: Uint8Array): Uint8Array | null {
    const { memory } = this
    if (memory.isEmpty) return null
    const before = this.#before.length
    const joined = Buffer.concat([this.#before, bytes])
    const marks = new Uint8Array(joined.length)
    let found = false
    for (const word of memory.words) {
      for (let at = joined.indexOf(word); at >= 0; at = joined.indexOf(word, at + word.length)) {
        found = true
        marks.fill(1, at, at + word.length)
      }
    }
    // Of a key only the end of what came before is needed.
    const from = Math.max(0, before - KEY_CONTEXT_BYTES)
    found = memory.pieces.mark(joined.subarray(from), marks.subarray(from)) || found
    this.#before = joined.subarray(Math.max(0, joined.length - MAX_WORD_CHARS))
    if (joined.length > MAX_SHARED_BYTES) this.#before = Buffer.from(this.#before)
    return found && marks.indexOf(1, before) >= 0 ? marks.subarray(before) : null
  }

  /** Bytes with stars for secrets; the very same array when nothing in it is one. */
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

/** A bench types few passwords; each more is looked for in every piece of every stream. */
const MAX_WORDS = 16
/** Below this it is looked for nowhere: `secret` and 4711 mean other things as well. */
function shortestChars(text: string): number {
  // A number of eight digits is a PUK, or a long PIN; a shorter one may be a port, a size or a time.
  if (/^\d*$/.test(text)) return 8
  // Letters of one case are a word of the language.
  return /^(?:[a-z ]*|[A-Z ]*)$/.test(text) ? 12 : 6
}
/** As long as #FTPOPEN takes a password. */
const MAX_WORD_CHARS = 100
/** A piece that is worth a mark, with line ends and colons in it. */
const KEY_CONTEXT_BYTES = 40
/** Three slots, and some that were typed in vain. */
const MAX_KEYS = 8
/** The largest that a scanner finds. */
const MAX_KEY_BYTES = 16_384
/** Beyond it the end of a piece is copied, so that it does not keep the whole. */
const MAX_SHARED_BYTES = 4096
const STAR = 0x2a
const NOTHING = Buffer.alloc(0)
