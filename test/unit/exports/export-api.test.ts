import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import { exportApi } from '../../../src/main/simulator/api/exports.ts'
import { KeyLog } from '../../../src/main/timeline/exports/key-log.ts'
import { TimelineSearch } from '../../../src/main/timeline/search.ts'
import { TimelineStore } from '../../../src/main/timeline/store.ts'
import type { TranscriptHead } from '../../../src/main/timeline/transcript/format.ts'
import type { ExportCalls, ExportRequest } from '../../../src/shared/calls/exports.ts'

const PAGE_BYTES = 2 ** 20

const head: TranscriptHead = {
  product: 'HE910',
  software: '12.00.xx5',
  instances: 1,
  seed: null,
  speed: 1,
  latency: 'none',
  switches: {},
  state: 'fresh',
  beganMs: 0,
  lab: [],
  authority: null
}

function desk(): { api: ExportCalls; timeline: TimelineStore; keyLog: KeyLog } {
  const timeline = new TimelineStore(new VirtualClock(Date.UTC(2026, 10, 23, 12)))
  const keyLog = new KeyLog(() => 1)
  return {
    timeline,
    keyLog,
    api: exportApi({
      source: timeline,
      search: new TimelineSearch(timeline, { worker: null, limitMs: 300 }),
      timeline,
      keyLog,
      wallMs: () => Date.UTC(2026, 10, 23, 12, 0, 1),
      transcriptHead: () => head
    })
  }
}

const request = (format: ExportRequest['format'], rest: Partial<ExportRequest> = {}): ExportRequest => ({
  format,
  fromSeq: 0,
  toSeq: null,
  secrets: false,
  ...rest
})

async function whole(
  api: ExportCalls,
  exportId: number
): Promise<{ text: string; sizes: number[]; progress: number[] }> {
  const pieces: Uint8Array[] = []
  const progress: number[] = []
  for (;;) {
    const page = await api.readExport({ exportId })
    pieces.push(page.bytes)
    progress.push(page.progress)
    if (page.done) break
  }
  return { text: Buffer.concat(pieces).toString('utf8'), sizes: pieces.map(({ length }) => length), progress }
}

function talk(timeline: TimelineStore, lines: number, length = 0): void {
  for (let line = 0; line < lines; line++)
    timeline.report({ kind: 'note', sentence: `line ${line}${'x'.repeat(length)}` }, null, line % 2)
}

describe('exports by pages', () => {
  it('has a file name, pages of a MiB at most, and progress that grows to 1', async () => {
    const { api, timeline } = desk()
    talk(timeline, 3000, 1000)
    const { exportId, fileName } = await api.beginExport(request('jsonl'))
    const { text, sizes, progress } = await whole(api, exportId)
    expect(fileName).toBe('timeline-2026-11-23T120001.jsonl')
    expect(sizes.length).toBeGreaterThan(2)
    expect(Math.max(...sizes)).toBe(PAGE_BYTES)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
    expect(text.trimEnd().split('\n')).toHaveLength(3001)
  })

  it('keeps to the range and the filter; events that come later are not in it', async () => {
    const { api, timeline } = desk()
    talk(timeline, 100)
    const { exportId } = await api.beginExport(request('text', { fromSeq: 10, toSeq: 30, filter: { instances: [1] } }))
    const last = await api.beginExport(
      request('text', { filter: { text: { pattern: '^NOTE line 9\\d$', regex: true, matchCase: true } } })
    )
    talk(timeline, 100)
    expect((await whole(api, exportId)).text.trimEnd().split('\n')).toHaveLength(10)
    expect((await whole(api, last.exportId)).text.trimEnd().split('\n')).toHaveLength(10)
  })

  it('an empty range is an empty file', async () => {
    const { api } = desk()
    const { exportId } = await api.beginExport(request('hex', { fromSeq: 5, toSeq: 5 }))
    expect((await whole(api, exportId)).text).toBe('')
  })

  it('a filter that lets nothing through is an empty file', async () => {
    const { api, timeline } = desk()
    talk(timeline, 50_000)
    const { exportId } = await api.beginExport(request('text', { filter: { kinds: ['overrun'] } }))
    expect(await whole(api, exportId)).toEqual({ text: '', sizes: [0], progress: [1] })
  })

  it('what a filter has found comes in steps too, and of one tree alone', async () => {
    const { api, timeline } = desk()
    const root = timeline.report({ kind: 'note', sentence: 'the root' })
    for (let child = 0; child < 45_000; child++) timeline.report({ kind: 'note', sentence: `child ${child}` }, root)
    talk(timeline, 1000)
    const { exportId } = await api.beginExport(request('text', { filter: { chainOf: root + 5 } }))
    const { text, sizes, progress } = await whole(api, exportId)
    expect(text.trimEnd().split('\n')).toHaveLength(45_001)
    expect(sizes.length).toBeGreaterThan(2)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  })

  it('a hopeless pattern is stopped, and the desk goes on', async () => {
    const { api, timeline } = desk()
    timeline.report({ kind: 'note', sentence: 'a'.repeat(60) })
    const hopeless = request('text', { filter: { text: { pattern: '(a+)+$ b', regex: true, matchCase: true } } })
    await expect(api.beginExport(hopeless)).rejects.toThrow(/^The pattern took longer than 0\.3 s .* and was stopped/)
    const { exportId } = await api.beginExport(request('text'))
    expect((await whole(api, exportId)).text).toContain('aaaa')
  })

  it('a chain of an event that is not there is refused', async () => {
    const { api } = desk()
    await expect(api.beginExport(request('text', { filter: { chainOf: 7 } }))).rejects.toThrow(
      'Event 7 has not happened yet.'
    )
  })

  it('the oldest of five ends, with a sentence', async () => {
    const { api } = desk()
    const ids: number[] = []
    for (let count = 0; count < 5; count++) ids.push((await api.beginExport(request('text'))).exportId)
    await expect(api.readExport({ exportId: ids[0]! })).rejects.toThrow('Export 1 has ended; 4 can be open at a time.')
    await expect(api.readExport({ exportId: 99 })).rejects.toThrow('Export 99 was never begun.')
    await api.endExport({ exportId: ids[0]! })
    expect((await api.readExport({ exportId: ids[1]! })).done).toBe(true)
  })

  it('a transcript is one, and JSON says no digest of a secret', async () => {
    const { api, timeline } = desk()
    const stars = {
      kind: 'bytes',
      direction: 'tx',
      bytes: Buffer.from('AT+CPIN=****\r'),
      data: false,
      secrets: [{ offset: 8, length: 4, name: 'cpin-pin', end: { lengthBytes: 4, digest: 'abcdef' } }]
    } as const
    timeline.report(stars, null, 0)
    const transcript = await api.beginExport(request('transcript'))
    expect((await whole(api, transcript.exportId)).text).toMatch(/^telit-sim transcript 1\n[\s\S]*end: \d+ lines\n$/)
    const json = (await whole(api, (await api.beginExport(request('jsonl'))).exportId)).text
    expect(json).toContain('"name":"cpin-pin"')
    expect(json).not.toContain('abcdef')
  })

  it('a pattern that is none is refused with a sentence', async () => {
    const { api } = desk()
    await expect(
      api.beginExport(request('text', { filter: { text: { pattern: '(', regex: true, matchCase: true } } }))
    ).rejects.toThrow(/is not a regular expression/)
  })
})

describe('the key log', () => {
  const line = (n: number): string => `CLIENT_RANDOM ${n.toString(16).padStart(64, '0')} ${'ab'.repeat(48)}`

  it('is off: nothing is taken, no secrets are exported', async () => {
    const { api, keyLog } = desk()
    expect(keyLog.begin('far:443')).toBeNull()
    await expect(api.beginExport(request('nss-keylog'))).rejects.toThrow(/^The key log is off/)
    await expect(api.beginExport(request('pcapng', { secrets: true }))).rejects.toThrow(/^The key log is off/)
    await expect(api.sessionSecrets({ seq: 0 })).rejects.toThrow(/^The key log is off/)
  })

  it('keeps the newest 1000 lines and 8 sessions, and forgets all when it is switched off', async () => {
    const { api, keyLog, timeline } = desk()
    await api.setKeyLog({ on: true })
    for (let n = 0; n < 1001; n++) {
      const taker = keyLog.begin('far:443')!
      taker.line(line(n))
      taker.named({ name: 'master secret', bytes: Uint8Array.of(n & 255) })
    }
    expect([keyLog.lines.length, keyLog.lines[0]]).toEqual([1000, line(1)])
    const random = (n: number): Uint8Array => Buffer.from(n.toString(16).padStart(64, '0'), 'hex')
    expect(keyLog.secretsOf(random(1000))).toMatchObject({ farEnd: 'far:443', secrets: [{ name: 'master secret' }] })
    expect(keyLog.secretsOf(random(992))).toBeNull()
    const { exportId } = await api.beginExport(request('nss-keylog'))
    expect((await whole(api, exportId)).text.split('\n')).toHaveLength(1001)
    const late = keyLog.begin('far:443')!
    await api.setKeyLog({ on: false })
    late.line(line(5))
    expect([keyLog.lines.length, keyLog.secretsOf(random(1000))]).toEqual([0, null])
    expect(timeline.query({ fromSeq: 0, limit: 10 }).events.map(({ what }) => what.kind)).toEqual(['note', 'note'])
  })
})
