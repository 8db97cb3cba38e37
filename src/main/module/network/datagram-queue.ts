import type { Endpoint } from '../../../shared/contracts/bearer.ts'

/**
 * Datagrams that have arrived and that the host has not read, oldest first. Limited in bytes and in number, so that a
 * peer that floods a module cannot make it grow.
 */
export class DatagramQueue {
  #waiting: Waiting[] = []
  #bytes = 0

  constructor(private readonly limits: { readonly bytes: number; readonly datagrams: number } = QUEUE_LIMITS) {}

  /** Number of bytes of all datagrams that wait. */
  get bytes(): number {
    return this.#bytes
  }

  /** Number of datagrams that wait. */
  get count(): number {
    return this.#waiting.length
  }

  /** The datagram that is read next; `null` when none waits. */
  get next(): { readonly from: Endpoint; readonly bytes: number; readonly seq: number } | null {
    const [first] = this.#waiting
    return first ? { from: first.from, bytes: first.bytes.length - first.at, seq: first.seq } : null
  }

  /** Adds a datagram, and copies it. Returns false when it is lost because the queue is full. */
  push(bytes: Uint8Array, from: Endpoint, seq: number): boolean {
    const { limits } = this
    if (this.#bytes + bytes.length > limits.bytes || this.#waiting.length >= limits.datagrams) return false
    this.#waiting.push({ bytes: Uint8Array.from(bytes), from, seq, at: 0 })
    this.#bytes += bytes.length
    return true
  }

  /** Reads at most `limit` bytes of the oldest datagram. `leftBytes` of it stay for the next read. */
  read(limit: number): QueuedDatagram | null {
    const first = this.#waiting[0]
    if (!first) return null
    const bytes = first.bytes.subarray(first.at, first.at + limit)
    first.at += bytes.length
    this.#bytes -= bytes.length
    const leftBytes = first.bytes.length - first.at
    if (leftBytes === 0) this.#waiting.shift()
    return { bytes, from: first.from, seq: first.seq, leftBytes }
  }

  clear(): void {
    this.#waiting = []
    this.#bytes = 0
  }
}

export interface QueuedDatagram {
  readonly bytes: Uint8Array
  readonly from: Endpoint
  /** The event of the datagram. */
  readonly seq: number
  readonly leftBytes: number
}

interface Waiting {
  readonly bytes: Uint8Array
  readonly from: Endpoint
  readonly seq: number
  /** Number of bytes that were read. */
  at: number
}

/** Sixteen of the largest reads of a host, and enough small ones for a burst. Inferred: no source gives a figure. */
const QUEUE_LIMITS = { bytes: 24_000, datagrams: 64 }
