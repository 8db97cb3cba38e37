import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FactWriter, readFact } from '../../../src/main/timeline/fact-codec.ts'
import { TimelineStore } from '../../../src/main/timeline/store.ts'
import type { Clock } from '../../../src/shared/contracts/clock.ts'
import type { TimelineEvent, TimelineFact } from '../../../src/shared/timeline/events.ts'
import { listSource } from '../../../src/shared/timeline/source.ts'
import { anyFact } from '../../fixtures/timeline-facts.ts'

/** A clock that the test sets. */
function handClock(): Clock & { ms: number } {
  return {
    ms: 0,
    nowMs() {
      return this.ms
    },
    worldMs() {
      return 1_700_000_000_000 + this.ms
    },
    schedule() {
      throw new Error('The timeline sets no timers.')
    }
  }
}

const note = (text: string): TimelineFact => ({ kind: 'note', sentence: text })
const megabyte = 1024 * 1024

describe('what is reported', () => {
  it('can be read again just as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ what: anyFact, cause: fc.option(fc.nat(40)), instance: fc.option(fc.nat(2)) }), {
          maxLength: 40
        }),
        (reports) => {
          const clock = handClock()
          const store = new TimelineStore(clock)
          for (const [seq, { what, cause, instance }] of reports.entries()) {
            clock.ms = seq * 1.25
            expect(store.report(what, cause, instance)).toBe(seq)
            // A cause that has not happened yet does not count.
            const known = cause !== null && cause < seq ? cause : null
            expect(store.at(seq)).toEqual({
              seq,
              moduleMs: clock.ms,
              wallMs: 1_700_000_000_000 + clock.ms,
              cause: known,
              instance,
              what
            })
          }
        }
      ),
      { numRuns: 60 }
    )
  })

  it('keeps bytes as they were when reported', () => {
    const store = new TimelineStore(handClock())
    const bytes = Uint8Array.of(1, 2, 3)
    store.report({ kind: 'bytes', direction: 'tx', bytes, data: true })
    bytes.fill(0)
    expect(store.at(0)!.what).toEqual({ kind: 'bytes', direction: 'tx', bytes: Uint8Array.of(1, 2, 3), data: true })
  })

  it('takes an event that is larger than a slab, and one that is larger than the budget', () => {
    const store = new TimelineStore(handClock(), megabyte)
    store.report(note('before'))
    const bytes = new Uint8Array(2 * megabyte).fill(7)
    const seq = store.report({ kind: 'bytes', direction: 'rx', bytes, data: true })
    const kept = store.at(seq)!.what
    // A byte-by-byte comparison of megabytes would be slow.
    expect(kept.kind === 'bytes' && Buffer.compare(kept.bytes, bytes) === 0).toBe(true)
    expect([store.firstSeq, store.dropped]).toEqual([1, 1])
    store.report(note('after'))
    expect(store.query({ fromSeq: 0, limit: 10 }).events.map(({ what }) => what)).toEqual([note('after')])
  })

  it('has a fact whatever its fields: new ones need no change here', () => {
    const writer = new FactWriter()
    const fact = {
      kind: 'later',
      deep: [{ a: [1, -1, 0.5, -0, NaN, 2 ** 40, null, true, { b: 'Ж'.repeat(90) }] }],
      none: undefined,
      bytes: new Uint8Array(9000)
    }
    for (let times = 0; times < 3; times++) {
      const written = writer.write(fact)
      const { none: _, ...rest } = fact
      expect(readFact(written, 0, writer.words)).toEqual(rest)
    }
  })

  it('learns no more words than it can use', () => {
    const writer = new FactWriter()
    for (let at = 0; at < 10_000; at++) writer.write(note(`sentence ${at}`))
    expect(writer.words.length).toBeLessThan(200)
    expect(writer.write(note('sentence 9999')).length).toBeLessThan(24)
  })

  it('keeps every fact whole, wherever in its memory it comes to lie', () => {
    // Some ten slabs, each of which ends in the middle of a fact.
    const store = new TimelineStore(handClock(), 16 * megabyte)
    const facts = Array.from({ length: 4000 }, (_, at): TimelineFact =>
      at % 3 === 0
        ? { kind: 'bytes', direction: 'rx', bytes: new Uint8Array((at * 37) % 1901).fill(at), data: true }
        : note('Ж'.repeat((at * 11) % 301) + String(at))
    )
    for (const fact of facts) store.report(fact)
    expect(store.dropped).toBe(0)
    for (const [seq, fact] of facts.entries()) expect(store.at(seq)!.what, `${seq}`).toEqual(fact)
  })

  it('says that a fact does not fit, and writes the next one all the same', () => {
    const writer = new FactWriter()
    const memory = new Uint8Array(new SharedArrayBuffer(1000))
    const fact = note('A sentence that is too long for so little room.')
    for (let end = 0; end <= 80; end += 1) {
      const written = writer.writeInto(memory, 0, end, fact)
      if (written !== null) expect(written).toBeLessThanOrEqual(end)
      const whole = writer.write(fact)
      expect(readFact(whole, 0, writer.words)).toEqual(fact)
    }
    expect(writer.writeInto(memory, 100, 40, fact)).toBeNull()
    const length = writer.writeInto(memory, 100, 1000, fact)
    expect(length).toBe(writer.write(fact).length)
    expect(readFact(memory, 100, writer.words)).toEqual(fact)
  })
})

describe('the budget', () => {
  it('drops the oldest and counts them', () => {
    const store = new TimelineStore(handClock(), megabyte)
    for (let at = 0; at < 30_000; at++)
      store.report(note(`This is event number ${at}, one of very many.`), at === 0 ? null : at - 1)
    expect(store.dropped).toBeGreaterThan(1000)
    expect(store.firstSeq).toBe(store.dropped)
    expect(store.nextSeq).toBe(30_000)
    expect(store.at(store.firstSeq - 1)).toBeNull()
    expect(store.at(store.firstSeq)?.cause).toBe(store.firstSeq - 1)
    const page = store.query({ fromSeq: 0, limit: 5 })
    expect(page).toMatchObject({ firstSeq: store.firstSeq, nextSeq: 30_000, dropped: store.dropped })
    expect(page.events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4].map((at) => store.firstSeq + at))
    for (let seq = store.firstSeq; seq < store.nextSeq; seq += 97) {
      expect(store.at(seq)!.what).toEqual(note(`This is event number ${seq}, one of very many.`))
    }
  })

  it('keeps shared memory within the budget under a flood, slabs that are left over included', () => {
    const store = new TimelineStore(handClock(), 4 * megabyte)
    const bytes = new Uint8Array(60_000)
    for (let at = 0; at < 500; at++) store.report({ kind: 'bytes', direction: 'rx', bytes, data: true })
    // 4 MB are 16 slabs of 256 kB, with four such events each.
    expect(store.nextSeq - store.firstSeq).toBeLessThanOrEqual(64)
    expect(store.nextSeq - store.firstSeq).toBeGreaterThan(50)
  })
})

describe('queries', () => {
  it('answers null for what is no event', () => {
    const store = new TimelineStore(handClock())
    store.report(note('one'))
    for (const seq of [-1, 1, 0.5, NaN, Infinity]) expect(store.at(seq)).toBeNull()
    expect(store.causes(7)).toEqual([])
    expect(store.effects(7, 10)).toEqual([])
    expect([...store.range(5, 9)]).toEqual([])
  })

  it('knows causes and effects as a plain list does, with several causes too', () => {
    const pick = fc.option(fc.nat(1000), { freq: 4 })
    const picks = fc.array(fc.tuple(pick, fc.array(fc.nat(1000), { maxLength: 4 })), { minLength: 1, maxLength: 120 })
    fc.assert(
      fc.property(picks, fc.nat(40), (causes, limit) => {
        const store = new TimelineStore(handClock())
        for (const [seq, [one, others]] of causes.entries())
          store.report(
            note(`${seq}`),
            one === null || seq === 0 ? null : one % seq,
            null,
            seq === 0 ? [] : others.map((other) => other % seq)
          )
        const list = listSource([...store.range(0, store.nextSeq)])
        for (let seq = 0; seq < causes.length; seq++) {
          expect(store.causes(seq)).toEqual(list.causes(seq))
          expect(store.effects(seq, limit)).toEqual(list.effects(seq, limit))
          let root = seq
          for (let cause = list.at(seq)!.cause; cause !== null; cause = list.at(cause)!.cause) root = cause
          expect(store.rootOf(seq)).toBe(root)
        }
      }),
      { numRuns: 40 }
    )
  })

  it('keeps each further cause once, oldest first, and only what happened before', () => {
    const store = new TimelineStore(handClock())
    for (let at = 0; at < 5; at++) store.report(note(`${at}`))
    store.report(note('several'), 2, null, [4, 0, 2, 4, 9, -1])
    store.report(note('without a first'), null, null, [1, 3])
    expect(store.at(5)).toMatchObject({ cause: 2, furtherCauses: [0, 4] })
    expect(store.at(6)).toMatchObject({ cause: 3, furtherCauses: [1] })
    expect(store.at(4)).not.toHaveProperty('furtherCauses')
    expect(store.causes(5).map(({ seq }) => seq)).toEqual([5, 4, 2, 0])
    expect(store.effects(4, 9).map(({ seq }) => seq)).toEqual([5])
    // A sibling by the first cause is no effect of a further one.
    store.report(note('of 2 alone'), 2)
    expect(store.effects(0, 9).map(({ seq }) => seq)).toEqual([5])
    expect(store.effects(2, 9).map(({ seq }) => seq)).toEqual([5, 7])
  })

  it('takes a thousand further causes at a byte or two each, over slabs and after the oldest have gone', () => {
    const store = new TimelineStore(handClock(), megabyte)
    const recent: number[] = []
    for (let at = 0; at < 20_000; at++) {
      if (at % 1500 === 1499) {
        const seq = store.report(note(`Sent ${at}.`), null, null, recent.splice(0))
        expect(store.at(seq)!.furtherCauses).toHaveLength(1498)
        expect(store.causes(seq)).toHaveLength(1500)
      } else recent.push(store.report(note('b')))
    }
    const last = store.nextSeq - 1
    expect(store.firstSeq).toBeGreaterThan(0)
    expect(store.causes(last).every(({ seq }) => seq >= store.firstSeq)).toBe(true)
  })

  it('walks back over the kinds that are asked for, as a plain list does', () => {
    const fact = fc.constantFrom<TimelineFact>(note('one'), { kind: 'line', text: 'AT' }, { kind: 'urc', text: 'RING' })
    const kinds = fc.subarray<TimelineFact['kind']>(['note', 'line', 'urc'])
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 60 }),
        kinds,
        fc.integer({ min: -5, max: 70 }),
        fc.integer({ min: -5, max: 70 }),
        (facts, wanted, from, to) => {
          const store = new TimelineStore(handClock())
          for (const one of facts) store.report(one, null, 1)
          const list = listSource([...store.range(0, store.nextSeq)])
          expect([...store.backwards(wanted, from, to)]).toEqual([...list.backwards(wanted, from, to)])
        }
      ),
      { numRuns: 60 }
    )
  })

  it('walks back to the oldest that is still kept', () => {
    const store = new TimelineStore(handClock(), megabyte)
    for (let at = 0; at < 20_000; at++) store.report(note(`A sentence of the usual length, ${at}.`))
    expect(store.firstSeq).toBeGreaterThan(0)
    const seqs = [...store.backwards(['note'], 0, Infinity)].map(({ seq }) => seq)
    expect([seqs[0], seqs.at(-1), seqs.length]).toEqual([19_999, store.firstSeq, 20_000 - store.firstSeq])
  })

  it('knows the root of an event whose causes have fallen off', () => {
    const store = new TimelineStore(handClock(), megabyte)
    for (let at = 0; at < 20_000; at++)
      store.report(note(`A sentence of the usual length, ${at}.`), at === 0 ? null : Math.max(0, at - 3))
    expect(store.firstSeq).toBeGreaterThan(0)
    expect(store.rootOf(19_999)).toBe(0)
    expect(store.causes(19_999).at(-1)!.seq).toBeLessThan(store.firstSeq + 3)
  })

  it('goes on reading a range while events come and fall off', () => {
    const store = new TimelineStore(handClock(), megabyte)
    for (let at = 0; at < 3000; at++) store.report(note(`Number ${at} of a few thousand.`))
    const seen: number[] = []
    for (const { seq } of store.range(0, 40_000)) {
      seen.push(seq)
      if (store.nextSeq < 30_000)
        for (let at = 0; at < 10; at++) store.report(note(`Number ${store.nextSeq} of a few thousand.`))
    }
    expect(seen.at(-1)).toBe(store.nextSeq - 1)
    expect(seen.every((seq, at) => at === 0 || seq > seen[at - 1]!)).toBe(true)
    expect(seen.length).toBeLessThan(store.nextSeq)
  })
})

describe('subscribers', () => {
  it('get batches, never within a report', async () => {
    const store = new TimelineStore(handClock())
    store.report(note('before'))
    const batches: (readonly TimelineEvent[])[] = []
    const end = store.subscribe((events) => batches.push(events))
    for (let at = 0; at < 100; at++) store.report(note(`${at}`))
    expect(batches).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(batches.map((batch) => batch.length)).toEqual([100])
    expect(batches[0]![0]).toEqual(store.at(1))
    store.report(note('last'))
    store.flush()
    end()
    store.report(note('unheard'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(batches.map((batch) => batch.length)).toEqual([100, 1])
  })

  it('are told in parts when a turn brings very many', () => {
    const store = new TimelineStore(handClock())
    let told = 0
    store.subscribe((events) => {
      told += events.length
    })
    for (let at = 0; at < 10_000; at++) store.report(note('x'))
    expect(told).toBe(8192)
    store.flush()
    expect(told).toBe(10_000)
  })
})
