import { writeSync } from 'node:fs'
import { systemErrorCode } from './port-error.ts'

/** Memory that a terminal program which stopped reading may cost. A real UART keeps some hundred bytes. */
export const QUEUE_LIMIT_BYTES = 262_144
/** Above this the producer should pause. Four times the buffer of a pty, so that it never runs empty. */
export const HIGH_WATER_BYTES = 65_536
export const LOW_WATER_BYTES = 16_384

/** A reader that is only slow is back within a few turns of the event loop. */
const IMMEDIATE_RETRIES = 4
/** After that, retry by a timer with growing delays: nobody may read for hours, which must cost nothing. */
const FIRST_RETRY_MS = 2
const LAST_RETRY_MS = 40

export interface WriterEvents {
  /** Fewer than `lowWaterBytes` wait, after `write` had returned false. */
  drained(): void
  /** Bytes above `queueLimitBytes` were dropped. */
  overrun(droppedBytes: number): void
}

/**
 * Writes to a non-blocking file descriptor without ever blocking. The `write` of a tty stream blocks the event loop
 * when nobody reads; `write(2)` on a non-blocking master returns EAGAIN instead.
 */
export class BoundedWriter {
  readonly #fd: number
  readonly #events: WriterEvents
  /** A ring buffer, made on first use. It never needs more than the limit, however small the pieces are. */
  #ring: Uint8Array | null = null
  #firstByte = 0
  #queuedBytes = 0
  #retries = 0
  #overHighWater = false
  #stopped = false
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null

  constructor(fd: number, events: WriterEvents) {
    this.#fd = fd
    this.#events = events
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  /** Returns false when more than `highWaterBytes` wait. What does not fit is dropped and reported. */
  write(bytes: Uint8Array): boolean {
    if (this.#stopped) return true
    let rest = bytes
    if (this.#queuedBytes === 0) rest = bytes.subarray(this.#writeSome(bytes))
    if (rest.length > 0) this.#enqueue(rest)
    if (this.#queuedBytes >= HIGH_WATER_BYTES) this.#overHighWater = true
    return !this.#overHighWater
  }

  /** Drops what waits and returns its number of bytes. */
  clear(): number {
    const forgotten = this.#queuedBytes
    this.#queuedBytes = 0
    this.#cancelRetry()
    this.#reportDrained()
    return forgotten
  }

  /** Stops writing. Call it before the descriptor is closed. */
  stop(): void {
    this.#stopped = true
    this.#ring = null
    this.#queuedBytes = 0
    this.#cancelRetry()
  }

  #enqueue(bytes: Uint8Array): void {
    const ring = (this.#ring ??= new Uint8Array(QUEUE_LIMIT_BYTES))
    const kept = bytes.subarray(0, QUEUE_LIMIT_BYTES - this.#queuedBytes)
    const end = (this.#firstByte + this.#queuedBytes) % QUEUE_LIMIT_BYTES
    const beforeWrap = kept.subarray(0, QUEUE_LIMIT_BYTES - end)
    ring.set(beforeWrap, end)
    ring.set(kept.subarray(beforeWrap.length), 0)
    this.#queuedBytes += kept.length
    this.#scheduleRetry()
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
  }

  /** Returns how many bytes the kernel took; 0 when its buffer is full. */
  #writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.#fd, bytes)
    } catch (error) {
      // EIO: the slave is closed. The reader of the same descriptor handles that.
      if (['EAGAIN', 'EINTR', 'EIO'].includes(systemErrorCode(error))) return 0
      throw error
    }
  }

  #retry(): void {
    // Two pieces at most: to the end of the ring, then from its start.
    while (this.#ring && this.#queuedBytes > 0) {
      const piece = this.#ring.subarray(
        this.#firstByte,
        Math.min(QUEUE_LIMIT_BYTES, this.#firstByte + this.#queuedBytes)
      )
      const written = this.#writeSome(piece)
      this.#firstByte = (this.#firstByte + written) % QUEUE_LIMIT_BYTES
      this.#queuedBytes -= written
      if (written > 0) this.#retries = 0
      if (written < piece.length) break
    }
    if (this.#queuedBytes > 0) this.#scheduleRetry()
    if (this.#queuedBytes < LOW_WATER_BYTES) this.#reportDrained()
  }

  #scheduleRetry(): void {
    if (this.#immediate || this.#timer) return
    const turn = this.#retries++
    if (turn < IMMEDIATE_RETRIES) {
      this.#immediate = setImmediate(() => {
        this.#immediate = null
        this.#retry()
      })
      return
    }
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (turn - IMMEDIATE_RETRIES))
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#retry()
    }, delayMs)
  }

  #cancelRetry(): void {
    if (this.#immediate) clearImmediate(this.#immediate)
    if (this.#timer) clearTimeout(this.#timer)
    this.#immediate = null
    this.#timer = null
    this.#retries = 0
  }

  #reportDrained(): void {
    if (!this.#overHighWater) return
    this.#overHighWater = false
    this.#events.drained()
  }
}
