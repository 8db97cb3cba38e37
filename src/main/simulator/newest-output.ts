import type { Batch } from '../../shared/api/api.ts'

/**
 * What the AT ports have printed since it was last taken, the newest `limitBytes` of it. One stretch of memory for each port: answers
 * come a few bytes at a time, and thousands of pieces kept for a quarter of a second are what the garbage collector stops the port for.
 */
export class NewestOutput {
  private readonly ports = new Map<number, Stretch>()

  constructor(private readonly limitBytes: number) {}

  add(instance: number, bytes: Uint8Array): void {
    let stretch = this.ports.get(instance)
    if (!stretch) this.ports.set(instance, (stretch = new Stretch(this.limitBytes)))
    stretch.add(bytes)
  }

  /** One piece for each port that printed, and how many bytes were left out before them. */
  take(): { readonly output: Batch['output']; readonly skippedBytes: number } {
    const stretches = [...this.ports.values()].toSorted((one, other) => one.length - other.length)
    let left = this.limitBytes
    for (const [at, stretch] of stretches.entries()) {
      // What a port of few bytes does not need is the others'.
      stretch.drop(Math.max(0, stretch.length - Math.floor(left / (stretches.length - at))))
      left -= stretch.length
    }
    const output = [...this.ports].map(([instance, stretch]) => ({ instance, bytes: stretch.bytes }))
    const skippedBytes = stretches.reduce((sum, { dropped }) => sum + dropped, 0)
    this.ports.clear()
    return { output, skippedBytes }
  }
}

/** Bytes one after another; once there are more than `limitBytes` the oldest go. */
class Stretch {
  dropped = 0
  private memory = new Uint8Array(FIRST_BYTES)
  private start = 0
  private end = 0

  constructor(private readonly limitBytes: number) {}

  get length(): number {
    return this.end - this.start
  }

  /** A view of memory that this stretch does not use again once it is forgotten. */
  get bytes(): Uint8Array {
    return this.memory.subarray(this.start, this.end)
  }

  add(all: Uint8Array): void {
    const excess = all.length - this.limitBytes
    const bytes = excess > 0 ? all.subarray(excess) : all
    this.dropped += all.length - bytes.length
    this.drop(Math.max(0, this.length + bytes.length - this.limitBytes))
    if (this.end + bytes.length > this.memory.length) this.makeRoom(bytes.length)
    this.memory.set(bytes, this.end)
    this.end += bytes.length
  }

  /** Drops so many of the oldest. */
  drop(count: number): void {
    this.start += count
    this.dropped += count
  }

  /** Twice what is needed, so that each byte is moved once or twice at most. */
  private makeRoom(bytes: number): void {
    const wanted = 2 * (this.length + bytes)
    const before = this.bytes
    if (wanted > this.memory.length) this.memory = new Uint8Array(wanted)
    this.memory.set(before)
    this.end = before.length
    this.start = 0
  }
}

const FIRST_BYTES = 4096
