import { describe, expect, it } from 'vitest'
import { WhyBench } from '../../fixtures/why-bench.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// Lines that are refused before any effect are relevant only until something else happens.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`

const probes = [
  ['an unknown command', 'AT+QFOO=1', 'unknown-command'],
  ['a malformed line', 'AT#SSLD=1,443,"x', 'bad-syntax'],
  ['a value out of range', 'AT+CMEE=9', 'bad-parameter'],
  ['a form that is none', 'AT+CSQ=1', 'no-such-form'],
  ['a line that is too long', `AT+CGDCONT=1,"IP","${'a'.repeat(500)}"`, 'line-too-long']
] as const

describe.each(probes)('%s', (_title, line, id) => {
  it('W-2: is the last failure while nothing else has happened', async () => {
    const bench = new WhyBench()
    bench.at(line)
    bench.pass(60_000)
    expect(await bench.why()).toMatchObject({ id })
  })

  it('W-2: is none once any command has worked', async () => {
    const bench = new WhyBench()
    bench.at(line)
    bench.at('AT')
    bench.at('AT+CSQ')
    expect(await bench.lastFailure()).toBeNull()
  })

  it('W-2: is none once the module has moved, though no command did it', async () => {
    const bench = new WhyBench()
    bench.at(line)
    bench.network.change({ registration: 'none' })
    bench.pass(1000)
    expect(await bench.lastFailure()).toBeNull()
    expect(await bench.present()).toMatchObject({ id: 'not-registered' })
  })

  it('W-2: does not hide a failure that is still true, once something else has happened', async () => {
    const bench = new WhyBench().readyToDial() as WhyBench
    bench.at(dial)
    expect(await bench.why()).toMatchObject({ id: 'tcp-refused' })
    bench.at(line)
    expect(await bench.why()).toMatchObject({ id })
    bench.at('AT')
    expect(await bench.why()).toMatchObject({ id: 'tcp-refused' })
  })

  it('W-2: does not come back when what failed after it is over', async () => {
    const bench = new WhyBench().readyToDial() as WhyBench
    bench.at(line)
    bench.at(dial)
    expect(await bench.why()).toMatchObject({ id: 'tcp-refused' })
    listen(bench)
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
  })
})

it('W-2: a program that begins with dozens of probes leaves none behind', async () => {
  const bench = new WhyBench()
  for (let at = 0; at < 55; at++) bench.at(`AT+QPROBE${at}?`)
  bench.at('AT+CGMI')
  expect(await bench.lastFailure()).toBeNull()
})
