import { PortError } from './port-error.ts'
import type { PortLink } from './port-link.ts'
import { closePair, type PtyPair } from './pty-pair.ts'

/** What follows when the pair behind a link is another one. */
export interface PublishedPairEvents {
  /** Nobody has the port any more: the pair has ended, and no other stands in its place yet. */
  left(): void
  /** The link leads to this pair now. */
  published(pair: PtyPair): void
  /** What a person should know, a sentence. */
  note(sentence: string): void
}

/**
 * The pair that a port's link leads to. A pair ends when a client that had it exclusively leaves; the next one takes its place at once, so
 * that the link is never closed to everybody for long.
 */
export class PublishedPair {
  readonly #link: PortLink
  readonly #open: () => PtyPair
  readonly #events: PublishedPairEvents
  #current: PtyPair | null
  /** Takes the place of the pair when an exclusive client leaves, which is the pair's end. */
  #spare: PtyPair | null = null
  #path: string
  #recreate: NodeJS.Timeout | null = null
  #closed = false

  /** Opens the first pair and leads the link to it. Throws a `PortError` when that cannot be; nothing is open then. */
  constructor(link: PortLink, open: () => PtyPair, events: PublishedPairEvents) {
    this.#link = link
    this.#open = open
    this.#events = events
    const first = open()
    this.#publish(first)
    this.#current = first
    this.#path = first.path
  }

  /** `null` while none is to be had. */
  get current(): PtyPair | null {
    return this.#current
  }

  /** The slave of the newest pair. */
  get path(): string {
    return this.#path
  }

  /** Makes the next pair before the present one ends. */
  prepareNext(): void {
    if (this.#spare) return
    try {
      this.#spare = this.#open()
    } catch {
      // None to be had now: it is tried again once the pair has ended.
    }
  }

  /** A pair has ended; where it was the present one, another takes its place. */
  ended(pair: PtyPair): void {
    closePair(pair)
    if (pair === this.#spare) this.#spare = null
    if (this.#closed || pair !== this.#current) return
    const spare = this.#spare
    this.#current = this.#spare = null
    // At once: whoever opens the link from now on gets the new one.
    if (spare) this.#replace(() => spare)
    else this.#makeAnew()
  }

  /** Resolves once the system has every pair back. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#recreate) clearTimeout(this.#recreate)
    const pairs = [this.#current, this.#spare].filter((pair) => pair !== null)
    this.#current = this.#spare = null
    await Promise.all(pairs.map(endOf))
  }

  /** Leads clients to the pair. Throws a `PortError` when the link cannot be made; the pair is closed then. */
  #publish(pair: PtyPair): void {
    try {
      this.#link.pointTo(pair.path)
    } catch (error) {
      closePair(pair)
      throw error
    }
  }

  #makeAnew(): void {
    this.#recreate = null
    this.#replace(this.#open)
  }

  #replace(next: () => PtyPair): void {
    try {
      const pair = next()
      this.#publish(pair)
      this.#events.left()
      this.#current = pair
      this.#path = pair.path
      this.#events.published(pair)
      this.#events.note(`The pty was made anew as ${pair.path}; ${this.#link.path} points there.`)
    } catch (error) {
      this.#events.left()
      const sentence =
        error instanceof PortError ? error.message : `The pty could not be made anew: ${(error as Error).message}.`
      this.#events.note(sentence)
      this.#recreate = setTimeout(() => this.#makeAnew(), RECREATE_MS)
    }
  }
}

/** No pty to be had when the pair broke: look again this often. */
const RECREATE_MS = 2_000

/** Resolves once the system has the pair back. */
async function endOf(pair: PtyPair): Promise<void> {
  const gone = pair.stream.closed ? null : new Promise<void>((resolve) => pair.stream.once('close', () => resolve()))
  closePair(pair)
  await gone
}
