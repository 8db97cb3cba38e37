import { describe, expect, it } from 'vitest'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import { EscapeDetector } from '../../../src/main/module/at/escape.ts'
import { TimerBoard } from '../../../src/main/module/hardware/timer-board.ts'
import { TimelineStore } from '../../../src/main/timeline/store.ts'
import { Bench } from '../../fixtures/bench.ts'

/** AT instances are independent of each other (at-reference 10). */
describe('two AT instances', () => {
  it('have time limits of their own: a look-up on one does not end the wait of the other', () => {
    const bench = new Bench({ instances: 2 })
    bench.farEnd(() => {}).readyToDial()
    bench.network.name('there.lab', '1.2.3.4')
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')).toContain('OK')
    bench.type('ATE0\r', 1)
    bench.type('AT#SSLRECV=1,10,50\r')
    bench.pass(1000)
    bench.type('AT#QDNS="there.lab"\r', 1)
    expect(bench.pass(10).output()).toBe('\r\n#QDNS: "there.lab","1.2.3.4"\r\n\r\nOK\r\n')
    expect(bench.pass(3000).output()).toBe('')
    expect(bench.pass(1000).output()).toBe('\r\n#SSLRECV: 0\r\nTIMEOUT\r\n\r\nOK\r\n')
  })

  it('escape each for itself, and the window sees one that runs', () => {
    const clock = new VirtualClock(0)
    const timers = new TimerBoard(clock, new TimelineStore(clock))
    const escaped: number[] = []
    const detectors = [0, 1].map((index) => {
      const options = { character: 0x2b, guardMs: 1000, withhold: false }
      return new EscapeDetector(options, clock, timers.of(index), () => escaped.push(index))
    })
    clock.advance(1500)
    detectors[0]!.feed(Buffer.from('+++'))
    clock.advance(300)
    detectors[1]!.feed(Buffer.from('data that flows on the other port'))
    expect(timers.snapshot().find((one) => one.name === 'escape')).toMatchObject({
      running: true,
      value: 300,
      limit: 1000
    })
    clock.advance(800)
    expect(escaped).toEqual([0])
    expect(timers.snapshot().find((one) => one.name === 'escape')).toMatchObject({ running: false })
  })
})
