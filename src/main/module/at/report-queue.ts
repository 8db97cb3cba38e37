import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Settings } from '../settings.ts'
import { resultText, unsolicitedText } from './framing.ts'
import type { OutputBuffer } from './output-buffer.ts'

/** URCs, and NO CARRIER in command mode, that wait until an AT instance may send them between commands. */
export class ReportQueue {
  private waiting: Report[] = []

  constructor(
    private readonly instance: number,
    private readonly timeline: TimelineReporter,
    private readonly settings: Settings,
    private readonly out: OutputBuffer
  ) {}

  /** Adds a report for `printNext`. */
  add(report: Report): void {
    // One command rarely causes more than a few lines. Beyond the limit the oldest are dropped.
    if (this.waiting.length >= MAX_WAITING) this.waiting.shift()
    this.waiting.push(report)
  }

  /** Moves the next report into the output. Returns false when there is none. */
  printNext(): boolean {
    const report = this.waiting.shift()
    if (!report) return false
    const { kind, text, cause, causes, because } = report
    if (kind === 'urc') {
      this.timeline.report({ kind: 'urc', text, ...(because ? { because } : {}) }, cause, this.instance, causes)
      this.out.add(unsolicitedText(this.settings, text))
    } else {
      // A result code, in the form of V and Q.
      this.timeline.report(
        { kind: 'result', word: 'NO CARRIER', failure: null, ...(because ? { because } : {}) },
        cause,
        this.instance,
        causes
      )
      this.out.addEnd(resultText(this.settings, 'NO CARRIER', text))
    }
    return true
  }

  withdrawNoCarrier(socket: string): void {
    this.waiting = this.waiting.filter((one) => one.kind !== 'no-carrier' || one.socket !== socket)
  }

  clear(): void {
    this.waiting = []
  }
}

export interface Report {
  readonly kind: 'urc' | 'no-carrier'
  /** The line, or what follows NO CARRIER. */
  readonly text: string
  readonly cause: number | null
  /** Further causes. */
  readonly causes: readonly number[]
  /** Why the connection ended, or why the URC is sent. */
  readonly because?: EndReason
  /** The socket whose connection has ended; absent with a URC. */
  readonly socket?: string
}

/** No module sends more than a few reports a minute. */
const MAX_WAITING = 32
