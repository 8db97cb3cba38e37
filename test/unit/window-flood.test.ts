import { describe, expect, it } from 'vitest'
import { BatchPace, type Page } from '../../src/renderer/state/store/batch-pace.ts'
import { shared } from '../../src/renderer/state/store/share.ts'
import type { Batch } from '../../src/shared/api/api.ts'

/** A page whose drawing takes as long as the test says. */
class TestPage implements Page {
  private now = 0
  private drawn: (() => void) | null = null
  private rested: { readonly run: () => void; readonly ms: number } | null = null

  get restMs(): number | null {
    return this.rested?.ms ?? null
  }

  nowMs(): number {
    return this.now
  }

  afterDrawing(then: () => void): void {
    this.drawn = then
  }

  later(then: () => void, ms: number): void {
    this.rested = { run: then, ms }
  }

  draw(tookMs: number): void {
    this.now += tookMs
    this.drawn?.()
    this.drawn = null
  }

  rest(): void {
    const { rested } = this
    this.now += rested?.ms ?? 0
    this.rested = null
    rested?.run()
  }
}

function batch(moduleMs: number, printed: string, missed = 0): Batch {
  const output = [{ instance: 0, bytes: new TextEncoder().encode(printed) }]
  const snapshot = { moduleMs } as Batch['snapshot']
  return { snapshot, events: [], output, ...(missed > 0 ? { skipped: { events: 0, outputBytes: missed } } : {}) }
}

function bench(): { page: TestPage; pace: BatchPace; taken: Batch[] } {
  const page = new TestPage()
  const taken: Batch[] = []
  return { page, taken, pace: new BatchPace(page, (one) => taken.push(one)) }
}

const printedIn = ({ output }: Batch): string => output.map(({ bytes }) => new TextDecoder().decode(bytes)).join('')

describe('batches in a window', () => {
  it('come at once after a rest', () => {
    const { page, pace, taken } = bench()
    pace.add(batch(1, 'a'))
    expect(taken).toHaveLength(1)
    page.draw(5)
    page.rest()
    pace.add(batch(2, 'b'))
    expect(taken.map(printedIn)).toEqual(['a', 'b'])
  })

  it('are joined while the one before is drawn and for as long again, and nothing of them is lost', () => {
    const { page, pace, taken } = bench()
    pace.add(batch(1, 'a'))
    pace.add(batch(2, 'b'))
    page.draw(70)
    expect(page.restMs).toBe(70)
    pace.add(batch(3, 'c', 7))
    expect(taken).toHaveLength(1)
    page.rest()
    expect(taken.map(printedIn)).toEqual(['a', 'bc'])
    expect(taken[1]).toMatchObject({ snapshot: { moduleMs: 3 }, skipped: { events: 0, outputBytes: 7 } })
  })

  it('rest for half a second at most', () => {
    const { page, pace } = bench()
    pace.add(batch(1, 'a'))
    page.draw(3000)
    expect(page.restMs).toBe(500)
  })

  it('are handed on before what must not overtake them', () => {
    const { page, pace, taken } = bench()
    pace.add(batch(1, 'a'))
    pace.add(batch(2, 'b'))
    pace.flush()
    expect(taken.map(printedIn)).toEqual(['a', 'b'])
    page.draw(5)
    page.rest()
    expect(taken).toHaveLength(2)
  })
})

describe('a snapshot that is shared with the one before', () => {
  const before = {
    ms: 1,
    charts: [
      { id: 'ssl', last: { from: 'a' } },
      { id: 'pdp', last: null }
    ],
    key: new Uint8Array([1, 2]),
    gone: 1
  }

  it('is the same object when nothing changed', () => {
    expect(shared(before, structuredClone(before))).toBe(before)
  })

  it('keeps every part that is equal, and no other', () => {
    const next = shared(before, {
      ...structuredClone(before),
      ms: 2,
      charts: [
        { id: 'ssl', last: { from: 'b' } },
        { id: 'pdp', last: null }
      ]
    })
    expect(next).toEqual({
      ...before,
      ms: 2,
      charts: [
        { id: 'ssl', last: { from: 'b' } },
        { id: 'pdp', last: null }
      ]
    })
    expect(next.charts[1]).toBe(before.charts[1])
    expect(next.charts).not.toBe(before.charts)
    expect(next.key).toBe(before.key)
  })

  it('tells what came, what went, and what is of another kind', () => {
    const { gone: _, ...without } = structuredClone(before)
    expect(shared<unknown>(before, without)).toEqual(without)
    expect(shared<unknown>(before, { ...before, more: undefined })).not.toBe(before)
    expect(shared<unknown>([1, 2], [1])).toEqual([1])
    expect(shared<unknown>([1], { 0: 1 })).toEqual({ 0: 1 })
    expect(shared<unknown>(before.key, new Uint8Array([1, 3]))).toEqual(new Uint8Array([1, 3]))
    expect(shared<unknown>(null, before)).toBe(before)
  })
})
