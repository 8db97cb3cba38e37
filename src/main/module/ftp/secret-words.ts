import { bytesOf } from '../at/output-buffer.ts'

/**
 * User and password that were sent to a server. It may repeat them in its replies, possibly split over two segments.
 * Then the timeline gets asterisks.
 */
export class SecretWords {
  private readonly words = new Set<string>()
  /** The last bytes of the stream, in which a word may have begun. */
  private before: readonly number[] = []

  add(word: string): void {
    if (word.length >= SHORTEST_SOUGHT_CHARS) this.words.add(word)
  }

  /** Masks the words in a text for people. */
  hidden(text: string): string {
    return [...this.words].reduce((left, word) => left.replaceAll(word, '***'), text)
  }

  /** Masks the words in a text with one asterisk per character, so that its length stays the same. */
  starred(text: string): string {
    return [...this.words].reduce((left, word) => left.replaceAll(word, '*'.repeat(word.length)), text)
  }

  /** Masks the next bytes of a stream. Returns the same array when there is nothing to mask. */
  shown(bytes: Uint8Array): Uint8Array {
    if (this.words.size === 0) return bytes
    const joined = Uint8Array.from([...this.before, ...bytes])
    const masked = joined.slice()
    for (const word of this.words) maskWord(bytesOf(word), joined, masked)
    const behind = this.before.length
    const longest = Math.max(...[...this.words].map((word) => word.length))
    this.before = [...joined.subarray(Math.max(0, joined.length - longest + 1))]
    const shown = masked.subarray(behind)
    return shown.every((byte, at) => byte === bytes[at]) ? bytes : shown
  }
}

/** Masks all occurrences of `word`, also one that the end of the bytes cuts off. */
function maskWord(word: Uint8Array, bytes: Uint8Array, masked: Uint8Array): void {
  for (let at = bytes.indexOf(word[0]!); at >= 0; at = bytes.indexOf(word[0]!, at + 1)) {
    const length = Math.min(word.length, bytes.length - at)
    let same = 1
    while (same < length && bytes[at + same] === word[same]) same += 1
    if (same === length) masked.fill(STAR, at, at + length)
  }
}

/** Shorter words occur in many replies by chance. */
const SHORTEST_SOUGHT_CHARS = 4
const STAR = 0x2a
