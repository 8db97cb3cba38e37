import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventCache, MAX_CACHED_EVENTS } from '../../src/renderer/state/timeline/cache.ts'
import { TypedJoins } from '../../src/renderer/state/timeline/joins.ts'
import { AllRows, MatchRows } from '../../src/renderer/state/timeline/rows.ts'
import { SeqList } from '../../src/renderer/state/timeline/seqs.ts'
import type { TimelineEvent } from '../../src/shared/timeline/events.ts'

const note = (seq: number, cause: number | null = null): TimelineEvent => ({
  seq,
  moduleMs: seq,
  wallMs: seq,
  cause,
  instance: null,
  what: { kind: 'note', sentence: `event ${seq}.` }
})
const byte = (seq: number, direction: 'tx' | 'rx', text: string, cause: number | null): TimelineEvent => ({
  ...note(seq, cause),
  instance: 0,
  what: { kind: 'bytes', direction, bytes: new TextEncoder().encode(text), data: false }
})

describe('a list of numbers of events', () => {
  it('has what was put into it, in order, and without what was dropped', () => {
    const start = 2 ** 40
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300)), fc.nat(300), fc.nat(300), (some, dropped, later) => {
        const list = new SeqList()
        for (const one of some) list.insert(start + one)
        list.dropBefore(start + dropped)
        list.insert(start + later)
        const kept = [...new Set([...some.filter((one) => one >= dropped), later])]
          .toSorted((a, b) => a - b)
          .map((one) => start + one)
        expect(Array.from({ length: list.length }, (_, at) => list.at(at))).toEqual(kept)
        expect(kept.every((one) => list.has(one))).toBe(true)
        expect(list.has(start + 301)).toBe(false)
      })
    )
  })

  it('takes a million and drops from its start', () => {
    const list = new SeqList()
    for (let part = 0; part < 100; part++)
      list.push(Float64Array.from({ length: 10_000 }, (_, at) => part * 10_000 + at))
    expect(list.length).toBe(1_000_000)
    list.dropBefore(999_999)
    expect([list.length, list.at(0)]).toEqual([1, 999_999])
  })
})

describe('the order of rows', () => {
  it('knows the event of each row and the row of each event', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.integer({ min: 1, max: 60 }),
        fc.uniqueArray(fc.nat(99)),
        (firstSeq, length, picks) => {
          const hidden = new SeqList()
          const nextSeq = firstSeq + length
          for (const pick of picks) if (pick > firstSeq && pick < nextSeq) hidden.insert(pick)
          const rows = new AllRows(hidden)
          rows.firstSeq = firstSeq
          rows.nextSeq = nextSeq
          const seqs = Array.from({ length }, (_, at) => firstSeq + at).filter((seq) => !hidden.has(seq))
          expect(Array.from({ length: rows.count }, (_, row) => rows.seqAt(row))).toEqual(seqs)
          for (const [row, seq] of seqs.entries()) expect([rows.rowOf(seq), rows.has(seq)]).toEqual([row, true])
          expect(rows.rowOf(nextSeq + 5)).toBe(rows.count)
        }
      )
    )
  })

  it('of a filter is that of what fits', () => {
    const list = new SeqList()
    list.push([3, 7, 900_000])
    const rows = new MatchRows(list)
    expect([rows.count, rows.seqAt(2), rows.rowOf(7), rows.rowOf(8), rows.has(8)]).toEqual([3, 900_000, 1, 2, false])
  })
})

describe('what is typed byte by byte', () => {
  const typed = [
    byte(0, 'tx', 'A', null),
    byte(1, 'rx', 'A', 0),
    byte(2, 'tx', 'T', null),
    byte(3, 'rx', 'T', 2),
    byte(4, 'tx', '\r', null)
  ]

  it.each(['live', 'past'] as const)('stands in one row, its echo in the next (%s)', (way) => {
    const joins = new TypedJoins()
    joins[way](typed)
    expect(joins.partsOf(0)).toEqual([2, 4])
    expect(joins.partsOf(1)).toEqual([3])
    expect([0, 1, 2, 3, 4].map((seq) => joins.ownerOf(seq))).toEqual([0, 1, 0, 1, 0])
    expect(joins.hidden.length).toBe(3)
  })

  it('is joined one by one as it comes, and stays so when it is fetched again', () => {
    const joins = new TypedJoins()
    for (const one of typed) joins.live([one])
    joins.live([note(5)])
    joins.past(typed.slice(2))
    expect(joins.partsOf(0)).toEqual([2, 4])
    joins.dropBefore(3)
    expect(joins.hidden.has(2)).toBe(false)
  })

  it('is not joined over a gap', () => {
    const joins = new TypedJoins()
    joins.live([typed[0]!, { ...typed[2]!, seq: 9 }])
    expect(joins.hidden.length).toBe(0)
  })
})

describe('the events that the panel holds', () => {
  it('are bounded by their number and by their bytes', () => {
    const cache = new EventCache()
    for (let at = 0; at < 10; at++) cache.add(Array.from({ length: 1000 }, (_, index) => note(at * 1000 + index)))
    expect(cache.size).toBe(MAX_CACHED_EVENTS)
    expect(cache.get(9999)).toBeDefined()
    expect(cache.link(0)).toBeDefined()
    const large = (seq: number): TimelineEvent => ({
      ...note(seq),
      what: { kind: 'bytes', direction: 'rx', bytes: new Uint8Array(1_000_000), data: true }
    })
    cache.add(Array.from({ length: 20 }, (_, at) => large(20_000 + at)))
    expect(cache.size).toBeLessThan(10)
    expect(cache.get(20_019)).toBeDefined()
  })

  it('lose first what was not looked at for the longest time', () => {
    const cache = new EventCache()
    cache.add(Array.from({ length: MAX_CACHED_EVENTS }, (_, seq) => note(seq)))
    cache.touch(0)
    cache.add([note(5000)])
    expect([cache.get(0)?.seq, cache.get(1)]).toEqual([0, undefined])
  })
})
