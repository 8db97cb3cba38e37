import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/shared/explain/explain.ts'
import { hardwareWarnings, type HardwareWarningId } from '../../../src/shared/hardware/hardware-warnings.ts'
import { ruleById } from '../../../src/shared/rules/rules.ts'
import { rowOf } from '../../../src/shared/timeline/reading.ts'
import type { Bench } from '../../fixtures/bench.ts'
import { openFtp } from '../../fixtures/ftp-bench.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

// What works here but would probably fail on hardware gives a warning, not a failure (D-43).

const warnings = (bench: Bench): HardwareWarningId[] => bench.facts('warning').map(({ warning }) => warning)
const dialOnline = 'AT#SSLD=1,443,"123.124.125.126",0,0'

describe('M-16: a host that is quicker than hardware (D-43)', () => {
  it('M-16: is warned of a command within 20 ms of the last result code, once for each burst', () => {
    const bench = new WhyBench()
    bench.pass(100)
    for (let line = 0; line < 50; line += 1) bench.type('AT\r')
    expect(warnings(bench)).toEqual(['no-pause-after-result'])
    bench.pass(20).type('AT\r')
    expect(warnings(bench)).toHaveLength(1)
    bench.pass(19).type('AT\r')
    expect(warnings(bench)).toHaveLength(2)
  })

  it('M-16: is not warned with 20 ms of pause, however long a line is typed, nor at its first line', () => {
    const bench = new WhyBench()
    bench.pass(100)
    bench.type('AT\r')
    bench.pass(20).type('A')
    bench.pass(300).type('T\r\n')
    bench.pass(20).type('AT\r')
    bench.module.instances[0]!.clientChanged()
    bench.type('AT\r')
    expect(warnings(bench)).toEqual([])
  })

  it('M-16: two #SGACT in one write both work, and the second is warned of', () => {
    const bench = new WhyBench()
    bench.pass(100)
    bench.at('AT+CGDCONT=2,"IP","b"')
    bench.type('AT#SGACT=1,1\rAT#SGACT=2,1\r')
    bench.pass(2_000)
    expect(
      bench
        .facts('result')
        .slice(-2)
        .map(({ word }) => word)
    ).toEqual(['OK', 'OK'])
    expect(warnings(bench)).toEqual(['typed-before-result'])
  })

  it('M-16: an upload that is sent before CONNECT arrives whole, and is warned of', () => {
    const { bench, server } = openFtp()
    bench.pass(100)
    bench.type('AT#FTPPUT="z.txt"\rtext')
    bench.pass(3_000).type('+++')
    bench.pass(1_500)
    expect(Buffer.from(server.files.get('z.txt')!).toString('latin1')).toBe('text')
    expect(warnings(bench)).toEqual(['typed-before-result'])
  })

  it('M-16: data in one write with the line that prompts for it is warned of', () => {
    const bench = new WhyBench()
    bench.at('AT#SSLEN=1,1')
    bench.pass(100)
    bench.type('AT#SSLSECDATA=1,1,1,4\r\nabcd\x1a')
    expect(warnings(bench)).toEqual(['typed-before-result'])
  })

  it('M-16: the LF of a line is nothing that came early', () => {
    const bench = new WhyBench()
    bench.pass(100)
    bench.type('AT#SGACT=1,1\r')
    bench.type('\n')
    bench.pass(1_000)
    expect(warnings(bench)).toEqual([])
  })

  it('M-16: is told in the row and by Why with the command before, and is never the last failure', async () => {
    const bench = new WhyBench()
    bench.pass(100)
    bench.type('AT+CSQ\rAT\r')
    const event = bench.events().find(({ what }) => what.kind === 'warning')!
    expect(rowOf(event)).toMatchObject({ word: 'WARN', text: expect.stringContaining('hardware would likely lose it') })
    const told = await bench.why(event.seq)
    expect(told).toMatchObject({ id: 'no-pause-after-result', rule: { id: 'D-43' }, error: null })
    expect(told.asked.sentence).toMatch(/^AT\+CSQ/)
    expect(told.chain.at(-1)).toBe(event.seq)
    expect(await bench.lastFailure()).toBeNull()
    expect(explain(bench.timeline, event.seq, bench.snapshot())).toEqual(told)
  })

  it('M-16: every warning names a rule and what to do', () => {
    for (const { rule, sentence, remedy, title } of Object.values(hardwareWarnings)) {
      expect(ruleById(rule)).toBeDefined()
      for (const text of [sentence, remedy]) expect(text).toMatch(/^[A-Z].*\.$/)
      expect(title).not.toMatch(/\.$/)
    }
  })
})

describe('W-3: a line without a CR', () => {
  it.each([
    ['AT\n', 3],
    ['AT+CSQ=1?\n', 10],
    ['AT\nAT\n', 6],
    ['noise AT\n', 3]
  ])('W-3: %j: so many bytes wait, and LF does not end a line', async (typed, bytes) => {
    const bench = new WhyBench()
    bench.type(typed)
    const question = (await bench.present())!
    expect(question).toMatchObject({ id: 'line-without-cr', title: 'Why does the module not answer?' })
    expect(question.answer[0]).toBe(`${bytes} bytes wait for a CR; LF does not end a line.`)
    expect(question.answer.join(' ')).toContain('picocom')
    bench.type(question.remedies[0]!.entry!)
    bench.pass(10)
    expect((await bench.present())!.id).not.toBe('line-without-cr')
  })

  it('W-3: typed in pieces it is counted whole', async () => {
    const bench = new WhyBench()
    for (const byte of 'AT+CSQ') bench.type(byte)
    bench.type('\n')
    expect((await bench.present())!.answer[0]).toBe('7 bytes wait for a CR; LF does not end a line.')
  })

  it('W-3: without an LF it is asked about once it has stood for two seconds', async () => {
    const bench = new WhyBench()
    bench.type('AT+CSQ')
    expect((await bench.present())!.id).not.toBe('line-without-cr')
    bench.pass(2_000)
    expect((await bench.present())!.answer[0]).toBe('6 bytes wait for a CR (0x0D), which ends a line.')
  })

  it.each(['AT\r', 'AT\r\n', 'hello\n', '\n'])('W-3: %j leaves nothing that waits', async (typed) => {
    const bench = new WhyBench()
    bench.type(typed)
    bench.pass(3_000)
    expect((await bench.present())!.id).not.toBe('line-without-cr')
  })
})

describe('W-5: a +++ without its guard time', () => {
  function online(): WhyBench {
    const bench = new WhyBench()
    bench.echo().readyToDial()
    bench.at(dialOnline)
    bench.pass(2_000)
    return bench
  }

  it.each([
    ['+++ath in one burst', (bench: Bench) => bench.type('+++ath\r')],
    ['+++ behind data', (bench: Bench) => bench.type('data') + bench.type('+++')],
    ['data and +++ in one burst', (bench: Bench) => bench.type('data+++')],
    ['+++ and a command before the second is over', (bench: Bench) => bench.type('+++') + bench.pass(500).type('ATH\r')]
  ])('W-5: %s: Why says that it came without its guard time', async (_, type) => {
    const bench = online()
    type(bench)
    bench.pass(3_000)
    expect(bench.module.instances[0]!.mode).toBe('online')
    expect(warnings(bench)).toEqual(['escape-without-guard'])
    const question = (await bench.present())!
    expect(question.id).toBe('escape-without-guard')
    expect(question.answer[0]).toContain('A +++ came without its guard time')
    expect(await bench.lastFailure()).toBeNull()
    bench.type('+++')
    bench.pass(1_100)
    expect(bench.module.instances[0]!.mode).toBe('command')
    expect((await bench.present())!.id).not.toBe('escape-without-guard')
  })

  it('W-5: a guarded +++, and pluses in data, are none', () => {
    const bench = online()
    bench.type('1+1 ++ 2')
    bench.type(`${'x'.repeat(100)}+++${'x'.repeat(100)}`)
    bench.type('++++')
    bench.pass(1_100).type('+++')
    bench.pass(1_100)
    expect(bench.module.instances[0]!.mode).toBe('command')
    expect(warnings(bench)).toEqual([])
  })
})
