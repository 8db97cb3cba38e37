/**
 * Memory for chunks, used again. Shared memory that is merely let go is not counted by the engine's collector, which
 * then sees no reason to free it; under a flood the budget would mean nothing.
 */
export class SlabPool {
  private readonly spare: SharedArrayBuffer[] = []

  /** A slab of the usual size, or a larger one that holds `bytes`. What is in it is undefined. */
  take(bytes: number): SharedArrayBuffer {
    if (bytes <= SLAB_BYTES) return this.spare.pop() ?? new SharedArrayBuffer(SLAB_BYTES)
    // Records are 8 bytes aligned from the end.
    return new SharedArrayBuffer(Math.ceil(bytes / 8) * 8)
  }

  give(slab: SharedArrayBuffer): void {
    if (slab.byteLength === SLAB_BYTES && this.spare.length < MOST_SPARE) this.spare.push(slab)
  }
}

/** Some thousand events: small against any budget, and large against what begins and ends with a slab. */
export const SLAB_BYTES = 256 * 1024
/** As many as become free before the next is taken: one, and the one that a worker was reading. */
const MOST_SPARE = 4
