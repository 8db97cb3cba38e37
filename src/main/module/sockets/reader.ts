import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { Timers } from '../hardware/timer-board.ts'
import { nothingCame } from './ends.ts'
import { HeldBytes, type Held } from './held-bytes.ts'

/** Received data in command mode: held until a command reads it, or passed to one that waits (D-6, D-7). */
export class Reader {
  private readonly held = new HeldBytes()
  private waiting: WaitingRead | null = null

  constructor(private readonly timers: Timers) {}

  /** The event that brought the newest data. */
  get newestCauses(): readonly number[] {
    return this.held.newestCauses
  }

  get heldBytes(): number {
    return this.held.length
  }

  /** Whether so much is unread that the peer must wait. */
  get full(): boolean {
    return this.held.full
  }

  /** Whether there is room again. */
  get hasRoom(): boolean {
    return this.held.hasRoom
  }

  /** `causes`: the events that brought it. */
  arrived(bytes: Uint8Array, causes: readonly number[]): void {
    this.held.add(bytes, causes)
    const waiting = this.stopWaiting()
    if (waiting) waiting.done({ kind: 'data', ...this.take(waiting.maxBytes) })
  }

  /** Takes at most `maxBytes` of the held data. */
  take(maxBytes: number): Held {
    return this.held.take(maxBytes)
  }

  /** Waits for data, at most `timeoutMs` of module time. */
  wait(maxBytes: number, timeoutMs: number, cause: number, done: (result: ReceiveResult) => void): void {
    this.waiting = { maxBytes, done }
    this.timers.start(
      'command',
      timeoutMs,
      (expired) => {
        this.waiting = null
        done({ kind: 'timeout', because: nothingCame(timeoutMs), causes: [expired] })
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
  /** `causes`: what brought the data, or ended the wait. */
  | ({ readonly kind: 'data' } & Held)
  | { readonly kind: 'timeout' | 'disconnected'; readonly because: EndReason; readonly causes: readonly number[] }
  | { readonly kind: 'failed'; readonly failure: CommandFailure; readonly causes?: readonly number[] }

interface WaitingRead {
  readonly maxBytes: number
  readonly done: (result: ReceiveResult) => void
}
