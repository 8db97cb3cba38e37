import { bytesOf } from '../at/output-buffer.ts'

/**
 * What was sent to a server and nobody should see: user and password. A server may say it again, in its answers or cut in
 * two, and then the timeline gets stars.
 */
export class SecretWords {
  private readonly words = new Set<string>()
  /** The end of the bytes that came before, as far as a word can have begun there. */
  private before: readonly number[] = []

  add(word: string): void {
    if (word.length >= SHORTEST_SOUGHT_CHARS) this.words.add(word)
  }

  /** A text for people. */
  hidden(text: string): string {
    return [...this.words].reduce((left, word) => left.replaceAll(word, '***'), text)
  }

  /** A text of the same length: a star for each character of a word. */
  starred(text: string): string {
    return [...this.words].reduce((left, word) => left.replaceAll(word, '*'.repeat(word.length)), text)
  }

  /** What may be kept of the next bytes of a stream; the very same array when nothing in it is secret. */
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

/** Stars for each place of `word`, also for one that the end of the bytes cuts. */
function maskWord(word: Uint8Array, bytes: Uint8Array, masked: Uint8Array): void {
  for (let at = bytes.indexOf(word[0]!); at >= 0; at = bytes.indexOf(word[0]!, at + 1)) {
    const length = Math.min(word.length, bytes.length - at)
    let same = 1
    while (same < length && bytes[at + same] === word[same]) same += 1
    if (same === length) masked.fill(STAR, at, at + length)
  }
}

/** Shorter ones stand in many an answer by chance. */
const SHORTEST_SOUGHT_CHARS = 4
const STAR = 0x2a
