import type { Clock, Timer } from '../../../shared/contracts/clock.ts'

/**
 * Which LF (or CR) after an ended line is noise (D-11, D-8). Many hosts end lines with CR LF; the LF must not become
 * the first byte of a certificate or of online data, yet a payload may begin with 0x0A.
 */
export class LineFeedRule {
  readonly #clock: Clock
  /** When a line ended with CR, and no byte has come since; `null` otherwise. */
  #lineEndedMs: number | null = null
  /** Runs `over` when no LF has come within the time that it may take. */
  wait(over: () => void): void {
    this.#waiting = this.#clock.schedule(LINE_FEED_WAIT_MS, over)
  }

  waitNoLonger(): void {
    this.#waiting?.cancel()
    this.#waiting = null
  }

  /** The prompt, or CONNECT, has gone out since. */
  #answered = false
  /** An entry ended; terminals send a CR after Ctrl-Z, and some hosts a Ctrl-Z after counted data (D-8, D-9). */
  #afterEntry: 'no' | 'text' | 'counted' | 'cr' = 'no'
  /** The line that ended last had an LF behind its CR. */
  #lastHadLineFeed = false
  /** So had the line before it. */
  #lineBeforeHad = false

  /** Runs out when the LF that a line waits for does not come; `null` while none does. */
  #waiting: Timer | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Another client may have other habits. */
  forget(): void {
    this.waitNoLonger()
    this.#lineEndedMs = null
    this.#answered = false
    this.#afterEntry = 'no'
    this.#lastHadLineFeed = false
    this.#lineBeforeHad = false
  }

  lineEnded(terminator: number): void {
    this.#afterEntry = 'no'
    this.#answered = false
    this.#lineBeforeHad = this.#lastHadLineFeed
    this.#lastHadLineFeed = false
    this.#lineEndedMs = terminator === CR ? this.#clock.nowMs() : null
  }

  /** Whether an LF is to be expected behind the line that has just ended: the line before it had one. */
  get expectsLineFeed(): boolean {
    return this.#lineEndedMs !== null && this.#lineBeforeHad
  }

  /** The prompt, or CONNECT, has gone out since the line ended. */
  answered(): void {
    this.#answered = true
  }

  entryEnded(counted: boolean): void {
    this.#afterEntry = counted ? 'counted' : 'text'
    this.#lineEndedMs = null
  }

  /** Whether this byte is passed over, and whether it is echoed all the same. To be asked once for each byte, in order. */
  passesOver(byte: number, mode: string): 'no' | 'silently' | 'echoed' {
    const after = this.#afterEntry
    this.#afterEntry = 'no'
    if (after === 'counted' && byte === CTRL_Z && mode !== 'online') {
      this.#afterEntry = 'text'
      return 'silently'
    }
    if ((after === 'text' || after === 'counted') && byte === CR && mode !== 'online') {
      this.#afterEntry = 'cr'
      return 'silently'
    }
    if (after === 'cr' && byte === LF && mode !== 'online') return 'silently'
    const endedMs = this.#lineEndedMs
    if (endedMs === null) return 'no'
    this.#lineEndedMs = null
    if (byte !== LF) return 'no'
    // The payload may begin with 0x0A: only haste and habit together tell the LF of the line from it.
    if (this.#answered && !(this.#lineBeforeHad && this.#clock.nowMs() - endedMs <= SAME_BURST_MS)) return 'no'
    this.#lastHadLineFeed = true
    return 'echoed'
  }
}

/** How long a line may wait for the LF that its client is used to send: a byte takes 4.2 ms at 2400 baud. */
const LINE_FEED_WAIT_MS = 5

const CR = 0x0d
const LF = 0x0a
const CTRL_Z = 0x1a
/** An LF within this time was sent together with the CR (D-11). */
const SAME_BURST_MS = 50
