import type { ConnectionParts, HandshakeExpiry, TimeLimit } from './contract.ts'

/**
 * The time limits of a TLS handshake (D-4). Each wait for a whole record has the limit of the command, and the whole
 * handshake ten times that. Bytes of an incomplete record do not count, so a dripping server cannot delay the timeout.
 */
export class HandshakeWatch {
  private endsMs = 0
  private expired = false

  constructor(
    private readonly parts: Pick<ConnectionParts, 'clock' | 'timers'>,
    /** For each wait for a record. */
    private readonly limit: TimeLimit,
    private readonly report: (wait: HandshakeExpiry) => void
  ) {}

  /** ClientHello is being sent. `cause` is the event that asked for the handshake. */
  begin(cause: number): void {
    this.endsMs = this.parts.clock.nowMs() + WHOLE_HANDSHAKE * this.limit.limitMs
    this.wait(cause)
  }

  /** A whole record has arrived: the wait for the next begins. */
  recordCame(cause: number): void {
    // The owner of the connection may be using the timer for something else.
    if (!this.expired) this.wait(cause)
  }

  /** The handshake is over. */
  stop(): void {
    if (!this.expired) this.parts.timers.stop(this.limit.timer)
  }

  private wait(cause: number): void {
    const { clock, timers } = this.parts
    const { timer, limitMs } = this.limit
    const leftMs = Math.max(0, this.endsMs - clock.nowMs())
    if (leftMs > limitMs) timers.start(timer, limitMs, (seq) => this.expire({ kind: 'silent', limitMs, seq }), cause)
    else
      timers.start(
        timer,
        leftMs,
        (seq) => this.expire({ kind: 'slow', limitMs: WHOLE_HANDSHAKE * limitMs, seq }),
        cause
      )
  }

  private expire(end: HandshakeExpiry): void {
    this.expired = true
    this.report(end)
  }
}

/** Limit of the whole handshake, as a multiple of the limit of one wait (D-4). */
const WHOLE_HANDSHAKE = 10
