import type { Clock } from '../../../shared/contracts/clock.ts'
import type { TimerBoard, TimerName } from '../hardware/timer-board.ts'

/**
 * The time limits of a TLS handshake (D-4): each wait for the next whole record has the limit of the command, and the handshake as a
 * whole has ten times that. Bytes of a record that is not complete yet count for nothing, so a server that drips cannot hold it.
 */
export class HandshakeWatch {
  private endsMs = 0
  private expired = false

  constructor(private readonly parts: HandshakeWatchParts) {}

  /** The ClientHello goes out. `cause` is the event that asked for the handshake. */
  begin(cause: number): void {
    this.endsMs = this.parts.clock.nowMs() + WHOLE_HANDSHAKE * this.parts.limitMs
    this.wait(cause)
  }

  /** A whole record has come; the wait for the next begins. */
  recordCame(cause: number): void {
    // Whoever owns the connection may still wait for something else under the same name.
    if (!this.expired) this.wait(cause)
  }

  /** The handshake is over. */
  stop(): void {
    if (!this.expired) this.parts.timers.stop(this.parts.timer)
  }

  private wait(cause: number): void {
    const { clock, timers, timer, limitMs } = this.parts
    const leftMs = Math.max(0, this.endsMs - clock.nowMs())
    if (leftMs > limitMs) timers.start(timer, limitMs, () => this.expire({ kind: 'silent', limitMs }), cause)
    else timers.start(timer, leftMs, () => this.expire({ kind: 'slow', limitMs: WHOLE_HANDSHAKE * limitMs }), cause)
  }

  private expire(end: HandshakeExpiry): void {
    this.expired = true
    this.parts.expired(end)
  }
}

export interface HandshakeWatchParts {
  readonly clock: Clock
  readonly timers: TimerBoard
  /** Under which name the window shows the wait. */
  readonly timer: TimerName
  /** Longest wait for one record, milliseconds of module time. */
  readonly limitMs: number
  expired(end: HandshakeExpiry): void
}

/** `silent`: no whole record came within the limit. `slow`: records came, and the handshake as a whole took too long. */
export interface HandshakeExpiry {
  readonly kind: 'silent' | 'slow'
  /** The limit that is over, milliseconds. */
  readonly limitMs: number
}

/** D-4: the handshake as a whole ends after so many times the limit of one wait. */
const WHOLE_HANDSHAKE = 10
