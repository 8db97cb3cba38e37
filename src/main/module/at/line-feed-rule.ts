import type { Clock } from '../../../shared/clock.ts'

/**
 * Which LF (or CR) after an ended line is noise (D-11, D-8). Many hosts end lines with CR LF; the LF must not become
 * the first byte of a certificate or of online data, yet a payload may begin with 0x0A.
 */
export class LineFeedRule {
  /** A line ended with CR just now, and no byte has come since. */
  private lineEndedMs: number | null = null
  private answeredWith: 'text' | 'data' | null = null
  /** An entry ended; terminals send a CR after Ctrl-Z, and some hosts a Ctrl-Z after counted data (D-8, D-9). */
  private afterEntry: 'no' | 'text' | 'counted' = 'no'
  private clientEndsWithCrLf = false

  constructor(private readonly clock: Clock) {}

  /** Another client may have other habits. */
  forget(): void {
    this.lineEndedMs = null
    this.answeredWith = null
    this.afterEntry = 'no'
    this.clientEndsWithCrLf = false
  }

  lineEnded(terminator: number): void {
    this.afterEntry = 'no'
    this.answeredWith = null
    this.lineEndedMs = terminator === CR ? this.clock.nowMs() : null
  }

  /** The prompt, or CONNECT, has gone out since the line ended. */
  answered(next: 'text' | 'data'): void {
    this.answeredWith = next
  }

  entryEnded(counted: boolean): void {
    this.afterEntry = counted ? 'counted' : 'text'
    this.lineEndedMs = null
    this.answeredWith = null
  }

  /** Whether this byte is passed over. To be asked once for each byte, in order. */
  swallows(byte: number, mode: string): boolean {
    const after = this.afterEntry
    this.afterEntry = 'no'
    if (after === 'counted' && byte === CTRL_Z && mode !== 'online') {
      this.afterEntry = 'text'
      return true
    }
    if (after !== 'no' && byte === CR && mode !== 'online') {
      this.lineEndedMs = this.clock.nowMs()
      return true
    }
    if (this.lineEndedMs === null) return false
    const sinceMs = this.clock.nowMs() - this.lineEndedMs
    const answeredWith = this.answeredWith
    this.lineEndedMs = null
    this.answeredWith = null
    if (byte !== LF) return false
    if (answeredWith === null) {
      this.clientEndsWithCrLf = true
      return true
    }
    return this.clientEndsWithCrLf || (answeredWith === 'text' && sinceMs <= SAME_BURST_MS)
  }
}

const CR = 0x0d
const LF = 0x0a
const CTRL_Z = 0x1a
/** An LF within this time was sent together with the CR (D-11). */
const SAME_BURST_MS = 50
