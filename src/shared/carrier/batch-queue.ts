import type { Batch } from '../api/api.ts'

/**
 * What may wait for a slow window: as many events as it fetches at once (`events`), and more output than its terminal
 * scrolls back. No batch is larger, so a fast window misses nothing.
 */
export const MAX_PENDING_EVENTS = 5_000
export const MAX_PENDING_OUTPUT_BYTES = 1_048_576

/**
 * Joins batches that a slow receiver has not taken into one: the latest snapshot, the newest events and output. Never
 * exceeds the limits above; what is left out is counted in `skipped`.
 */
export class BatchQueue {
  #snapshot: Batch['snapshot'] | null = null
  #events: Batch['events'][number][] = []
  #output: Batch['output'][number][] = []
  #outputBytes = 0
  #skippedEvents = 0
  #skippedOutputBytes = 0

  add(batch: Batch): void {
    this.#snapshot = batch.snapshot
    for (const event of batch.events) this.#events.push(event)
    const excess = this.#events.length - MAX_PENDING_EVENTS
    if (excess > 0) {
      this.#events.splice(0, excess)
      this.#skippedEvents += excess
    }
    for (const part of batch.output) {
      this.#output.push(part)
      this.#outputBytes += part.bytes.length
    }
    this.#dropOldOutput()
    // Keep the counts of what was left out earlier.
    this.#skippedEvents += batch.skipped?.events ?? 0
    this.#skippedOutputBytes += batch.skipped?.outputBytes ?? 0
  }

  /** Returns everything that waits, or `null`. */
  take(): Batch | null {
    if (this.#snapshot === null) return null
    const joined: Batch = { snapshot: this.#snapshot, events: this.#events, output: this.#output }
    const skipped = { events: this.#skippedEvents, outputBytes: this.#skippedOutputBytes }
    this.#snapshot = null
    this.#events = []
    this.#output = []
    this.#outputBytes = 0
    this.#skippedEvents = 0
    this.#skippedOutputBytes = 0
    return skipped.events + skipped.outputBytes === 0 ? joined : { ...joined, skipped }
  }

  #dropOldOutput(): void {
    let kept = 0
    while (this.#outputBytes > MAX_PENDING_OUTPUT_BYTES) {
      const oldest = this.#output[kept]!
      const excess = this.#outputBytes - MAX_PENDING_OUTPUT_BYTES
      if (oldest.bytes.length > excess) {
        this.#output[kept] = { instance: oldest.instance, bytes: oldest.bytes.subarray(excess) }
        this.#count(excess)
      } else {
        kept += 1
        this.#count(oldest.bytes.length)
      }
    }
    if (kept > 0) this.#output.splice(0, kept)
  }

  #count(bytes: number): void {
    this.#outputBytes -= bytes
    this.#skippedOutputBytes += bytes
  }
}
