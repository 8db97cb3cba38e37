import type { Batch } from '../../shared/api/api.ts'

/**
 * The newest `limitBytes` of what the AT ports have sent since `take`. Each port has one block of memory: output comes
 * a few bytes at a time, and keeping thousands of pieces makes the garbage collector pause the port.
 */
export class NewestOutput {
  private readonly ports = new Map<number, Stretch>()

  constructor(private readonly limitBytes: number) {}

  add(instance: number, bytes: Uint8Array): void {
    let stretch = this.ports.get(instance)
    if (!stretch) this.ports.set(instance, (stretch = new Stretch(this.limitBytes)))
    stretch.add(bytes)
  }

  /** Returns one piece for each port with output, and how many bytes were dropped before them. */
  take(): { readonly output: Batch['output']; readonly skippedBytes: number } {
    const stretches = [...this.ports.values()].toSorted((one, other) => one.length - other.length)
    let left = this.limitBytes
    for (const [at, stretch] of stretches.entries()) {
      // Space that one port does not need goes to the others.
      stretch.drop(Math.max(0, stretch.length - Math.floor(left / (stretches.length - at))))
      left -= stretch.length
    }
    const output = [...this.ports].map(([instance, stretch]) => ({ instance, bytes: stretch.bytes }))
    const skippedBytes = stretches.reduce((sum, { dropped }) => sum + dropped, 0)
    this.ports.clear()
    return { output, skippedBytes }
  }
}

/** Bytes in order. Beyond `limitBytes` the oldest are dropped. */
class Stretch {
  dropped = 0
  private memory = new Uint8Array(FIRST_BYTES)
  private start = 0
  private end = 0

  constructor(private readonly limitBytes: number) {}

  get length(): number {
    return this.end - this.start
  }

  /** A view of the memory. It stays valid, since a stretch that was taken is not used again. */
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

  /** Drops that many of the oldest bytes. */
  drop(count: number): void {
    this.start += count
    this.dropped += count
  }

  /** Reserves twice what is needed, so that each byte is moved at most twice. */
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
