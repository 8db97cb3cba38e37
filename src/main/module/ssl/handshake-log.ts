import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/api.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { TlsMessageEvent } from '../../../shared/tls/trace.ts'

/** The messages of the last handshake, for the window. */
export class HandshakeLog {
  private readonly messages: HandshakeMessage[] = []
  private readonly startedMs: number
  private finishedMs: number | null = null
  private outcome: HandshakeSnapshot['outcome'] = 'running'
  private failure: string | null = null

  constructor(
    private readonly farEnd: string,
    private readonly clock: Clock
  ) {
    this.startedMs = clock.nowMs()
  }

  /** `seq`: the message's event in the timeline. */
  add(message: TlsMessageEvent, seq: number): void {
    // Renegotiation attempts and alerts go on for as long as a far end likes; a handshake is a dozen messages.
    if (this.messages.length >= MAX_MESSAGES) return
    const { direction, name, bytes, encrypted, summary, fatal } = message
    this.messages.push({ seq, atMs: this.clock.nowMs(), direction, name, bytes, encrypted, summary, fatal })
  }

  end(outcome: 'open' | 'failed', failure: string | null = null): void {
    if (this.outcome !== 'running') return
    this.outcome = outcome
    this.failure = failure
    this.finishedMs = this.clock.nowMs()
  }

  snapshot(): HandshakeSnapshot {
    const { farEnd, startedMs, finishedMs, outcome, failure } = this
    return { farEnd, startedMs, finishedMs, outcome, failure, messages: [...this.messages] }
  }
}

const MAX_MESSAGES = 100
