/**
 * Memory for chunks, used again. The garbage collector does not count shared memory that is released, so it would not
 * free it in time, and a flood of events would exceed the budget.
 */
export class SlabPool {
  private readonly spare: SharedArrayBuffer[] = []

  /** Returns a slab of the usual size, or a larger one for `bytes`. Its content is undefined. */
  take(bytes: number): SharedArrayBuffer {
    if (bytes <= SLAB_BYTES) return this.spare.pop() ?? new SharedArrayBuffer(SLAB_BYTES)
    // Records are aligned to 8 bytes from the end.
    return new SharedArrayBuffer(Math.ceil(bytes / 8) * 8)
  }

  give(slab: SharedArrayBuffer): void {
    if (slab.byteLength === SLAB_BYTES && this.spare.length < MOST_SPARE) this.spare.push(slab)
  }
}

/** Room for some thousand events: small compared with any budget, large compared with the work for each slab. */
export const SLAB_BYTES = 256 * 1024
/** Slabs become free nearly one at a time, sometimes with one that a worker was reading. */
const MOST_SPARE = 4
