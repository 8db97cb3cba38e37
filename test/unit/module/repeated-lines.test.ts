import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'

describe('M-16: A/ in one write to a host that does not read', () => {
  it.each(['A/', 'a/'])('runs none of many %s while the port is full, and all once it is read', (repeat) => {
    const bench = new Bench()
    bench.at('ATE0')
    bench.type('AT+CGMR\r')
    bench.portRoom = false
    const first = bench.type(repeat.repeat(1000))
    const answers = (text: string): number => text.split('OK\r\n').length - 1
    expect(answers(first)).toBe(1)
    expect(bench.hostMaySend).toBe(false)
    bench.portRoom = true
    bench.module.instances[0]!.portDrained()
    expect(answers(bench.output())).toBe(999)
    expect(bench.facts('overrun')).toEqual([])
    expect(bench.hostMaySend).toBe(true)
  })
})
