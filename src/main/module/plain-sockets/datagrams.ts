import type { Endpoint } from '../../../shared/contracts/bearer.ts'

/** The boundaries of received datagrams within the held bytes of a UDP socket, the oldest first. */
export class Datagrams {
  #waiting: { readonly from: Endpoint; leftBytes: number }[] = []
  #leftOfTaken = 0

  /** The datagram that is read next; `null` for none, and on a TCP socket. */
  get first(): { readonly from: Endpoint; readonly leftBytes: number } | null {
    return this.#waiting[0] ?? null
  }

  /** Bytes that the last `taken` left of its datagram. */
  get leftOfTaken(): number {
    return this.#leftOfTaken
  }

  add(from: Endpoint, lengthBytes: number): void {
    if (lengthBytes > 0) this.#waiting.push({ from, leftBytes: lengthBytes })
  }

  /** The host has read that many bytes of the first datagram. */
  taken(lengthBytes: number): void {
    const first = this.#waiting[0]
    if (!first) return
    first.leftBytes -= lengthBytes
    this.#leftOfTaken = Math.max(0, first.leftBytes)
    if (first.leftBytes <= 0) this.#waiting.shift()
  }

  clear(): void {
    this.#waiting = []
  }
}
