import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VirtualClock } from '../../src/main/clock/virtual-clock.ts'
import { exportApi } from '../../src/main/simulator/api/exports.ts'
import { timelineApi } from '../../src/main/simulator/api/timeline.ts'
import { KeyLog } from '../../src/main/timeline/exports/key-log.ts'
import { TimelineSearch } from '../../src/main/timeline/search.ts'
import { TimelineStore } from '../../src/main/timeline/store.ts'
import { Selection } from '../../src/renderer/panels/timeline/selection.ts'
import { Transfers } from '../../src/renderer/state/timeline/copy.ts'
import { TimelineModel } from '../../src/renderer/state/timeline/model.ts'
import { noChoice } from '../../src/renderer/state/timeline/view.ts'
import { fillTimeline } from '../fixtures/timeline-window.ts'

/** The model with a real store and search, without a window. */
describe('the timeline as the window sees it', () => {
  let store: TimelineStore
  let search: TimelineSearch
  let model: TimelineModel
  let asked: number[] = []

  beforeEach(() => {
    store = new TimelineStore(new VirtualClock())
    search = new TimelineSearch(store, { worker: null })
    asked = []
    const api = timelineApi(store, search)
    model = new TimelineModel({
      ...api,
      eventsAt: (list) => {
        asked.push(list.seqs.length)
        return api.eventsAt(list)
      }
    })
  })
  afterEach(() => {
    search.close()
  })

  const snapshot = () => ({ nextSeq: store.nextSeq, dropped: store.dropped })
  const live = (): void => {
    model.take({ events: [...store.range(model.nextSeq, store.nextSeq)] }, snapshot())
  }
  const here = (from: number, to: number): Promise<void> =>
    expect
      .poll(() => {
        model.look(from, to)
        return Array.from({ length: to - from }, (_, at) => model.rowAt(from + at)?.event.seq ?? -1)
      })
      .not.toContain(-1)

  it('fetches the rows that are looked at, and no more than some screens around them', async () => {
    fillTimeline(store, 40_000)
    model.take({ events: [] }, snapshot())
    expect(model.order.count).toBe(40_000)
    await here(20_000, 20_030)
    expect(model.rowAt(20_000)?.event.seq).toBe(20_000)
    // Event 20 000 begins a round of eight: its last event has depth 3.
    expect(model.rowAt(20_007)?.place).toMatchObject({ depth: 3, rootSeq: 20_000, branchSeq: 20_001 })
    expect(asked.reduce((sum, one) => sum + one, 0)).toBeLessThan(400)
  })

  it('finds the causes of a row that lie far before it', async () => {
    const root = store.report({ kind: 'note', sentence: 'The root.' })
    const child = store.report({ kind: 'note', sentence: 'Its consequence.' }, root)
    fillTimeline(store, 8000)
    const far = store.report({ kind: 'note', sentence: 'Much later.' }, child)
    model.take({ events: [] }, snapshot())
    const last = model.order.count - 1
    await expect
      .poll(() => {
        model.look(last, last + 1)
        return model.rowAt(last)?.place
      })
      .toMatchObject({ depth: 2, rootSeq: root, branchSeq: child })
    expect(model.chainOf(far)).toEqual([far, child, root])
  })

  it('filters, and asks only for what is new from then on', async () => {
    fillTimeline(store, 8000)
    model.take({ events: [] }, snapshot())
    model.view.choose({ kinds: ['result'] })
    await expect.poll(() => model.order.count).toBe(1000)
    fillTimeline(store, 80)
    live()
    await expect.poll(() => model.order.count).toBe(1010)
    model.view.choose({ kinds: [], text: 'number 7 happened' })
    await expect.poll(() => model.order.count).toBe(2)
    model.view.choose({ text: '(', regex: true })
    await expect.poll(() => model.filterFault).toMatch(/^"\(" is not a regular expression: .*\.$/)
    model.view.choose(noChoice)
    expect([model.filterFault, model.order.count]).toEqual([null, 8080])
  })

  it('keeps what fits in a search beside all rows', async () => {
    fillTimeline(store, 800)
    model.take({ events: [] }, snapshot())
    model.view.choose({ text: 'happened', keepOthers: true })
    await expect.poll(() => model.hits?.count).toBe(100)
    expect(model.order.count).toBe(800)
  })

  it('reads what is typed as one row, also when its past is fetched', async () => {
    for (const letter of ['A', 'T', '\r']) {
      const tx = store.report(
        { kind: 'bytes', direction: 'tx', bytes: new TextEncoder().encode(letter), data: false },
        null,
        0
      )
      store.report({ kind: 'bytes', direction: 'rx', bytes: new TextEncoder().encode(letter), data: false }, tx, 0)
    }
    model.take({ events: [] }, snapshot())
    await expect
      .poll(() => {
        model.look(0, model.order.count)
        return model.order.count
      })
      .toBeLessThan(6)
    const first = model.rowAt(0)!.event.what
    expect(first.kind === 'bytes' && new TextDecoder().decode(first.bytes)).toBe('AT\r')
    expect(model.lastSeqAt(0)).toBe(4)
  })

  it('forgets what was of another simulator', async () => {
    fillTimeline(store, 800)
    live()
    model.view.toggleBookmark(700)
    model.renew({ nextSeq: 10, dropped: 0 })
    expect([model.order.count, model.rowAt(0), model.view.bookmarks.length]).toEqual([10, null, 0])
  })

  it('says the sentence when rows are refused, and tries again when asked', async () => {
    fillTimeline(store, 80)
    let broken = true
    const api = timelineApi(store, search)
    const other = new TimelineModel({
      ...api,
      eventsAt: async (list) => (broken ? Promise.reject(new Error('Not now.')) : api.eventsAt(list))
    })
    other.take({ events: [] }, snapshot())
    other.look(0, 10)
    await expect.poll(() => other.fault).toBe('Not now.')
    broken = false
    other.retry()
    await expect.poll(() => other.rowAt(9)?.event.seq).toBe(9)
  })

  it('selects ranges over what nobody has fetched, and copies them', async () => {
    fillTimeline(store, 8000)
    model.take({ events: [] }, snapshot())
    let selected: number | null = null
    const selection = new Selection(
      model,
      () => selected,
      (seq) => (selected = seq)
    )
    selection.go(10)
    selection.go(5009, true)
    expect(selection.range()).toEqual({ fromSeq: 10, toSeq: 5010, rows: 5000 })
    selection.go(3, true)
    expect(selection.range()).toEqual({ fromSeq: 3, toSeq: 11, rows: 8 })
    selection.all()
    expect(selection.range().rows).toBe(8000)

    const written: string[] = []
    const desk = exportApi({
      source: store,
      search,
      timeline: store,
      keyLog: new KeyLog(() => 0),
      wallMs: () => 0,
      transcriptHead: () => {
        throw new Error('No transcript here.')
      }
    })
    let takes = true
    const transfers = new Transfers(
      desk,
      {
        write: async (text) => {
          if (takes) written.push(text)
          return takes
        },
        save: () => undefined
      },
      () => undefined
    )
    const request = { format: 'text', fromSeq: 3, toSeq: 11, secrets: false } as const
    await transfers.copy(request, '8 rows')
    expect([transfers.now?.sentence, written[0]!.split('\n').length]).toEqual(['8 rows copied.', 9])
    takes = false
    await transfers.copy(request, '8 rows')
    expect(transfers.now).toMatchObject({ state: 'waiting', sentence: '8 rows ready to copy, 1 kB.' })
    takes = true
    await transfers.finish()
    expect(written).toHaveLength(2)
    await transfers.copy({ ...request, format: 'transcript' }, '8 rows')
    expect(transfers.now).toMatchObject({ state: 'failed', sentence: 'No transcript here.' })
  })
})
