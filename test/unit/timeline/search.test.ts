import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { RealClock } from '../../../src/main/clock/real-clock.ts'
import { timelineApi } from '../../../src/main/simulator/api/timeline.ts'
import { TimelineSearch, type SearchOptions } from '../../../src/main/timeline/search.ts'
import { TimelineStore } from '../../../src/main/timeline/store.ts'
import type { TimelineEvent, TimelineFact } from '../../../src/shared/timeline/events.ts'
import type { EventFilter } from '../../../src/shared/timeline/filter.ts'
import { decodeMatches, MatchWriter } from '../../../src/shared/timeline/matches.ts'
import { lineOf } from '../../../src/shared/timeline/reading.ts'
import { listSource } from '../../../src/shared/timeline/source.ts'
import { anyFact } from '../../fixtures/timeline-facts.ts'
import { buildSearchWorker } from '../../fixtures/timeline-worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'timeline-search-'))
let workerFile: string
const opened: { readonly search: TimelineSearch; readonly worker: string | null | undefined }[] = []

beforeAll(async () => {
  workerFile = await buildSearchWorker(folder)
})
afterEach(() => {
  // Makes sure that no search used slices where the worker was meant.
  for (const { search, worker } of opened) if (worker === workerFile) expect(search.hasWorker).toBe(true)
  for (const { search } of opened.splice(0)) search.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const note = (sentence: string): TimelineFact => ({ kind: 'note', sentence })
const regex = (pattern: string, matchCase = true): EventFilter => ({ text: { pattern, regex: true, matchCase } })

function searchOf(store: TimelineStore, options: SearchOptions): TimelineSearch {
  const search = new TimelineSearch(store, options)
  opened.push({ search, worker: options.worker })
  return search
}

async function seqs(
  search: TimelineSearch,
  filter: EventFilter,
  fromSeq = 0,
  toSeq: number | null = null
): Promise<number[]> {
  const found = await search.find(filter, fromSeq, toSeq)
  const list = [...decodeMatches(found.matches, found.fromSeq, found.count)]
  expect(list).toHaveLength(found.count)
  return list
}

/** The meaning of a filter, implemented in the simplest way. */
function fits(events: readonly TimelineEvent[], filter: EventFilter): (event: TimelineEvent) => boolean {
  const source = listSource(events)
  const rootOf = (seq: number): number => source.causes(seq).at(-1)!.seq
  const ancestors = filter.ancestorsOf === undefined ? null : source.causes(filter.ancestorsOf).map(({ seq }) => seq)
  return ({ seq, instance, what }) => {
    if (filter.kinds && !filter.kinds.includes(what.kind)) return false
    if (filter.instances && !filter.instances.includes(instance)) return false
    if (filter.chainOf !== undefined && rootOf(seq) !== rootOf(filter.chainOf)) return false
    if (ancestors && !ancestors.includes(seq)) return false
    if (!filter.text) return true
    const { pattern, matchCase } = filter.text
    if (filter.text.regex) return new RegExp(pattern, matchCase ? '' : 'i').test(lineOf(what))
    return matchCase ? lineOf(what).includes(pattern) : lineOf(what).toLowerCase().includes(pattern.toLowerCase())
  }
}

const patterns = [
  'OK',
  '^NOTE',
  'z$',
  '^$',
  'x*',
  '.',
  '[^a]+z',
  '\\s$',
  '\\s*$',
  '[\\s\\S]+830',
  '[^]*bar',
  'OK(?!\\s)',
  '(?<!\\S)830',
  '(?=(\\s*))\\1[A-Z]',
  '\\W\\W',
  '\\D{9}$',
  '[^-a]b',
  '\\bfoo\\b',
  '(a|b)+r$',
  '\\u2192',
  '→',
  '[\\x00-\\x20]1',
  '\\x41T',
  '\\n',
  '(?<n>o) \\k<n>',
  '[가-힣]',
  'ö',
  'Ö',
  '[]',
  'a{0}',
  '(O)K.*\\1',
  '[^\\n]830',
  '(?:)',
  '\\cJ'
]
const texts = fc.oneof(
  fc.record({ pattern: fc.constantFrom(...patterns), regex: fc.constant(true), matchCase: fc.boolean() }),
  fc.record({
    pattern: fc.constantFrom('ok', 'OK', '1.2', '→', '(', '[a', '\\', 'foo b', '-', ' ', ''),
    regex: fc.constant(false),
    matchCase: fc.boolean()
  })
)

describe.each(['worker', 'slices'] as const)('a search by %s', (by) => {
  const options = (more: SearchOptions = {}): SearchOptions => ({
    worker: by === 'worker' ? workerFile : null,
    ...more
  })

  it('finds what looking at each event finds', async () => {
    const report = fc.record({
      what: anyFact,
      cause: fc.option(fc.nat(500), { freq: 4 }),
      instance: fc.option(fc.nat(2))
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(report, { minLength: 1, maxLength: 60 }),
        fc.array(
          fc.record({
            text: texts,
            kinds: fc.constant(['note', 'line', 'bytes', 'transition'] as const),
            instances: fc.constant<(number | null)[]>([0, null]),
            place: fc.nat(59)
          }),
          { minLength: 3, maxLength: 8 }
        ),
        fc.nat(7),
        async (reports, wishes, mix) => {
          const store = new TimelineStore(new RealClock())
          const search = searchOf(store, options())
          for (const [seq, { what, cause, instance }] of reports.entries()) {
            store.report(what, cause === null || seq === 0 ? null : cause % seq, instance)
            if (seq === 20) await search.ready()
          }
          const events = [...store.range(0, store.nextSeq)]
          for (const { text, kinds, instances, place } of wishes) {
            const seq = place % reports.length
            const filter: EventFilter = {
              ...(mix === 1 ? {} : { text }),
              ...(mix % 3 === 1 ? { kinds: [...kinds] } : {}),
              ...(mix % 4 === 2 ? { instances } : {}),
              ...(mix === 5 ? { chainOf: seq } : {}),
              ...(mix === 6 ? { ancestorsOf: seq } : {})
            }
            const wanted = events.filter(fits(events, filter)).map((event) => event.seq)
            expect(await seqs(search, filter), JSON.stringify(filter)).toEqual(wanted)
            expect(await seqs(search, filter, 5, seq)).toEqual(wanted.filter((one) => one >= 5 && one < seq))
          }
          search.close()
        }
      ),
      { numRuns: 12 }
    )
  }, 120_000)

  it('finds every pattern in many lines as in each alone', async () => {
    const store = new TimelineStore(new RealClock())
    for (const fact of fc.sample(anyFact, { numRuns: 400, seed: 7 })) store.report(fact)
    const search = searchOf(store, options())
    const events = [...store.range(0, store.nextSeq)]
    for (const pattern of patterns) {
      const filter = regex(pattern, false)
      expect(await seqs(search, filter), pattern).toEqual(events.filter(fits(events, filter)).map(({ seq }) => seq))
    }
  })

  it('goes on where the last one ended, while events come and fall off', async () => {
    const store = new TimelineStore(new RealClock(), 2 * 1024 * 1024)
    const search = searchOf(store, options())
    search.wake()
    let from = 0
    for (let round = 0; round < 8; round++) {
      for (let at = 0; at < 4000; at++)
        store.report(
          at % 3 === 0
            ? { kind: 'transition', chart: 'ssl', from: 'closed', to: 'open', event: `E${store.nextSeq}` }
            : note(`Event ${store.nextSeq} ends in ${store.nextSeq % 10}.`)
        )
      const { firstSeq, nextSeq } = store
      const start = Math.max(from, firstSeq)
      const list = await seqs(search, regex('(in 7\\.|E\\d*7)$'), from)
      expect(list).toEqual(
        Array.from({ length: nextSeq - start }, (_, at) => start + at).filter(
          (seq) => seq % 10 === 7 && lineOf(store.at(seq)!.what).endsWith((seq % 4000) % 3 === 0 ? '7' : '7.')
        )
      )
      from = nextSeq
    }
    expect(store.firstSeq).toBeGreaterThan(4000)
    expect((await search.find({}, 0, null)).count).toBe(store.nextSeq - store.firstSeq)
  })

  it('stops a pattern without end after its time, and goes on with the next', async () => {
    const store = new TimelineStore(new RealClock())
    store.report(note('a'.repeat(200)))
    store.report(note('b'))
    const search = searchOf(store, options({ limitMs: 2000, sliceMs: 10_000 }))
    await search.ready()
    const [stopped, next] = await Promise.allSettled([
      search.find(regex('(a+)+!'), 0, null),
      search.find({ kinds: ['note'] }, 0, null)
    ])
    expect(stopped).toMatchObject({
      status: 'rejected',
      reason: {
        message: 'The pattern took longer than 2 s to search the timeline and was stopped; use a simpler one.'
      }
    })
    expect(next).toMatchObject({ status: 'fulfilled', value: { count: 2 } })
    store.report(note('bb'))
    expect(await seqs(search, regex('b+$'))).toEqual([1, 2])
  })

  it('says of a pattern that the engine cannot run that it is too much, and goes on', async () => {
    const store = new TimelineStore(new RealClock())
    store.report(note('a'.repeat(200)))
    // The time that this takes is not what is tested; on a busy machine it exceeds the usual limit.
    const search = searchOf(store, options({ limitMs: 60_000, sliceMs: 60_000 }))
    const [outcome, next] = await Promise.allSettled([
      search.find(regex('(?:(?:(?:(?:(?:.?){99}){99}){99}){99})'), 0, null),
      search.find({ kinds: ['note'] }, 0, null)
    ])
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: { message: 'The pattern is too large or too deeply nested; use a simpler one.' }
    })
    expect(next).toMatchObject({ status: 'fulfilled', value: { count: 1 } })
  })

  it('refuses with a sentence', async () => {
    const store = new TimelineStore(new RealClock())
    store.report(note('a'))
    const search = searchOf(store, options())
    await expect(search.find(regex('(a'), 0, null)).rejects.toThrow(
      '"(a" is not a regular expression: unterminated group.'
    )
    await expect(search.find({ chainOf: 9 }, 0, null)).rejects.toThrow('Event 9 has not happened yet.')
    const many = await Promise.allSettled(Array.from({ length: 30 }, () => search.find({}, 0, null)))
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(16)
    expect(many.at(-1)).toMatchObject({ reason: { message: '16 searches of the timeline are waiting already.' } })
    search.close()
    await expect(search.find({}, 0, null)).rejects.toThrow('The timeline is closed.')
  })
})

describe('a search in slices that takes too long', () => {
  const hopeless = async (options: SearchOptions): Promise<unknown> => {
    const store = new TimelineStore(new RealClock())
    store.report(note('a'.repeat(200)))
    return await searchOf(store, { worker: null, ...options })
      .find(regex('(a+)+!'), 0, null)
      .catch((error: unknown) => error)
  }

  it("T-9: names the slice where that was the limit, and not the caller's", async () => {
    const error = await hopeless({ limitMs: 3_600_000, sliceMs: 50 })
    expect(error).toMatchObject({
      name: 'SearchStopped',
      limitMs: 50,
      scope: 'part',
      message:
        'The pattern took longer than 0.05 s to search one part of the timeline and was stopped; use a simpler one.'
    })
  })

  it("T-9: names the caller's limit where that is the shorter one", async () => {
    const error = await hopeless({ limitMs: 50, sliceMs: 3_600_000 })
    expect(error).toMatchObject({
      name: 'SearchStopped',
      limitMs: 50,
      scope: 'timeline',
      message: 'The pattern took longer than 0.05 s to search the timeline and was stopped; use a simpler one.'
    })
  })
})

describe('a worker that cannot be had', () => {
  it.each([
    ['is not there', 'absent.mjs', null],
    ['fails at once', 'broken.mjs', 'throw new Error("no")'],
    ['ends by itself', 'ending.mjs', 'process.exit(0)']
  ])('when it %s, the search goes on without', async (_, name, source) => {
    const file = join(folder, name)
    if (source !== null) writeFileSync(file, source)
    const store = new TimelineStore(new RealClock())
    store.report(note('a'))
    const search = searchOf(store, { worker: file })
    expect(await seqs(search, regex('a'))).toEqual([0])
    expect(search.hasWorker).toBe(false)
  })
})

describe('the calls', () => {
  it('find events and fetch them', async () => {
    const store = new TimelineStore(new RealClock())
    for (let at = 0; at < 10; at++) store.report(note(`number ${at}`), at > 5 ? 5 : null)
    const api = timelineApi(store, searchOf(store, { worker: workerFile }))
    const found = await api.findEvents({ filter: { chainOf: 7 }, fromSeq: 0, toSeq: null })
    expect(found).toMatchObject({ firstSeq: 0, fromSeq: 0, scannedTo: 10, count: 5 })
    const list = [...decodeMatches(found.matches, found.fromSeq, found.count)]
    expect(list).toEqual([5, 6, 7, 8, 9])
    expect((await api.eventsAt({ seqs: [...list, 99] })).map(({ seq }) => seq)).toEqual(list)
  })
})

describe('the list of matches', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(100_000)), fc.constantFrom(0, 2 ** 40), (numbers, base) => {
        const list = numbers.toSorted((a, b) => a - b).map((one) => base + one)
        const writer = new MatchWriter(base)
        for (const seq of list) writer.add(seq)
        expect([...decodeMatches(writer.finish(), base, writer.count)]).toEqual(list)
      })
    )
  })

  it('is small for all of a million, and harmless when cut short', () => {
    const writer = new MatchWriter(0)
    for (let seq = 0; seq < 1_000_000; seq++) writer.add(seq)
    const bytes = writer.finish()
    expect(bytes.length).toBe(4)
    expect(decodeMatches(bytes, 0, 1_000_000).at(-1)).toBe(999_999)
    expect(decodeMatches(Uint8Array.of(0x80), 0, 10)).toHaveLength(0)
  })
})
