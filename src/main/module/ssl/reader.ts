import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'
import { nothingCame } from './ends.ts'
import { HeldBytes } from './held-bytes.ts'

/** Received data in command mode: held until #SSLRECV reads it, or passed to one that waits (D-6, D-7). */
export class Reader {
  private readonly held = new HeldBytes()
  private waiting: WaitingRead | null = null

  constructor(private readonly timers: TimerBoard) {}

  get heldBytes(): number {
    return this.held.length
  }

  /** Whether so much is unread that the peer must wait. */
  get full(): boolean {
    return this.held.length >= HELD_HIGH_BYTES
  }

  /** Whether there is room again. */
  get hasRoom(): boolean {
    return this.held.length < HELD_HIGH_BYTES / 2
  }

  arrived(bytes: Uint8Array): void {
    this.held.add(bytes)
    const waiting = this.stopWaiting()
    if (waiting) waiting.done({ kind: 'data', bytes: this.take(waiting.maxBytes) })
  }

  /** Takes at most `maxBytes` of the held data. */
  take(maxBytes: number): Uint8Array {
    return this.held.take(maxBytes)
  }

  /** Waits for data, at most `timeoutMs` of module time. */
  wait(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    this.waiting = { maxBytes, done }
    this.timers.start(
      'command',
      timeoutMs,
      () => {
        this.waiting = null
        done({ kind: 'timeout', because: nothingCame(timeoutMs) })
      },
      cause
    )
  }

  /** Ends a read that waits. Returns its result callback, or `null` when none waits. */
  stopWaiting(): WaitingRead | null {
    const waiting = this.waiting
    this.waiting = null
    if (waiting) this.timers.stop('command')
    return waiting
  }

  clear(): void {
    this.held.clear()
  }
}

export type ReceiveResult =
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'timeout'; readonly because: EndReason }
  | { readonly kind: 'disconnected'; readonly because: EndReason }
  | { readonly kind: 'failed'; readonly failure: CommandFailure }

interface WaitingRead {
  readonly maxBytes: number
  readonly done: (result: ReceiveResult) => void
}

/** Unread data beyond this stops reading from the peer: a module has kilobytes, not megabytes. */
const HELD_HIGH_BYTES = 65_536
