import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// An explanation is true when it is asked for. A failure that is over is not explained.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

describe('the last failure is over once', () => {
  it('SSL is on', async () => {
    const bench = new WhyBench()
    expect(bench.at(dial)).toBe(error(836))
    expect(await bench.why()).toMatchObject({ id: 'ssl-not-activated' })
    bench.at('AT#SSLEN=1,1')
    expect(await bench.lastFailure()).toBeNull()
  })

  it('the context is up, and the failure says of itself that it was then', async () => {
    const bench = new WhyBench()
    bench.at('AT#SSLEN=1,1')
    expect(bench.at(dial)).toBe(error(556))
    const told = await bench.why()
    expect(wordsOf(told)).toContain('which had no address at that time')
    expect(bench.mend(told.remedies.at(-1)!)).toContain('#SGACT: ')
    expect(await bench.lastFailure()).toBeNull()
    expect(await bench.why(told.seq)).toMatchObject({ id: 'context-not-active' })
  })

  it('the PIN was given', async () => {
    const bench = new WhyBench()
    bench.module.parts.sim.card.pinEnabled = true
    bench.module.pressReset(null)
    bench.pass(1000)
    bench.at('AT+CMEE=1')
    expect(bench.at('AT#SGACT=1,1')).toBe(error(11))
    const told = await bench.why()
    bench.mend(told.remedies[0]!)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('the module was reset', async () => {
    const bench = new WhyBench()
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
    expect(await bench.why()).toMatchObject({ id: 'ftp-not-connected' })
    bench.module.pressReset(null)
    bench.pass(1000)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('a connection stands over a context that was active already', async () => {
    const bench = new WhyBench()
    listen(bench, { sessions: memorySessionStore() })
    bench.readyToDial()
    expect(bench.at('AT#SGACT=1,1')).toBe(error(553))
    expect(await bench.why()).toMatchObject({ id: 'context-already-activated' })
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
  })
})

describe('sentences say what was, and no more', () => {
  it('148: the network ended packet service under an activation; the module is registered all the same', async () => {
    const bench = new WhyBench()
    // Its report is already on the way.
    bench.network.detachModule()
    expect(bench.at('AT#SGACT=1,1')).toBe(error(148))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'gprs-unspecified', error: { code: 148 } })
    expect(wordsOf(told)).toContain('ended packet service before the context was up')
    expect(wordsOf(told)).not.toContain('in no network')
    expect(bench.mend(told.remedies.at(-1)!)).toContain('#SGACT: ')
  })

  it('a user who was not given is not named', async () => {
    const bench = new WhyBench()
    bench.network.change({ credentials: { user: 'mobile', password: 'secret' } })
    bench.at('AT#SGACT=1,1')
    expect(wordsOf(await bench.why())).toMatch(/asks for a user and a password, and none was (given|shown)/)
  })

  it('a line whose first command cannot be read ran nothing; one behind others ran those', async () => {
    const bench = new WhyBench()
    bench.at('AT#SSLD=1,443,"123.124.125.126,0,1')
    expect(wordsOf(await bench.why())).not.toContain('was carried out')
    bench.at('AT+CSQ;#SSLD=1,443,"123.124.125.126,0,1')
    expect(wordsOf(await bench.why())).toContain('The commands before it on the line ran.')
  })
})
