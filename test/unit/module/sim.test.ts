import { describe, expect, it } from 'vitest'
import { labSim, SimCard } from '../../../src/main/module/hardware/sim-card.ts'
import { charts } from '../../../src/shared/statecharts/index.ts'
import { Bench } from '../../fixtures/bench.ts'

const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const ok = '\r\nOK\r\n'

function lockedCard(): SimCard {
  return new SimCard({ ...labSim, pinEnabled: true })
}

function bench(sim: SimCard): Bench {
  const made = new Bench({ sim })
  made.at('AT+CMEE=1')
  return made
}

describe('a SIM that asks for its PIN (at-reference 3)', () => {
  it('keeps the module out of the network until the PIN is right', () => {
    const one = bench(lockedCard())
    one.at('AT+CREG=1;+CGREG=1')
    expect(one.at('AT+CPIN?')).toBe(`\r\n+CPIN: SIM PIN\r\n${ok}`)
    expect(one.pass(200_000).at('AT+CREG?')).toContain('+CREG: 1,0')
    expect(one.at('AT+CPIN=1234')).toBe(`${ok}\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n`)
    expect(one.at('AT+CPIN?')).toContain('+CPIN: READY')
    expect(one.at('AT+CPIN=1234')).toBe(error(3))
  })

  it('lets commands that need no SIM run, and refuses the others with 11', () => {
    const one = bench(lockedCard())
    for (const line of [
      'AT',
      'ATE0V1',
      'AT+CGMI;+CGMM;+CGMR;+CGSN',
      'AT+CSQ;+CREG?;+CGREG?;+COPS?',
      'AT+CCLK?;+CFUN?;+IPR?;#SELINT?',
      'AT#CCID'
    ]) {
      expect(one.at(line), line).toMatch(/\r\nOK\r\n$/)
    }
    for (const line of [
      '+CGDCONT?',
      '+CGDCONT=1,"IP","x"',
      '+CGATT?',
      '+CGATT=1',
      '#SGACT=1,1',
      '+CIMI',
      '#CIMI',
      '#SSLEN=1,1',
      '#SSLS=1',
      '#QDNS="x"'
    ]) {
      expect(one.at(`AT${line}`), line).toBe(error(11))
    }
    expect(one.at('AT+CGDCONT=?;#SSLEN=?')).toMatch(/\r\nOK\r\n$/)
    expect(one.at('AT+COPS=0')).toBe(error(11))
  })

  it('counts wrong PINs on the card, power-off or not, and asks for the PUK after the third', () => {
    const card = lockedCard()
    const one = bench(card)
    expect(one.at('AT+CPIN=0000')).toBe(error(16))
    expect(one.at('AT+CPIN=0001')).toBe(error(16))
    expect(card.pinTriesLeft).toBe(1)
    const again = bench(card)
    expect(again.at('AT+CPIN?')).toContain('SIM PIN')
    expect(again.at('AT+CPIN="0002"')).toBe(error(16))
    expect(again.at('AT+CPIN?')).toContain('+CPIN: SIM PUK')
    expect(again.at('AT#SGACT=1,1')).toBe(error(12))
    expect(bench(card).at('AT+CPIN?')).toContain('+CPIN: SIM PUK')
  })

  it('has three tries again after the right PIN', () => {
    const card = lockedCard()
    const one = bench(card)
    one.at('AT+CPIN=0000')
    one.at('AT+CPIN=0000')
    expect(one.at('AT+CPIN=1234')).toMatch(/^\r\nOK\r\n/)
    expect(card.pinTriesLeft).toBe(3)
  })

  it('refuses what is no PIN without asking the card', () => {
    const card = lockedCard()
    const one = bench(card)
    for (const bad of ['123', '123456789', 'abcd', '12345678,1234', '""'])
      expect(one.at(`AT+CPIN=${bad}`), bad).toBe('\r\nERROR\r\n')
    expect(card.pinTriesLeft).toBe(3)
  })
})

describe('a SIM that asks for its PUK (at-reference 3)', () => {
  function puk(): { card: SimCard; one: Bench } {
    const card = lockedCard()
    const one = bench(card)
    for (let wrong = 0; wrong < 3; wrong += 1) one.at('AT+CPIN=9999')
    return { card, one }
  }

  it('takes a new PIN with the PUK, which the card asks for from then on', () => {
    const { card, one } = puk()
    expect(one.at('AT+CPIN=1234')).toBe(error(12))
    expect(one.at('AT+CPIN=12345678,4321')).toMatch(/^\r\nOK\r\n/)
    expect(one.at('AT+CPIN?;+CREG?')).toContain('+CPIN: READY\r\n\r\n+CREG: 0,1')
    const again = bench(card)
    expect(again.at('AT+CPIN=1234')).toBe(error(16))
    expect(again.at('AT+CPIN=4321')).toMatch(/^\r\nOK\r\n/)
  })

  it('is blocked for good after ten wrong PUKs', () => {
    const { card, one } = puk()
    for (let left = 9; left >= 0; left -= 1) {
      expect(one.at('AT+CPIN=00000000,1234')).toBe(error(16))
      expect(card.pukTriesLeft).toBe(left)
    }
    expect(one.at('AT+CPIN=12345678,1234')).toBe(error(13))
    expect(one.at('AT+CPIN?')).toBe(error(13))
    expect(bench(card).at('AT+CPIN?')).toBe(error(13))
    card.renew()
    expect(bench(card).at('AT+CPIN=1234')).toMatch(/^\r\nOK\r\n/)
  })

  it('refuses what is no PUK or no PIN without asking the card', () => {
    const { card, one } = puk()
    for (const bad of ['1234567,1234', '12345678,12', 'abcdefgh,1234'])
      expect(one.at(`AT+CPIN=${bad}`), bad).toBe('\r\nERROR\r\n')
    expect(card.pukTriesLeft).toBe(10)
  })
})

describe('no SIM (at-reference 3)', () => {
  it('is 10, in numbers and words, and the module stays out of the network', () => {
    const card = new SimCard()
    card.inserted = false
    const one = bench(card)
    for (const line of ['+CPIN?', '+CPIN', '+CPIN=1234', '+CIMI', '#CCID', '+CGDCONT?', '#SGACT=1,1', '#SSLEN=1,1'])
      expect(one.at(`AT${line}`), line).toBe(error(10))
    expect(one.at('AT+CREG?;+CSQ')).toContain('+CREG: 0,0')
    one.at('AT+CMEE=2')
    expect(one.at('AT+CPIN?')).toBe('\r\n+CME ERROR: SIM not inserted\r\n')
  })

  it('taken out while a socket is open: contexts, packet service, registration, in this order; put in, the module registers again', () => {
    const one = new Bench().echo().readyToDial()
    one.at('AT+CREG=1;+CGREG=1')
    expect(one.at('AT#SSLD=1,443,"123.124.125.126",0,1')).toBe(ok)
    const { sim } = one.module.parts
    sim.card.inserted = false
    sim.holderChanged(null)
    expect(one.at('AT+CPIN?')).toContain(error(10))
    const told = one
      .events()
      .flatMap(({ what }) =>
        what.kind === 'urc' ? [what.text] : what.kind === 'result' && what.word === 'NO CARRIER' ? [what.word] : []
      )
    expect(told).toEqual(['NO CARRIER', '+CGREG: 0', '+CREG: 0'])
    sim.card.inserted = true
    sim.holderChanged(null)
    one.pass(200)
    expect(one.output()).toBe('\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n')
    expect(one.at('AT#SGACT=1,1')).toContain('#SGACT: 10.')
  })
})

describe('the SIM chart', () => {
  it('decides: without its transition the right PIN opens nothing', () => {
    const { sim } = charts
    const { PIN_RIGHT: _, ...on } = (sim.machine.states as Record<string, { on: Record<string, string> }>)[
      'pinRequired'
    ]!.on
    const machine = { ...sim.machine, states: { ...sim.machine.states, pinRequired: { on } } }
    const one = new Bench({ sim: lockedCard(), charts: { ...charts, sim: { ...sim, machine } } })
    one.at('AT+CPIN=1234')
    expect(one.at('AT+CPIN?')).toContain('SIM PIN')
  })

  it('goes to absent with the power and comes back with it', () => {
    const one = new Bench()
    expect(one.module.parts.sim.state).toBe('ready')
    one.module.unplug()
    expect(one.module.parts.sim.state).toBe('absent')
    one.module.pressOn()
    expect(one.pass(150).module.parts.sim.state).toBe('ready')
  })
})
