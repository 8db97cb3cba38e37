import type { Clock } from '../../shared/contracts/clock.ts'

/**
 * Writes bytes a few at a time, on the clock that is handed in: the slow server of the lab. Time and transport are the owner's,
 * so this belongs beside the engine and not into it.
 */
export interface Drip {
  /** Takes bytes; false when so much waits that the owner should stop reading until `drained`. */
  write(bytes: Uint8Array): boolean
  /** Calls `done` once everything is out. */
  end(done: () => void): void
  /** Drops what waits. */
  stop(): void
}

/** Bytes that may wait before the owner is asked to pause: some records; at one byte in 50 ms more than an hour. */
const HIGH_WATER_BYTES = 65_536

export function drip(
  pace: { readonly pieceBytes: number; readonly intervalMs: number },
  clock: Pick<Clock, 'schedule'>,
  out: { write(piece: Uint8Array): void; drained(): void }
): Drip {
  let waiting: Uint8Array = new Uint8Array()
  let timer: { cancel(): void } | null = null
  let ended: (() => void) | null = null

  const next = (): void => {
    timer = null
    const piece = waiting.slice(0, pace.pieceBytes)
    const wasFull = waiting.length >= HIGH_WATER_BYTES
    waiting = waiting.subarray(piece.length)
    if (piece.length > 0) out.write(piece)
    if (wasFull && waiting.length < HIGH_WATER_BYTES) out.drained()
    run()
  }
  const run = (): void => {
    if (timer) return
    if (waiting.length > 0) timer = clock.schedule(pace.intervalMs, next)
    else {
      const done = ended
      ended = null
      done?.()
    }
  }
  return {
    write: (bytes) => {
      const joined = new Uint8Array(waiting.length + bytes.length)
      joined.set(waiting)
      joined.set(bytes, waiting.length)
      waiting = joined
      run()
      return waiting.length < HIGH_WATER_BYTES
    },
    end: (done) => {
      ended = done
      run()
    },
    stop: () => {
      timer?.cancel()
      timer = null
      waiting = new Uint8Array()
    }
  }
}
