import { writeSync } from 'node:fs'
import { systemErrorCode } from './port-error.ts'

/** What a terminal program that stopped reading may cost. A real UART would keep some hundred bytes. */
export const QUEUE_LIMIT_BYTES = 262_144
/** Above this the producer should hold back: four times a pty's own buffer, so that it never runs dry. */
export const HIGH_WATER_BYTES = 65_536
export const LOW_WATER_BYTES = 16_384

/** A reader that is merely slow is back within a few turns of the event loop. */
const IMMEDIATE_RETRIES = 4
/** Then a timer, growing: nobody may be reading for hours, and that must cost nothing. */
const FIRST_RETRY_MS = 2
const LAST_RETRY_MS = 40

export interface WriterEvents {
  /** Less than `lowWaterBytes` are waiting, after `write` had answered false. */
  drained(): void
  /** Bytes over `queueLimitBytes`, dropped. */
  overrun(droppedBytes: number): void
}

/**
 * Writes to a non-blocking file descriptor and never blocks. A tty stream's own `write` stops the whole event loop
 * when nobody reads; a plain `write(2)` on a non-blocking master answers EAGAIN instead.
 */
export class BoundedWriter {
  readonly #fd: number
  readonly #events: WriterEvents
  /** A ring, made when first needed: its cost is the limit and no more, however small the pieces written. */
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

  /** False once more than `highWaterBytes` wait. What does not fit into the queue is dropped and reported. */
  write(bytes: Uint8Array): boolean {
    if (this.#stopped) return true
    let rest = bytes
    if (this.#queuedBytes === 0) rest = bytes.subarray(this.#writeSome(bytes))
    if (rest.length > 0) this.#enqueue(rest)
    if (this.#queuedBytes >= HIGH_WATER_BYTES) this.#overHighWater = true
    return !this.#overHighWater
  }

  /** Forgets what waits; answers how many bytes that were. */
  clear(): number {
    const forgotten = this.#queuedBytes
    this.#queuedBytes = 0
    this.#cancelRetry()
    this.#reportDrained()
    return forgotten
  }

  /** Writes nothing any more; to be called before the descriptor is closed. */
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

  /** How many bytes the kernel took; 0 when it is full. */
  #writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.#fd, bytes)
    } catch (error) {
      // EIO: the far side is gone; the reader of the same descriptor learns it too and deals with it.
      if (['EAGAIN', 'EINTR', 'EIO'].includes(systemErrorCode(error))) return 0
      throw error
    }
  }

  #retry(): void {
    // At most twice round: once to the end of the ring, once from its start.
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
