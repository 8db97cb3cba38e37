import type { Clock } from '../../../shared/contracts/clock.ts'
import type { TimerBoard, TimerName } from '../hardware/timer-board.ts'

/**
 * The time limits of a TLS handshake (D-4). Each wait for a whole record has the limit of the command, and the whole
 * handshake ten times that. Bytes of an incomplete record do not count, so a dripping server cannot delay the timeout.
 */
export class HandshakeWatch {
  private endsMs = 0
  private expired = false

  constructor(private readonly parts: HandshakeWatchParts) {}

  /** ClientHello is being sent. `cause` is the event that asked for the handshake. */
  begin(cause: number): void {
    this.endsMs = this.parts.clock.nowMs() + WHOLE_HANDSHAKE * this.parts.limitMs
    this.wait(cause)
  }

  /** A whole record has arrived: the wait for the next begins. */
  recordCame(cause: number): void {
    // The owner of the connection may be using the timer for something else.
    if (!this.expired) this.wait(cause)
  }

  /** The handshake is over. */
  stop(): void {
    if (!this.expired) this.parts.timers.stop(this.parts.timer)
  }

  private wait(cause: number): void {
    const { clock, timers, timer, limitMs } = this.parts
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
    this.parts.expired(end)
  }
}

export interface HandshakeWatchParts {
  readonly clock: Clock
  readonly timers: TimerBoard
  /** The timer that the window shows. */
  readonly timer: TimerName
  /** Longest wait for one record, in milliseconds of module time. */
  readonly limitMs: number
  expired(end: HandshakeExpiry): void
}

/** `silent`: no whole record came in time. `slow`: the handshake as a whole took too long. */
export interface HandshakeExpiry {
  readonly kind: 'silent' | 'slow'
  /** The limit that has passed, in milliseconds. */
  readonly limitMs: number
  /** The event that says so. */
  readonly seq: number
}

/** Limit of the whole handshake, as a multiple of the limit of one wait (D-4). */
const WHOLE_HANDSHAKE = 10
