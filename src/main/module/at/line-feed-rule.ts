import type { Clock, Timer } from '../../../shared/contracts/clock.ts'

/**
 * Decides which LF or CR after a line is skipped (D-11, D-8). Many hosts end lines with CR LF, and the LF must not
 * become the first byte of a certificate or of online data. Yet a payload may begin with 0x0A.
 */
export class LineFeedRule {
  readonly #clock: Clock
  /** Module time at which a line ended with CR, until the next byte; `null` otherwise. */
  #lineEndedMs: number | null = null
  /** Waits for the LF that this host usually sends, and calls `over` when it has not come in time. */
  wait(over: () => void): void {
    this.#waiting = this.#clock.schedule(LINE_FEED_WAIT_MS, over)
  }

  waitNoLonger(): void {
    this.#waiting?.cancel()
    this.#waiting = null
  }

  /** Whether the prompt or CONNECT was sent since the line ended. */
  #answered = false
  /** An entry has ended. Terminals send a CR after Ctrl-Z, and some hosts a Ctrl-Z after counted data (D-8, D-9). */
  #afterEntry: 'no' | 'text' | 'counted' | 'cr' = 'no'
  /** Whether the last line ended with CR LF. */
  #lastHadLineFeed = false
  /** Whether the line before it ended with CR LF. */
  #lineBeforeHad = false

  /** Expires when the expected LF does not come; `null` while none is expected. */
  #waiting: Timer | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Another host may end its lines differently. */
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

  /** Whether an LF is expected after the line that has just ended, because the line before had one. */
  get expectsLineFeed(): boolean {
    return this.#lineEndedMs !== null && this.#lineBeforeHad
  }

  /** Notes that the prompt or CONNECT was sent after the line. */
  answered(): void {
    this.#answered = true
  }

  entryEnded(counted: boolean): void {
    this.#afterEntry = counted ? 'counted' : 'text'
    this.#lineEndedMs = null
  }

  /** Returns whether to skip this byte, and whether to echo it. Call it once for each byte, in order. */
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
    // The payload may begin with 0x0A. It is the LF of the line only if the host usually sends one and it came at once.
    if (this.#answered && !(this.#lineBeforeHad && this.#clock.nowMs() - endedMs <= SAME_BURST_MS)) return 'no'
    this.#lastHadLineFeed = true
    return 'echoed'
  }
}

/** How long to wait for the LF that a host usually sends. A byte takes 4.2 ms at 2400 baud. */
const LINE_FEED_WAIT_MS = 5

const CR = 0x0d
const LF = 0x0a
const CTRL_Z = 0x1a
/** An LF within this time was sent together with the CR (D-11). */
const SAME_BURST_MS = 50
