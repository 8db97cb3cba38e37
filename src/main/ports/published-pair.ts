import { PortError } from './port-error.ts'
import type { PortLink } from './port-link.ts'
import { closePair, type PtyPair } from './pty-pair.ts'

/** Events of a link whose pair is replaced. */
export interface PublishedPairEvents {
  /** The pair has ended, and there is no other yet. */
  left(): void
  /** The link leads to this pair now. */
  published(pair: PtyPair): void
  /** Something that a person should know, as a sentence. */
  note(sentence: string): void
}

/**
 * The pair behind a port's link. A pair ends when a client that had it exclusively leaves. The next one replaces it at
 * once, so that the link is never unusable for long.
 */
export class PublishedPair {
  readonly #link: PortLink
  readonly #openPair: (ended: (pair: PtyPair) => void) => PtyPair
  readonly #events: PublishedPairEvents
  #current: PtyPair | null
  /** Replaces the pair when an exclusive client leaves. */
  #spare: PtyPair | null = null
  #path: string
  #recreate: NodeJS.Timeout | null = null
  #closed = false

  /**
   * Opens the first pair and publishes the link to it. Throws a `PortError` when that is not possible; nothing is open
   * then.
   */
  constructor(link: PortLink, openPair: (ended: (pair: PtyPair) => void) => PtyPair, events: PublishedPairEvents) {
    this.#link = link
    this.#openPair = openPair
    this.#events = events
    const first = this.#open()
    this.#publish(first)
    this.#current = first
    this.#path = first.path
  }

  /** `null` while no pair can be opened. */
  get current(): PtyPair | null {
    return this.#current
  }

  /** The slave of the newest pair. */
  get path(): string {
    return this.#path
  }

  /** Opens the next pair before the present one ends. */
  prepareNext(): void {
    if (this.#spare) return
    try {
      this.#spare = this.#open()
    } catch {
      // Not possible now: it is tried again when the pair has ended.
    }
  }

  #open(): PtyPair {
    return this.#openPair((pair) => this.#ended(pair))
  }

  /** Handles the end of a pair, which may come while the first is published. If it was the present one, another replaces it. */
  #ended(pair: PtyPair): void {
    closePair(pair)
    if (pair === this.#spare) this.#spare = null
    if (this.#closed || pair !== this.#current) return
    const spare = this.#spare
    this.#current = this.#spare = null
    // At once, so that whoever opens the link from now on gets the new pair.
    if (spare) this.#replace(() => spare)
    else this.#makeAnew()
  }

  /** Resolves once all pairs are closed. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#recreate) clearTimeout(this.#recreate)
    const pairs = [this.#current, this.#spare].filter((pair) => pair !== null)
    this.#current = this.#spare = null
    await Promise.all(pairs.map(endOf))
  }

  /** Publishes the link to the pair. Throws a `PortError` when that is not possible; the pair is then closed. */
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
    this.#replace(() => this.#open())
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

/** Interval for trying again when no pty can be opened. */
const RECREATE_MS = 2_000

/** Resolves once the pair is closed. */
async function endOf(pair: PtyPair): Promise<void> {
  const gone = pair.stream.closed ? null : new Promise<void>((resolve) => pair.stream.once('close', () => resolve()))
  closePair(pair)
  await gone
}
