import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Settings } from '../settings.ts'
import { resultText, unsolicitedText } from './framing.ts'
import type { OutputBuffer } from './output-buffer.ts'

/** What an AT instance is told to print between commands: unsolicited lines, and NO CARRIER in command mode. */
export class ReportQueue {
  private waiting: Report[] = []

  constructor(
    private readonly instance: number,
    private readonly timeline: TimelineReporter,
    private readonly settings: Settings,
    private readonly out: OutputBuffer
  ) {}

  /** Keeps it until `printNext`. */
  add(report: Report): void {
    // A burst during one command is a few lines; beyond this somebody floods, and the oldest go.
    if (this.waiting.length >= MAX_WAITING) this.waiting.shift()
    this.waiting.push(report)
  }

  /** Puts the next one into the output; false when none waits. */
  printNext(): boolean {
    const report = this.waiting.shift()
    if (!report) return false
    const { kind, text, cause, because } = report
    if (kind === 'urc') {
      this.timeline.report({ kind: 'urc', text, ...(because ? { because } : {}) }, cause, this.instance)
      this.out.add(unsolicitedText(this.settings, text))
    } else {
      // A result code, which looks as V and Q want it.
      this.timeline.report(
        { kind: 'result', word: 'NO CARRIER', failure: null, ...(because ? { because } : {}) },
        cause,
        this.instance
      )
      this.out.addEnd(resultText(this.settings, 'NO CARRIER', text))
    }
    return true
  }

  withdrawNoCarrier(): void {
    this.waiting = this.waiting.filter((one) => one.kind !== 'no-carrier')
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
  /** Why the carrier is gone, or why a line comes that nobody asked for. */
  readonly because?: EndReason
}

/** No module gives more than a few reports a minute. */
const MAX_WAITING = 32
