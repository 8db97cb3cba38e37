import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { railOf, type RailCell } from '../../src/renderer/panels/timeline/rail.ts'
import {
  append,
  chainOf,
  emptyBuffer,
  indexOfSeq,
  MAX_EVENTS,
  type EventBuffer
} from '../../src/renderer/state/store/event-buffer.ts'
import { paceOf, sinceSnapshotMs, startPace } from '../../src/renderer/state/store/module-time.ts'
import type { PlacedEvent } from '../../src/renderer/state/store/placed-event.ts'
import type { TimelineEvent, TimelineFact } from '../../src/shared/timeline/events.ts'
import { lineOf, rowOf } from '../../src/shared/timeline/reading.ts'
import { spell } from '../../src/shared/timeline/spelling.ts'
import { scene } from '../fixtures/window-states.ts'

const note = (seq: number, cause: number | null = null): TimelineEvent => ({
  seq,
  moduleMs: seq,
  wallMs: seq,
  cause,
  instance: null,
  what: { kind: 'note', sentence: `event ${seq}.` }
})
const told = (what: TimelineFact): TimelineEvent => ({ ...note(1), what })

describe('the events that the window holds', () => {
  it('keeps the newest and counts the others', () => {
    let buffer: EventBuffer = emptyBuffer
    for (let at = 0; at < 30; at++)
      buffer = append(
        buffer,
        Array.from({ length: 1000 }, (_, offset) => note(at * 1000 + offset))
      )
    expect(buffer.rows.length).toBeLessThanOrEqual(MAX_EVENTS)
    expect(buffer.rows.length).toBeGreaterThan(MAX_EVENTS - 1000)
    expect(buffer.older + buffer.rows.length).toBe(30_000)
    expect(buffer.rows.at(-1)?.event.seq).toBe(29_999)
  })

  it('ignores what it has already', () => {
    const buffer = append(emptyBuffer, [note(0), note(1)])
    expect(append(buffer, [note(0), note(1)])).toBe(buffer)
    expect(append(buffer, [note(1), note(2)]).rows.map((row) => row.event.seq)).toEqual([0, 1, 2])
  })

  it('joins an event to its root and branch', () => {
    const { rows } = append(emptyBuffer, [note(0), note(1, 0), note(2, 1), note(3, 2), note(4)])
    expect(rows.map(({ depth, root, branchSeq }) => [depth, root.seq, branchSeq])).toEqual([
      [0, 0, null],
      [1, 0, 1],
      [2, 0, 1],
      [3, 0, 1],
      [0, 4, null]
    ])
    expect(chainOf(rows, 3)).toEqual([3, 2, 1, 0])
    expect(chainOf(rows, 4)).toEqual([4])
  })

  it('takes an event whose cause has fallen off as the first of its chain', () => {
    const { rows } = append(emptyBuffer, [note(10, 3), note(11, 10)])
    expect(rows.map((row) => row.depth)).toEqual([0, 1])
  })

  it('finds any held event and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1 }), (numbers) => {
        const { rows } = append(
          emptyBuffer,
          numbers.toSorted((a, b) => a - b).map((seq) => note(seq))
        )
        for (let seq = 0; seq <= 500; seq++)
          expect(indexOfSeq(rows, seq)).toBe(rows.findIndex((row) => row.event.seq === seq))
      }),
      { numRuns: 30 }
    )
  })
})

describe('what is typed byte by byte', () => {
  const byte = (
    seq: number,
    direction: 'tx' | 'rx',
    text: string,
    cause: number | null,
    moduleMs = seq
  ): TimelineEvent => ({
    ...note(seq, cause),
    moduleMs,
    instance: 0,
    what: { kind: 'bytes', direction, bytes: new TextEncoder().encode(text), data: false }
  })
  const read = (events: readonly TimelineEvent[]): readonly string[] =>
    append(emptyBuffer, events).rows.map(({ event }) =>
      event.what.kind === 'bytes'
        ? `${event.what.direction} ${JSON.stringify(new TextDecoder().decode(event.what.bytes))}`
        : event.what.kind
    )
  const typed = [
    byte(0, 'tx', 'A', null),
    byte(1, 'rx', 'A', 0),
    byte(2, 'tx', 'T', null),
    byte(3, 'rx', 'T', 2),
    byte(4, 'tx', '\r', null)
  ]

  it('reads as one row, its echo as the next', () => {
    expect(read(typed)).toEqual(['tx "AT\\r"', 'rx "AT"'])
    expect(read([byte(0, 'tx', 'A', null), byte(1, 'tx', 'T', null), byte(2, 'tx', '\r', null)])).toEqual([
      'tx "AT\\r"'
    ])
  })

  it('keeps the chain of what the last byte caused', () => {
    const { rows } = append(emptyBuffer, [...typed, note(5, 4), byte(6, 'rx', '\r\nOK\r\n', 4)])
    expect(rows.map(({ depth, root }) => [depth, root.seq])).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [1, 0]
    ])
    expect(rows[2]!.root.moduleMs).toBe(4)
    expect(chainOf(rows, 5)).toEqual([5, 0])
    expect([0, 2, 4].map((seq) => indexOfSeq(rows, seq))).toEqual([0, 0, 0])
    expect([1, 3].map((seq) => indexOfSeq(rows, seq))).toEqual([1, 1])
    expect(append(append(emptyBuffer, typed), typed).rows).toHaveLength(2)
  })

  it('begins a new row after an ending, after a pause, and for another instance', () => {
    expect(read([byte(0, 'tx', 'AT\r', null), byte(1, 'tx', 'A', null)])).toEqual(['tx "AT\\r"', 'tx "A"'])
    expect(read([byte(0, 'tx', 'a', null, 0), byte(1, 'tx', '+++', null, 1100)])).toEqual(['tx "a"', 'tx "+++"'])
    expect(read([byte(0, 'tx', 'a', null), { ...byte(1, 'tx', 'b', null), instance: 1 }])).toEqual(['tx "a"', 'tx "b"'])
  })

  it('leaves an answer apart from the echo', () => {
    expect(read([...typed.slice(0, 2), note(2, 0), byte(3, 'rx', 'x', 0)])).toEqual([
      'tx "A"',
      'rx "A"',
      'note',
      'rx "x"'
    ])
  })
})

describe('the rail', () => {
  /** Returns the lines for a whole list, or from a row on. */
  const rail = (rows: readonly PlacedEvent[], from = 0): readonly RailCell[] =>
    railOf(
      rows.slice(from).map(({ event, depth, root, branchSeq }) => ({
        seq: event.seq,
        place: { depth, rootSeq: root.seq, branchSeq, rootMs: root.moduleMs }
      })),
      (seq) => rows.findIndex((row) => row.event.seq === seq) < from
    )

  it('draws a command, its consequences and its answer', () => {
    const { rows } = append(emptyBuffer, [note(0), note(1, 0), note(2, 1), note(3, 1), note(4, 0), note(5)])
    expect(rail(rows)).toEqual([
      { column: 0, up: [false, false], down: [true, false] },
      { column: 1, up: [true, false], down: [true, true] },
      { column: 2, up: [true, true], down: [true, true] },
      { column: 2, up: [true, true], down: [true, false] },
      { column: 1, up: [true, false], down: [false, false] },
      { column: 0, up: [false, false], down: [false, false] }
    ])
  })

  it('lets a line run past an event of another chain', () => {
    const { rows } = append(emptyBuffer, [note(0), note(1), note(2, 0)])
    expect(rail(rows)[1]).toEqual({ column: 0, up: [true, false], down: [true, false] })
  })

  it('joins up and down between all neighbours', () => {
    const chain = fc
      .array(fc.nat(), { minLength: 1, maxLength: 60 })
      .map((picks) => picks.map((pick, seq) => note(seq, pick % 3 === 0 ? null : pick % Math.max(1, seq) || null)))
    fc.assert(
      fc.property(chain, (events) => {
        const cells = rail(append(emptyBuffer, events).rows)
        for (const [at, cell] of cells.entries()) if (at > 0) expect(cell.up).toEqual(cells[at - 1]!.down)
        expect(cells.at(-1)!.down).toEqual([false, false])
      })
    )
  })

  it('is the same for a part of the list as within the whole, as far as what follows is in the part', () => {
    const { rows } = append(emptyBuffer, [note(0), note(1, 0), note(2, 1), note(3, 1), note(4, 0), note(5), note(6, 5)])
    for (let from = 0; from < rows.length; from++) expect(rail(rows, from)).toEqual(rail(rows).slice(from))
  })
})

describe('how an event reads', () => {
  it('names control characters and other bytes without a glyph', () => {
    expect(spell(Uint8Array.of(65, 84, 13, 10, 26, 27, 0xe9, 66))).toEqual([
      { text: 'AT', control: false },
      { text: 'CR', control: true },
      { text: 'LF', control: true },
      { text: 'SUB', control: true },
      { text: 'ESC', control: true },
      { text: 'E9', control: true },
      { text: 'B', control: false }
    ])
    expect(spell(new Uint8Array(500)).length).toBe(160)
  })

  it('has a mark, a word and a text for every kind', () => {
    const events = [...scene('online').events, ...scene('failed').events, ...scene('off').events]
    for (const event of events) {
      const row = rowOf(event)
      expect(row.word).toMatch(/^[A-Z]{2,6}$/)
      expect(row.text !== '' || row.strong !== undefined || row.bytes !== undefined).toBe(true)
    }
  })

  it('tells a failed result with its code and rule', () => {
    const failure = {
      error: 'sslHandshake',
      blame: 'far-end',
      sentence: 'The certificate has expired.',
      expected: null,
      got: null,
      rule: 'G-3.3-10'
    } as const
    expect(rowOf(told({ kind: 'result', word: 'ERROR', failure }))).toMatchObject({
      tone: 'err',
      strong: 'ERROR',
      text: failure.sentence,
      aside: '+CME 839, G-3.3-10'
    })
    expect(rowOf(told({ kind: 'result', word: '+CME ERROR: 839', failure }))).toMatchObject({
      strong: '+CME ERROR: 839',
      aside: 'G-3.3-10'
    })
    expect(rowOf(told({ kind: 'result', word: 'OK', failure: null }))).toMatchObject({ tone: 'eng', strong: 'OK' })
  })

  it('names states as the chart does', () => {
    const row = rowOf(
      told({ kind: 'transition', chart: 'ssl', from: 'handshake', to: 'open.online', event: 'FINISHED_ONLINE' })
    )
    expect(row.text).toBe('SSL socket: Handshake → Open, online')
    expect(rowOf(told({ kind: 'transition', chart: 'gnss', from: 'idle', to: 'open', event: 'X' })).text).toBe(
      'gnss: idle → open'
    )
  })

  it('can be searched by its words and by its bytes', () => {
    const bytes = new TextEncoder().encode('AT#SSLD=1\r')
    expect(lineOf({ kind: 'bytes', direction: 'tx', bytes, data: false })).toContain('AT#SSLD=1CR')
    expect(lineOf({ kind: 'tls', trace: { kind: 'suite', suiteWireId: 0x2f, resumed: true } })).toContain(
      'TLS_RSA_WITH_AES_128_CBC_SHA'
    )
  })
})

describe('module time between snapshots', () => {
  it('runs on at the speed that the snapshot tells', () => {
    expect(sinceSnapshotMs(startPace, 500)).toBe(0)
    expect(sinceSnapshotMs(paceOf({ moduleMs: 1000, speed: 1 }, 0), 500)).toBe(500)
    expect(sinceSnapshotMs(paceOf({ moduleMs: 21_000, speed: 20 }, 1000), 1100)).toBe(2000)
    expect(sinceSnapshotMs(paceOf({ moduleMs: 0, speed: 0.1 }, 1000), 900)).toBe(0)
  })
})
