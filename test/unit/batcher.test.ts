import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RealClock } from '../../src/main/clock/real-clock.ts'
import { Batcher } from '../../src/main/simulator/batcher.ts'
import { TimelineStore } from '../../src/main/timeline/store.ts'
import { KeptOutput, MAX_KEPT_OUTPUT_BYTES } from '../../src/renderer/state/store/kept-output.ts'
import type { Batch } from '../../src/shared/api/api.ts'
import type { Snapshot } from '../../src/shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../src/shared/timeline/events.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function bench() {
  let tell: (events: readonly TimelineEvent[]) => void = () => {}
  const batcher = new Batcher(
    () => ({}) as Snapshot,
    (listener) => {
      tell = listener
      return () => {}
    },
    () => {}
  )
  const taken: Batch[] = []
  batcher.subscribe((batch) => taken.push(batch))
  vi.advanceTimersByTime(50)
  taken.length = 0
  let seq = 0
  const happen = (count: number): void => {
    tell(
      Array.from(
        { length: count },
        () =>
          ({ seq: seq++, instance: null, what: { kind: 'note', sentence: 'Something.' } }) as unknown as TimelineEvent
      )
    )
  }
  return { batcher, taken, happen }
}

describe('batches for those who watch', () => {
  it('come 50 ms after what happened while one holds all of it', () => {
    const { taken, happen } = bench()
    for (let batch = 1; batch <= 5; batch++) {
      happen(200)
      vi.advanceTimersByTime(50)
      expect(taken).toHaveLength(batch)
    }
  })

  it.each([201, 5000])('come four times a second while more happens than one holds: %i events at a time', (count) => {
    const { batcher, taken, happen } = bench()
    happen(count)
    vi.advanceTimersByTime(50)
    expect(taken).toHaveLength(1)
    for (let step = 0; step < 20; step++) {
      happen(count)
      vi.advanceTimersByTime(50)
    }
    expect(taken).toHaveLength(5)
    expect(taken[4]!.events).toHaveLength(200)
    batcher.stop()
  })

  it('come as soon as before when the flood is over', () => {
    const { taken, happen } = bench()
    happen(1000)
    vi.advanceTimersByTime(50)
    vi.advanceTimersByTime(250)
    happen(1)
    vi.advanceTimersByTime(50)
    expect(taken.map(({ events }) => events.length)).toEqual([200, 1])
  })

  it('hold all events that their snapshot counts, those of the same turn included', () => {
    vi.useRealTimers()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
    const store = new TimelineStore(new RealClock())
    const snapshot = () => ({ timeline: { nextSeq: store.nextSeq, dropped: 0 } }) as Snapshot
    const batcher = new Batcher(
      snapshot,
      (listener) => store.subscribe(listener),
      () => store.flush()
    )
    const taken: Batch[] = []
    batcher.subscribe((batch) => taken.push(batch))
    // The store delivers in an immediate, which this test does not wait for.
    store.report({ kind: 'note', sentence: 'Something.' })
    vi.advanceTimersByTime(50)
    expect(taken).toHaveLength(1)
    expect(taken[0]!.events.map(({ seq }) => seq)).toEqual([0])
    expect(taken[0]!.snapshot.timeline.nextSeq).toBe(1)
    vi.advanceTimersByTime(500)
    expect(taken).toHaveLength(1)
    batcher.stop()
  })

  it('hold what each port printed in one piece', () => {
    const { batcher, taken } = bench()
    const print = (instance: number, text: string): void => batcher.printed(instance, new TextEncoder().encode(text))
    for (const [instance, text] of [
      [0, '\r\nOK'],
      [1, 'RI'],
      [0, '\r\n'],
      [1, 'NG']
    ] as const)
      print(instance, text)
    vi.advanceTimersByTime(50)
    expect(taken[0]!.output.map(({ instance, bytes }) => [instance, new TextDecoder().decode(bytes)])).toEqual([
      [0, '\r\nOK\r\n'],
      [1, 'RING']
    ])
  })
})

describe('output kept for a terminal that is opened later', () => {
  const sizeOf = (kept: KeptOutput): number => kept.chunks.reduce((sum, { length }) => sum + length, 0)

  it('is the newest 64 kB, in order', () => {
    const kept = new KeptOutput()
    const pieces = Array.from({ length: 50_000 }, (_, at) => new Uint8Array([at, at >> 8, 0]))
    for (const piece of pieces) kept.add(piece)
    expect(kept.chunks).toEqual(pieces.slice(-Math.floor(MAX_KEPT_OUTPUT_BYTES / 3)))
  })

  it('is the newest piece whole, however long', () => {
    const kept = new KeptOutput()
    kept.add(new Uint8Array(10))
    kept.add(new Uint8Array(MAX_KEPT_OUTPUT_BYTES + 1))
    expect(kept.chunks.map(({ length }) => length)).toEqual([MAX_KEPT_OUTPUT_BYTES + 1])
    kept.add(new Uint8Array(5))
    expect(sizeOf(kept)).toBe(5)
  })
})
