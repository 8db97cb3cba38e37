import { describe, expect, it } from 'vitest'
import { Host } from './host.ts'

// Commands of the AT reference without a rule of the guide.

const ok = '\r\nOK\r\n'

describe('identity (at-reference 3)', () => {
  it.each([
    ['AT+GMI', 'Telit'],
    ['AT+CGMI', 'Telit'],
    ['AT#CGMI', '#CGMI: Telit'],
    ['AT+GMM', 'UE910-EUR'],
    ['AT+CGMM', 'UE910-EUR'],
    ['AT#CGMM', '#CGMM: UE910-EUR'],
    ['AT+GMR', '12.00.005'],
    ['AT+CGMR', '12.00.005'],
    ['AT#CGMR', '#CGMR: 12.00.005'],
    ['ATI3', 'Telit'],
    ['ATI4', 'UE910-EUR']
  ])('%s prints %s', (line, text) => {
    expect(new Host({ product: 'UE910-EUR' }).at(line)).toBe(`\r\n${text}\r\n${ok}`)
  })

  it.each([
    ['AT+CGSN', /^\d{15}$/],
    ['AT#CGSN', /^#CGSN: \d{15}$/],
    ['AT+GSN', /^\d{10}$/],
    ['AT+CIMI', /^\d{15}$/],
    ['AT#CIMI', /^#CIMI: \d{15}$/],
    ['AT#CCID', /^#CCID: \d{19,20}$/],
    ['ATI0', /^\d+$/]
  ])('%s prints a number', (line, shape) => {
    expect(/^\r\n(.*)\r\n\r\nOK\r\n$/.exec(new Host().at(line))![1]).toMatch(shape)
  })
})

describe('settings that a terminal program sends first', () => {
  it('are taken in one line, and the last value stays (at-reference 2)', () => {
    const host = new Host()
    expect(host.at('AT&F&C1&D2&K0&S0L1M0X4Q0V1E0')).toBe(ok)
    expect(host.at('AT&V')).toContain('E0 Q0 V1 X4 L1 M0 &C1 &D2 &K0 &S0')
    expect(host.at('AT&D')).toBe(ok)
    expect(host.at('AT&V0')).toContain('&D0')
    expect(host.at('AT&Z')).toBe('\r\nERROR\r\n')
  })
})
