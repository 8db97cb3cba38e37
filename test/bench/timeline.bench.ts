import { RealClock } from '../../src/main/clock/real-clock.ts'
import { TimelineSearch } from '../../src/main/timeline/search.ts'
import { TimelineStore } from '../../src/main/timeline/store.ts'
import type { TimelineFact } from '../../src/shared/timeline/events.ts'
import { lineOf } from '../../src/shared/timeline/reading.ts'

// Measures the timeline with a million events, against plain arrays in the same process. Arguments: the built worker,
// rounds.

const events = 1_000_000
const [workerFile, roundsText] = process.argv.slice(2)
const rounds = Number(roundsText)

const bytes = new TextEncoder().encode('AT#SSLD=1,443,"123.124.125.126",0,1\r')
const facts: readonly TimelineFact[] = Array.from({ length: 1000 }, (_, at): TimelineFact[] => [
  { kind: 'bytes', direction: 'tx', bytes, data: false },
  { kind: 'line', text: `AT#SSLD=1,443,"123.124.125.${at}",0,1` },
  { kind: 'command', name: '#SSLD', text: `AT#SSLD=1,443,"123.124.125.${at}",0,1` },
  { kind: 'transition', chart: 'ssl', from: 'closed', to: 'dialling', event: 'DIAL' },
  {
    kind: 'tls',
    trace: {
      kind: 'record',
      direction: 'out',
      contentType: 'application_data',
      wireBytes: 1000 + at,
      plainBytes: 900,
      encrypted: true
    }
  },
  { kind: 'timer', name: 'txTo', what: 'started', durationMs: 5000 },
  { kind: 'result', word: 'OK', failure: null },
  { kind: 'note', sentence: `Something number ${at} happened to the module here.` }
]).flat()
const lines = facts.map(lineOf)
const clock = new RealClock()
const factOf = (seq: number): TimelineFact => facts[seq % facts.length]!
const causeOf = (seq: number): number | null => (seq % 8 === 0 ? null : seq - (seq % 8))

const runs = []
for (let round = 0; round < rounds; round++) runs.push(await run())
process.stdout.write(JSON.stringify(runs))

async function run(): Promise<Record<string, number>> {
  globalThis.gc?.()
  const before = memory()
  const store = new TimelineStore(clock)
  const appendMs = time(() => {
    for (let seq = 0; seq < events; seq++) store.report(factOf(seq), causeOf(seq), 0)
  })
  const places = Array.from({ length: 21 }, (_, place) => Math.min(events - 200, (place * events) / 20))
  const windowsMs = places.map((fromSeq) => time(() => store.query({ fromSeq, limit: 200 }))).toSorted((a, b) => a - b)
  const windowMs = windowsMs[10]!
  const slowestWindowMs = windowsMs[20]!
  const search = new TimelineSearch(store, { worker: workerFile! })
  const madeMs = await timeAsync(() => search.ready())
  globalThis.gc?.()
  const bytesAnEvent = (memory() - before) / events
  // After measuring memory, because these objects do not belong to the timeline.
  const plainAppendMs = time(() => {
    const list = []
    for (let seq = 0; seq < events; seq++) {
      list.push({
        seq,
        moduleMs: clock.nowMs(),
        wallMs: clock.worldMs(),
        cause: causeOf(seq),
        instance: 0,
        what: factOf(seq)
      })
    }
  })
  // For comparison: a list of a million separate strings.
  const list = Array.from({ length: events }, (_, seq) => Buffer.from(lines[seq % lines.length]!).toString())
  const contentBytes = facts.reduce<number>((sum, fact) => sum + contentOf(fact), 0) / facts.length
  const result = {
    contentBytes,
    appendMs,
    plainAppendMs,
    windowMs,
    slowestWindowMs,
    madeMs,
    bytesAnEvent,
    regexMs: 0,
    plainRegexMs: 0,
    stallMs: 0
  }
  const pattern = 'number 7\\d\\d happened'
  const stall = watchStalls()
  result.regexMs = await timeAsync(() => search.find({ text: { pattern, regex: true, matchCase: false } }, 0, null))
  result.stallMs = stall()
  const expression = new RegExp(pattern, 'i')
  result.plainRegexMs = time(() => list.filter((line) => expression.test(line)))
  search.close()
  return result
}

/** Returns the content of a fact: characters of its texts, its bytes, its numbers. */
function contentOf(value: unknown): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length
  if (typeof value === 'object' && value !== null)
    return Object.values(value).reduce<number>((sum, part) => sum + contentOf(part), 0)
  return typeof value === 'number' ? 8 : 1
}

/** Returns all memory of the process, including the worker's. */
function memory(): number {
  return process.memoryUsage().rss
}

function time(action: () => unknown): number {
  const startMs = performance.now()
  action()
  return performance.now() - startMs
}

async function timeAsync(action: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await action()
  return performance.now() - startMs
}

/** Starts to measure the longest time during which the event loop was blocked. The returned function ends it. */
function watchStalls(): () => number {
  let lastMs = performance.now()
  let longestMs = 0
  const look = (): void => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
  }
  const timer = setInterval(look, 1)
  return () => {
    look()
    clearInterval(timer)
    return longestMs
  }
}
