import type { LineRate } from '../../shared/contracts/serial-port.ts'
import type { WireTime } from './wire-time.ts'

/** Bytes kept in one direction at most: as many as a pty or socket keeps when nobody reads. */
export const PACED_LIMIT_BYTES = 262_144
/** From here on the producer should pause. At 115200 baud this keeps the line busy for a third of a second. */
const HIGH_WATER_BYTES = 4_096
const LOW_WATER_BYTES = 1_024
/** At high rates bytes leave in groups: a timer for each of 92 000 bytes a second would take a whole core. */
const GROUP_MS = 2

export interface PacedQueueEvents {
  /** Bytes whose last bit has passed the line. */
  arrived(bytes: Uint8Array): void
  /** There is room again after `push` had returned false. */
  drained(): void
  overrun(droppedBytes: number): void
}

/**
 * One direction of a serial line. A byte arrives when its last bit has passed, never earlier. A late timer does not
 * slow the line down, because the next group makes up for it. Without rate and hold bytes pass at once.
 */
export class PacedQueue {
  readonly #time: WireTime
  readonly #events: PacedQueueEvents
  /** Pieces in order; the first one counts from `#offset` on. */
  readonly #pieces: Uint8Array[] = []
  #offset = 0
  #queuedBytes = 0
  #rate: LineRate | null = null
  /** A new rate that waits for the bytes written at the old one; `undefined` for none. */
  #nextRate: LineRate | null | undefined = undefined
  #held = false
  #full = false
  #busy = false
  /** When the line has finished the bytes that have arrived. */
  #freeAtMs = 0
  #timer: { cancel(): void } | null = null

  constructor(time: WireTime, events: PacedQueueEvents) {
    this.#time = time
    this.#events = events
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  get isHeld(): boolean {
    return this.#held
  }

  /** Returns false when the producer should wait for `drained`. */
  push(bytes: Uint8Array): boolean {
    if (bytes.length === 0) return !this.#full
    if (this.#queuedBytes === 0 && !this.#rate && !this.#held && !this.#busy) {
      this.#events.arrived(bytes)
      return true
    }
    const kept = bytes.subarray(0, PACED_LIMIT_BYTES - this.#queuedBytes)
    if (kept.length > 0) {
      if (this.#queuedBytes === 0) this.#freeAtMs = Math.max(this.#freeAtMs, this.#time.nowMs())
      // A copy, since the caller may reuse its array.
      this.#pieces.push(Uint8Array.from(kept))
      this.#queuedBytes += kept.length
      this.#plan()
    }
    if (this.#queuedBytes >= HIGH_WATER_BYTES) this.#full = true
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    return !this.#full
  }

  /** Sets the rate, or `null` for no pacing. Waiting bytes leave at the rate at which they were written. */
  setRate(rate: LineRate | null): void {
    this.#nextRate = rate
    if (this.#queuedBytes === 0) this.#takeRate()
    else if (this.#rate === null) this.#takeRate()
  }

  /** Holds the line after the byte that is being sent, or releases it. */
  hold(held: boolean): void {
    if (held === this.#held) return
    this.#held = held
    if (held) {
      this.#timer?.cancel()
      this.#timer = null
      return
    }
    // The line was idle meanwhile.
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#time.nowMs())
    this.#plan()
  }

  /** Drops what waits and returns its number of bytes. */
  clear(): number {
    const forgotten = this.#queuedBytes
    this.#pieces.length = 0
    this.#offset = 0
    this.#queuedBytes = 0
    this.#timer?.cancel()
    this.#timer = null
    this.#takeRate()
    this.#reportDrained()
    return forgotten
  }

  #plan(): void {
    if (this.#timer || this.#busy || this.#held || this.#queuedBytes === 0) return
    if (!this.#rate) return this.#release()
    const perByteMs = byteMs(this.#rate)
    const groupBytes = Math.min(this.#queuedBytes, Math.max(1, Math.floor(GROUP_MS / perByteMs)))
    const delayMs = this.#freeAtMs + groupBytes * perByteMs - this.#time.nowMs()
    this.#timer = this.#time.after(Math.max(0, delayMs), () => {
      this.#timer = null
      this.#release()
    })
  }

  #release(): void {
    const due = this.#rate
      ? Math.floor((this.#time.nowMs() - this.#freeAtMs) / byteMs(this.#rate) + ROUNDING_BYTES)
      : this.#queuedBytes
    const count = Math.min(due, this.#queuedBytes)
    if (count > 0) {
      if (this.#rate) this.#freeAtMs += count * byteMs(this.#rate)
      const bytes = this.#take(count)
      if (this.#queuedBytes === 0) this.#takeRate()
      // The receiver may call back into the queue (push, hold) before this returns.
      this.#busy = true
      this.#events.arrived(bytes)
      this.#busy = false
      if (this.#queuedBytes < LOW_WATER_BYTES) this.#reportDrained()
    }
    this.#plan()
  }

  #take(count: number): Uint8Array {
    this.#queuedBytes -= count
    const first = this.#pieces[0]!
    if (first.length - this.#offset > count) {
      const bytes = first.subarray(this.#offset, this.#offset + count)
      this.#offset += count
      return bytes
    }
    if (first.length - this.#offset === count) {
      const bytes = first.subarray(this.#offset)
      this.#pieces.shift()
      this.#offset = 0
      return bytes
    }
    const bytes = new Uint8Array(count)
    for (let at = 0; at < count;) {
      const piece = this.#pieces[0]!.subarray(this.#offset, this.#offset + count - at)
      bytes.set(piece, at)
      at += piece.length
      this.#offset += piece.length
      if (this.#offset < this.#pieces[0]!.length) break
      this.#pieces.shift()
      this.#offset = 0
    }
    return bytes
  }

  #takeRate(): void {
    if (this.#nextRate === undefined) return
    this.#rate = this.#nextRate
    this.#nextRate = undefined
    this.#timer?.cancel()
    this.#timer = null
    this.#freeAtMs = Math.max(this.#freeAtMs, this.#time.nowMs())
    this.#plan()
  }

  #reportDrained(): void {
    if (!this.#full) return
    this.#full = false
    this.#events.drained()
  }
}

/** Returns how long one byte takes, in milliseconds. */
export function byteMs({ baud, bitsPerByte }: LineRate): number {
  return (bitsPerByte * 1000) / baud
}

/** Sums of fractions of a millisecond may fall just short of a whole byte. */
const ROUNDING_BYTES = 1e-6
