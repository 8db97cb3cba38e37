import { MAX_WAITING_SEGMENTS } from './limits.ts'

/** What one direction of a connection carried, in order: bytes, and gaps where some are missing. */
export type InOrder = { readonly bytes: Uint8Array } | { readonly missingBytes: number }

/**
 * Orders the segments of one direction by sequence number (RFC 793 3.3). Repeated data is dropped; missing data is
 * reported as a gap.
 */
export class TcpOrder {
  /** Sequence number of the next byte; `null` before the first segment. */
  private next: number | null = null
  /** Segments that came too early, ordered by distance from `next`. */
  private waiting: { readonly sequence: number; readonly bytes: Uint8Array; readonly missingBytes: number }[] = []

  /** Takes the SYN of this direction, which uses one sequence number. */
  synchronise(sequence: number): void {
    this.next ??= plus(sequence, 1)
  }

  /** Adds a segment. `missingBytes` at its end were cut off by the capture. Returns what is now in order. */
  add(sequence: number, bytes: Uint8Array, missingBytes: number): InOrder[] {
    if (bytes.length + missingBytes === 0) return []
    this.next ??= sequence
    const ahead = distance(this.next, sequence)
    if (ahead > 0) {
      const at = this.waiting.findIndex((one) => distance(this.next!, one.sequence) > ahead)
      this.waiting.splice(at < 0 ? this.waiting.length : at, 0, { sequence, bytes, missingBytes })
      return this.waiting.length > MAX_WAITING_SEGMENTS ? [this.skip(), ...this.drain()] : []
    }
    return [...this.take(sequence, bytes, missingBytes), ...this.drain()]
  }

  /** Ends the direction. Returns the waiting segments with the gaps before them. */
  end(): InOrder[] {
    const rest: InOrder[] = []
    while (this.waiting.length > 0) rest.push(this.skip(), ...this.drain())
    return rest
  }

  /** Skips the gap before the first waiting segment. */
  private skip(): InOrder {
    const { sequence } = this.waiting[0]!
    const missingBytes = distance(this.next!, sequence)
    this.next = sequence
    return { missingBytes }
  }

  private drain(): InOrder[] {
    const ready: InOrder[] = []
    while (this.waiting.length > 0 && distance(this.next!, this.waiting[0]!.sequence) <= 0) {
      const { sequence, bytes, missingBytes } = this.waiting.shift()!
      ready.push(...this.take(sequence, bytes, missingBytes))
    }
    return ready
  }

  /** Takes the new part of a segment that begins at or before `next`. */
  private take(sequence: number, bytes: Uint8Array, missingBytes: number): InOrder[] {
    const known = -distance(this.next!, sequence)
    const fresh = bytes.subarray(Math.min(known, bytes.length))
    const missing = Math.min(missingBytes, bytes.length + missingBytes - known)
    if (fresh.length === 0 && missing <= 0) return []
    this.next = plus(sequence, bytes.length + missingBytes)
    return [...(fresh.length > 0 ? [{ bytes: fresh }] : []), ...(missing > 0 ? [{ missingBytes: missing }] : [])]
  }
}

/** Returns how far `to` lies after `from`, modulo 2^32; negative when it lies before. */
function distance(from: number, to: number): number {
  return (to - from) | 0
}

function plus(sequence: number, bytes: number): number {
  return (sequence + bytes) >>> 0
}
