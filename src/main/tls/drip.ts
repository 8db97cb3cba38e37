import type { Clock } from '../../shared/contracts/clock.ts'

/** Writes bytes a few at a time, for the slow server of the lab. The owner provides clock and transport. */
export interface Drip {
  /** Takes bytes. Returns false when the owner should stop reading until `drained`. */
  write(bytes: Uint8Array): boolean
  /** Calls `done` once everything is written. */
  end(done: () => void): void
  /** Drops what waits. */
  stop(): void
}

/** Bytes that may wait before the owner must pause: some records. At one byte per 50 ms they take almost an hour. */
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
