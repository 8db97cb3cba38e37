import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { completionsOf } from '../../src/renderer/panels/terminal/completions.ts'
import { MAX_PASTED_LINES, pastedAs } from '../../src/renderer/panels/terminal/pasted.ts'
import { sendLineOnce, sendLines, whyNotTyped } from '../../src/renderer/state/terminal/send-lines.ts'
import { typedLinesOf } from '../../src/renderer/state/terminal/typed-lines.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { benchStore } from '../fixtures/bench-store.ts'
import { WhyBench } from '../fixtures/why-bench.ts'

const he910 = profileOf('HE910')
const ge865 = profileOf('GE865-QUAD')
const labels = (line: string, profile = he910): readonly string[] =>
  completionsOf(line, profile).map(({ label }) => label)

describe('how a line may go on', () => {
  it('names that begin so, of this product', () => {
    expect(labels('AT#SSLSE')).toEqual(['#SSLSECCFG', '#SSLSECDATA', '#SSLSEND', '#SSLSENDEXT'])
    expect(labels('AT#SSLF')).toEqual([])
    expect(labels('AT#SSLF', ge865)).toEqual(['#SSLFASTD'])
    expect(completionsOf('at#ssle', he910)).toEqual([
      { label: '#SSLEN', about: expect.stringContaining('SSL'), rest: 'n' }
    ])
  })

  it('the forms of a name, and longer names', () => {
    expect(labels('AT#SSLEN')).toEqual(['#SSLEN=', '#SSLEN?', '#SSLEN=?'])
    expect(labels('AT#SSLS')[0]).toBe('#SSLS=')
    expect(labels('AT#SSLS')).toContain('#SSLSEND')
  })

  it('the values of a parameter, with what each means and which is the default', () => {
    expect(completionsOf('AT#SSLSECCFG=1,0,', he910)).toEqual([
      { label: '0', about: 'verifies nothing (default)', rest: '0' },
      { label: '1', about: 'the server', rest: '1' },
      { label: '2', about: 'both sides', rest: '2' }
    ])
    expect(labels('AT#SSLSECCFG=1,', ge865)).toHaveLength(4)
    expect(labels('AT#SSLD=1,443,')).toEqual(['"123.124.125.126"'])
    expect(completionsOf('AT#SSLD=1,443,"123', he910)).toEqual([expect.objectContaining({ rest: '.124.125.126"' })])
    expect(labels('AT#SSLCFG=1,1,')).toEqual(['300'])
    expect(labels('AT#SSLEN=1,1,')).toEqual([])
    for (const line of ['', 'A', 'AT', 'xyz', 'AT+CMEE=2;', 'ATE']) expect(labels(line)).toEqual([])
  })

  it('what is taken leads to a line that begins with what was typed', () => {
    for (const name of commandsOf(he910).keys()) {
      const line = `AT${name.slice(0, 3)}`
      for (const { rest, label } of completionsOf(line, he910)) expect(`${line}${rest}`).toContain(label)
    }
  })
})

describe('what comes from the clipboard', () => {
  it('several commands wait for each other; comments are left out', () => {
    expect(pastedAs('# first\r\nAT+CSQ\r\n  at#sgact=1,1  \n\nAT', 'line')).toEqual({
      kind: 'lines',
      lines: ['AT+CSQ', 'at#sgact=1,1', 'AT'],
      leftOut: 1
    })
    expect(pastedAs('AT+CSQ', 'line')).toEqual({ kind: 'type', text: 'AT+CSQ' })
    expect(pastedAs('AT+CSQ\n', 'line')).toEqual({ kind: 'type', text: 'AT+CSQ\r' })
    expect(pastedAs('AT\n'.repeat(MAX_PASTED_LINES + 5), 'line')).toMatchObject({ leftOut: 5 })
  })

  it('a PEM keeps LF alone at the prompt (G-3.3-5)', () => {
    expect(pastedAs('-----BEGIN\r\nabc\r\n', 'prompt')).toEqual({ kind: 'type', text: '-----BEGIN\nabc\n' })
  })
})

describe('lines that the window types', () => {
  beforeEach(() => {
    vi.stubGlobal('window', globalThis)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('one after the other, up to the first that fails', async () => {
    const bench = new WhyBench()
    const { store } = await benchStore(bench)
    expect(await sendLines(store, 0, { lines: ['AT', 'AT#SGACT=1,1', 'AT#SSLEN=1,1'] })).toEqual({ outcome: 'done' })
    expect(bench.snapshot().ssl.status).toBe(1)
    expect(await sendLines(store, 0, { lines: ['AT#SSLEN=1,1', 'AT#SSLEN=1,0'] })).toEqual({
      outcome: 'failed',
      answer: 'ERROR'
    })
    expect(bench.snapshot().ssl.status).toBe(1)
  })

  it('take back what a person has begun to type', async () => {
    const bench = new WhyBench()
    const { store } = await benchStore(bench)
    await store.api.type({ instance: 0, bytes: new TextEncoder().encode('AT+CSQ garbage') })
    typedLinesOf(store).set(0, 'AT+CSQ garbage')
    expect(await sendLineOnce(store, 0, 'AT#SSLS=1')).toEqual({ kind: 'answered', word: 'OK', bad: false })
    expect(typedLinesOf(store).get(0)).toBe('')
    expect(bench.facts('command').at(-1)!.text).toBe('#SSLS=1')
  })

  it('with the text for a prompt, and ESC out of one', async () => {
    const bench = new WhyBench()
    bench.echo()
    bench.readyToDial()
    const { store } = await benchStore(bench)
    const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'
    expect(await sendLines(store, 0, { lines: [dial, 'AT#SSLSEND=1'], entry: 'Hello\x1a' })).toEqual({
      outcome: 'done'
    })
    expect(bench.snapshot().ssl.sentBytes).toBe(5)
    expect(await sendLineOnce(store, 0, 'AT#SSLSEND=1')).toEqual({ kind: 'prompt' })
    expect(whyNotTyped(store.get(), 0)).toMatch(/> prompt/)
    expect(await sendLines(store, 0, { lines: [], entry: '\x1b' })).toEqual({ outcome: 'done' })
    expect(whyNotTyped(store.get(), 0)).toBeNull()
  })

  it('say why not: somebody else has the port, the module is off, nobody waits any more', async () => {
    const bench = new WhyBench()
    const { store } = await benchStore(bench)
    const state = store.get()
    const port = {
      instance: 0,
      id: 1,
      kind: 'pty',
      name: '/dev/tty0',
      clientPresent: true,
      client: 'minicom',
      bytesFromHost: 0,
      bytesToHost: 0,
      has: true,
      refusedBytes: 0,
      lostBytes: 0,
      pace: 'off',
      baud: null,
      trouble: null
    } as const
    expect(whyNotTyped({ ...state, snapshot: { ...state.snapshot!, ports: [port] } }, 0)).toMatch(
      /^minicom has \/dev\/tty0/
    )
    expect(whyNotTyped({ ...state, link: { kind: 'connecting' } }, 0)).toMatch(/not connected/)
    await sendLines(store, 0, { lines: ['AT#SHDN'] })
    expect(whyNotTyped(store.get(), 0)).toMatch(/off or booting/)
    const abort = new AbortController()
    const waiting = sendLines(store, 0, { lines: ['AT'] }, abort.signal)
    abort.abort()
    expect(await waiting).toEqual({ outcome: 'not-sent' })
  })
})
