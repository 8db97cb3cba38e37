import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { setClock } from '../../../src/main/module/by-hand/clock-change.ts'
import { clockChange, type ClockChange } from '../../../src/shared/hardware/clock-change.ts'
import { Bench } from '../../fixtures/bench.ts'

/** Changes the clock of the board as a person would, on the real module. */
function act(bench: Bench, change: ClockChange): void {
  setClock(bench.module, change, bench.timeline)
}

const lastNote = (bench: Bench): string | undefined =>
  bench.timeline
    .query({ fromSeq: 0, limit: 5000 })
    .events.flatMap(({ what }) => (what.kind === 'note' ? [what.sentence] : []))
    .at(-1)

describe('the clock of the board', () => {
  it('is set by hand, keeps its zone where none is named, and says so', () => {
    const bench = new Bench()
    act(bench, { at: '2026-10-01T09:00:00+02:00' })
    expect(bench.at('AT+CCLK?')).toContain('+CCLK: "26/10/01,09:00:00+08"')
    act(bench, { at: '2030-01-02T03:04' })
    expect(bench.at('AT+CCLK?')).toContain('+CCLK: "30/01/02,03:04:00+08"')
    expect(lastNote(bench)).toBe('The clock was set to 30/01/02,03:04:00+08.')
  })

  it('has network time switched off and on, and nothing else of #NITZ with it', () => {
    const bench = new Bench()
    expect(bench.at('AT#NITZ?')).toContain('#NITZ: 7,0')
    act(bench, { networkTime: false })
    expect(bench.at('AT#NITZ?')).toContain('#NITZ: 6,0')
    act(bench, { networkTime: true })
    expect(bench.at('AT#NITZ?')).toContain('#NITZ: 7,0')
    expect(lastNote(bench)).toBe('Network time was switched on: the next registration sets the clock.')
  })

  it('stays set while network time is off, and is set by the next registration when it is on (G-3.3-11)', () => {
    const bench = new Bench()
    act(bench, { at: '2020-01-01T00:00:00', networkTime: false })
    bench.at('AT+COPS=2')
    bench.pass(20_000)
    bench.at('AT+COPS=0')
    bench.pass(20_000)
    expect(bench.at('AT+CCLK?')).toContain('"20/01/01')
    act(bench, { networkTime: true })
    bench.at('AT+COPS=2')
    bench.pass(20_000)
    bench.at('AT+COPS=0')
    bench.pass(20_000)
    expect(bench.at('AT+CCLK?')).toContain('"26/11/23')
  })

  it('is set while the module is off; network time is not, and then nothing is', () => {
    const bench = new Bench({ powered: false })
    expect(() => act(bench, { at: '2026-10-01T09:00:00', networkTime: false })).toThrow(/^The module is off: .*\.$/)
    expect(bench.module.parts.clockChip.isSet).toBe(false)
    act(bench, { at: '2026-10-01T09:00:00' })
    expect(bench.module.parts.clockChip.text()).toMatch(/^26\/10\/01,09:00:00/)
  })

  it('takes no time that does not exist', () => {
    const bench = new Bench()
    const before = bench.module.parts.clockChip.text()
    expect(() => act(bench, { at: '2026-02-30T00:00:00' })).toThrow('2026-02-30T00:00:00 is no time that there is.')
    expect(bench.module.parts.clockChip.text()).toBe(before)
    expect(
      [{ at: '26/10/01' }, { at: 5 }, { zone: '+01:00' }].map((one) => v.safeParse(clockChange, one).success)
    ).toEqual([false, false, false])
  })
})
