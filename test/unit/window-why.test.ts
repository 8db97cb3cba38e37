import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RuleLine } from '../../src/renderer/panels/why/Told.tsx'
import { layValidity } from '../../src/renderer/panels/why/Validity.tsx'
import { buttonOf } from '../../src/renderer/panels/why/remedy-acts.ts'
import { trailOf, trailWord } from '../../src/renderer/panels/why/trail-events.ts'
import { newestFailure, watchWhy } from '../../src/renderer/state/sentence/why.ts'
import type { Store } from '../../src/renderer/state/store/store.ts'
import type { BoardAct } from '../../src/shared/explain/explanation.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { benchStore } from '../fixtures/bench-store.ts'
import { whyNotPerformable } from '../fixtures/performable.ts'
import { testPki } from '../fixtures/pki.ts'
import { WhyBench } from '../fixtures/why-bench.ts'

const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'
const never = new AbortController().signal

beforeEach(() => {
  vi.stubGlobal('window', globalThis)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

function verifying(): WhyBench {
  const bench = new WhyBench()
  bench.echo()
  bench.readyToDial()
  bench.at('AT#SSLSECCFG=1,0,1,1')
  bench.enter(1, testPki().ca.pem)
  return bench
}

/** Returns a bench whose dial has failed because of its clock, and the window's store connected to it. */
async function expired() {
  const bench = verifying()
  bench.at('AT+CCLK="58/01/01,12:00:00+00"')
  bench.at(dial)
  return { bench, ...(await benchStore(bench)) }
}

describe('the explanation that the window tells', () => {
  it("names a rule and its place, and an RFC's section, which is both, once", () => {
    const line = (id: string, where: string): string =>
      renderToStaticMarkup(createElement(RuleLine, { rule: { id, where, text: '' }, answer: 'ERROR', text: null }))
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim()
    expect(line('G-3.3-10', 'Guide 3.3')).toBe('G-3.3-10 Guide 3.3 , answer ERROR')
    expect(line('RFC 2246 7.4.9', 'RFC 2246 7.4.9')).toBe('RFC 2246 7.4.9 Answer ERROR')
  })

  it('is the last failure, asked once for what has not changed; a selected failure takes its place while it is selected', async () => {
    const { store, asked, tell, bench } = await expired()
    const watch = watchWhy(store)
    const off = watch.subscribe(() => undefined)
    await vi.waitFor(() => {
      expect(watch.get().failure?.id).toBe('certificate-expired')
    })
    expect(watch.get()).toMatchObject({ chosen: false, loading: false, refused: null })
    const told = watch.get().failure!
    bench.at('AT#SSLEN=1,1')
    tell()
    await vi.waitFor(() => {
      expect(watch.get().failure?.error?.name).toBe('sslAlreadyActivated')
    })
    store.select(told.seq)
    await vi.waitFor(() => {
      expect(watch.get()).toMatchObject({ chosen: true, failure: { id: 'certificate-expired' } })
    })
    // Selecting a step within the explanation does not change the question.
    store.select(told.chain.at(-3)!)
    store.select(null)
    await vi.waitFor(() => {
      expect(watch.get()).toMatchObject({ chosen: false, failure: { error: { name: 'sslAlreadyActivated' } } })
    })
    off()
    const count = asked.length
    tell()
    expect(asked).toHaveLength(count)
  })

  it('says why there is no answer, and asks again when it is told to', async () => {
    const { store } = await expired()
    const why = store.api.why
    let broken = true
    Object.assign(store.api, {
      why: (query: { seq: null }) => (broken ? Promise.reject(new Error('It is busy.')) : why(query))
    })
    const watch = watchWhy(store)
    const off = watch.subscribe(() => undefined)
    await vi.waitFor(() => {
      expect(watch.get().refused).toBe('It is busy.')
    })
    broken = false
    watch.ask()
    await vi.waitFor(() => {
      expect(watch.get()).toMatchObject({ refused: null, failure: { id: 'certificate-expired' } })
    })
    off()
  })

  it('wakes for a failure, and not for polling that finds nothing', async () => {
    const { store, bench, tell } = await expired()
    const before = newestFailure(store.get())
    expect(before).not.toBeNull()
    bench.at('AT')
    tell()
    expect(newestFailure(store.get())).toBe(before)
    bench.at('AT#NOPE')
    tell()
    expect(newestFailure(store.get())).toBeGreaterThan(before!)
  })
})

describe('the buttons of remedies', () => {
  const buttons = async (store: Store, bench: WhyBench) =>
    (await bench.why()).remedies.map((remedy) => ({ remedy, button: buttonOf(store, remedy, 0) }))

  it('really mend it: the clock is set, and the dial works then', async () => {
    const { store, bench } = await expired()
    const [best] = await buttons(store, bench)
    expect(best!.button).toMatchObject({ label: 'Set 2026-11-23', why: null })
    expect(await best!.button!.run(never)).toBe(true)
    expect(bench.at(dial)).toBe('\r\nOK\r\n')
    expect(await bench.lastFailure()).toBeNull()
  })

  it('a way round that weakens security says so', async () => {
    const { store, bench } = await expired()
    const around = (await buttons(store, bench)).filter(({ remedy }) => remedy.warning)
    expect(around.length).toBeGreaterThanOrEqual(2)
    for (const { remedy } of around) expect(remedy.warning).toMatch(/^Bench only: /)
    expect(await around.at(-1)!.button!.run(never)).toBe(true)
    expect(bench.snapshot().ssl.authMode).toBe(0)
  })

  /** What the button of each act does: an API call, or showing a panel; `null` without a button. */
  const actDoes: Readonly<Record<BoardAct, readonly [call: string, argument: unknown] | null>> = {
    'press-on': ['pressKey', { key: 'on' }],
    'plug-in': ['setSupply', { on: true }],
    'insert-sim': ['setSim', { inserted: true }],
    'exchange-sim': ['setSim', { fresh: true, inserted: true }],
    'set-clock': ['show', 'board'],
    'restore-network': ['setNetwork', { registration: 'home' }],
    'allow-packet-service': ['setNetwork', { packetService: 'allowed' }],
    'change-apns': ['setNetwork', { apns: 'any' }],
    // Another product would lose what is open: a person chooses it in the toolbar.
    'choose-product': null,
    // Only for servers of the lab, which this bench does not have.
    'mend-far-end': null,
    // A file of this machine, which the window cannot repair.
    'mend-nvm': null
  }

  it.each(Object.entries(actDoes) as [BoardAct, (typeof actDoes)[BoardAct]][])(
    'do what their act says: %s',
    async (act, does) => {
      const { store } = await benchStore(verifying())
      const done: unknown[] = []
      const records = (name: string) => async (argument: unknown) => void done.push([name, argument])
      for (const name of ['pressKey', 'setSupply', 'setSim', 'setNetwork'] as const)
        Object.assign(store.api, { [name]: records(name) })
      Object.assign(store.desk, { show: (id: string) => done.push(['show', id]) })
      const button = buttonOf(store, { sentence: '', commands: [], act }, 0)
      if (does === null) return expect(button).toBeNull()
      expect(button).toMatchObject({ why: null })
      await button!.run(never)
      expect(done).toEqual([does])
    }
  )

  it('that a product cannot run are found out by every test that asks why', () => {
    const problems = (...commands: string[]) => whyNotPerformable({ sentence: '', commands }, profileOf('HE910'))
    expect(
      problems('AT#SSLEN=1,1', 'AT+CPIN="<PIN>"', 'AT#SGACT=1,0;#SGACT=1,1', 'ATE0', 'AT#SSLSECDATA=1,1,1,<size>')
    ).toEqual([])
    expect(problems('AT#SSLEN=1,2', 'AT#NOPE', 'AT#SSLS?', 'SSL', 'AT#CPUMODE=1').length).toBe(5)
  })

  it('say why they cannot be pressed, and begin what somebody has to complete', async () => {
    const bench = verifying()
    const { store, tell } = await benchStore(bench)
    const pin = { sentence: 'Give it.', commands: ['AT+CPIN=<PIN>'] }
    const begin = buttonOf(store, pin, 0)!
    expect(begin).toMatchObject({ label: 'Begin typing', why: null })
    expect(await begin.run(never)).toBe(false)
    bench.type('\b'.repeat(8))
    bench.type('\r')
    expect(
      buttonOf(store, { sentence: '', commands: ['AT#SSLSECDATA=1,1,1,<size>'], entry: '<it>\x1a' }, 0)
    ).toMatchObject({
      label: 'Show NVM slots'
    })
    expect(buttonOf(store, { sentence: '', commands: [], entry: '\x1a' }, 0)).toMatchObject({
      label: 'Send Ctrl-Z',
      why: expect.stringContaining('> prompt')
    })
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,0')
    tell()
    expect(buttonOf(store, { sentence: '', commands: ['AT'] }, 0)!.why).toMatch(/online mode: every byte/)
    expect(buttonOf(store, { sentence: '', commands: [], entry: '+++' }, 0)!.why).toBeNull()
    expect(buttonOf(store, { sentence: '', commands: [], act: 'mend-nvm' }, 0)).toBeNull()
  })
})

describe('the way that led there', () => {
  it('names each event in a word, and keeps the telling ones where there are many', async () => {
    const { bench } = await expired()
    const { chain } = await bench.why()
    const events = chain.flatMap((seq) => bench.timeline.at(seq) ?? [])
    expect(trailOf(events).map(trailWord)).toEqual(['AT#SSLD', 'Certificate', 'alert', 'check', '839'])
    for (const event of bench.events()) expect(trailWord(event)).toMatch(/^\S.{0,200}$/s)
  })
})

describe('validity, drawn', () => {
  const day = 86_400_000
  it.each([
    ['a clock behind the end', 0, 730 * day, 11_500 * day],
    ['a clock before the beginning', 16_800 * day, 17_500 * day, 10 * day],
    ['a clock within', 0, 730 * day, 365 * day],
    ['a certificate of a day', 100 * day, 101 * day, 101 * day + 1000]
  ])('%s: all is within the drawing, and no label leaves it', (_name, notBeforeMs, notAfterMs, clockMs) => {
    for (const width of [220, 290, 520]) {
      const { x, labels } = layValidity({ notBeforeMs, notAfterMs, clockMs }, width)
      for (const at of Object.values(x)) expect(at).toSatisfy((px: number) => px >= 8 && px <= width - 8)
      expect(x.from).toBeLessThanOrEqual(x.to)
      for (const { text, x: at, anchor } of [labels.clock, ...labels.below]) {
        const length = text.length * 5.6
        const left = anchor === 'end' ? at - length : at
        expect({ text, left, right: left + length }).toSatisfy(
          (one: { left: number; right: number }) => one.left >= -6 && one.right <= width + 6
        )
      }
    }
  })
})
