import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { products } from '../../../src/shared/products/catalog.ts'
import { Bench } from '../../fixtures/bench.ts'

const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const active = '\r\n#SGACT: 10.64.18.7\r\n\r\nOK\r\n'

function bench(product = 'HE910'): Bench {
  const made = new Bench({ product })
  made.at('AT+CMEE=1')
  return made
}

describe('a network that says no to a context (at-reference 5, G-2.1-3, D-17)', () => {
  it.each(products.map((one) => one.name))(
    '%s: an APN that does not exist is 569 on GSM and 555 elsewhere',
    (product) => {
      const one = bench(product)
      one.network.change({ apns: ['internet', 'iot.lab'] })
      expect(one.at('AT#SGACT=1,1')).toBe(error(one.module.parts.profile.radio === 'gsm' ? 569 : 555))
      one.at('AT+CGDCONT=1,"IP","Internet"')
      expect(one.at('AT#SGACT=1,1')).toBe(active)
    }
  )

  it('#SGACT=? names the ranges; user and password have none (at-reference 5)', () => {
    expect(new Bench().at('AT#SGACT=?')).toBe('\r\n#SGACT: (0-5),(0,1)\r\n\r\nOK\r\n')
  })

  it('names the error in words too, and the timeline says why', () => {
    const one = bench('GE865-QUAD')
    one.network.change({ apns: ['internet'] })
    one.at('AT+CMEE=2;+CGDCONT=1,"IP","intranet"')
    expect(one.at('AT#SGACT=1,1')).toBe('\r\n+CME ERROR: service not supported\r\n')
    expect(one.facts('network').at(-1)!.sentence).toBe('The network knows no APN "intranet".')
    expect(one.facts('result').at(-1)!.failure).toMatchObject({ blame: 'network', rule: 'at-reference 5' })
    one.network.change({ apnRefusal: 'other' })
    expect(one.at('AT#SGACT=1,1')).toBe('\r\n+CME ERROR: unspecified GPRS error\r\n')
  })

  it('refuses without a reason: 148', () => {
    const one = bench()
    one.network.change({ apns: [], apnRefusal: 'other' })
    expect(one.at('AT#SGACT=1,1')).toBe(error(148))
    expect(one.at('AT#SGACT?')).toContain('#SGACT: 1,0')
  })

  it('takes an empty APN only where it is on the list', () => {
    const one = bench()
    one.network.change({ apns: [''] })
    expect(one.at('AT#SGACT=1,1')).toBe(active)
  })

  it('wrong user or password: 149; right ones: an address; nothing of them is kept', () => {
    const one = bench()
    one.network.change({ credentials: { user: 'ada', password: 'secret' } })
    for (const given of ['', ',"ada"', ',"ada","wrong"', ',"eve","secret"'])
      expect(one.at(`AT#SGACT=1,1${given}`), given).toBe(error(149))
    expect(one.at('AT#SGACT=1,1,"ada","secret"')).toBe(active)
    one.at('AT#SGACT=1,0')
    expect(one.at('AT#SGACT=1,1')).toBe(error(149))
  })

  it('#SGACTAUTH=0 shows nobody a password: 149; PAP and CHAP do', () => {
    const one = bench()
    one.network.change({ credentials: { user: 'ada', password: 'secret' } })
    expect(one.at('AT#SGACTAUTH?;#SGACTAUTH=?')).toContain('#SGACTAUTH: 1\r\n\r\n#SGACTAUTH: (0-2)')
    one.at('AT#SGACTAUTH=0')
    expect(one.at('AT#SGACT=1,1,"ada","secret"')).toBe(error(149))
    one.at('AT#SGACTAUTH=2')
    expect(one.at('AT#SGACT=1,1,"ada","secret"')).toBe(active)
    expect(one.at('AT#SGACTAUTH=3')).toBe('\r\nERROR\r\n')
  })

  it('#GPRS=1 meets the same refusals (D-35)', () => {
    const one = bench()
    one.network.change({ apns: [] })
    expect(one.at('AT#GPRS=1')).toBe(error(555))
    one.network.change({ apns: 'any' })
    expect(one.at('AT#GPRS=1')).toBe('\r\n+IP: 10.64.18.7\r\n\r\nOK\r\n')
    expect(one.at('AT#GPRS=0;#GPRS?')).toContain('#GPRS: 0')
  })
})

describe('a context takes the time of a network (at-reference 5 and 9)', () => {
  it('comes and goes with it', () => {
    const one = bench()
    one.network.change({ latency: 'real' })
    one.type('AT#SGACT=1,1\r')
    expect(one.pass(1799).output()).toBe('')
    expect(one.pass(1).output()).toBe(active)
    one.type('AT#SGACT=1,0\r')
    expect(one.pass(599).output()).toBe('')
    expect(one.module.parts.contexts.get(1)!.active).toBe(true)
    expect(one.pass(1).output()).toBe(ok)
    expect(one.module.parts.contexts.get(1)!.active).toBe(false)
  })

  it('fails with 30 when coverage is lost while the network was asked, and the port goes on', () => {
    const one = bench()
    one.network.change({ latency: 'real' })
    one.network.loseCoverage()
    one.pass(4000)
    one.type('AT#SGACT=1,1\r')
    expect(one.pass(2000).output()).toBe(error(30))
    expect(one.at('AT#SGACT?')).toContain('#SGACT: 1,0')
  })

  it('ends #SGACT=1,0 with OK when the network takes the context away meanwhile', () => {
    const one = bench()
    one.at('AT#SGACT=1,1')
    one.type('AT#SGACT=1,0\r')
    one.module.parts.contexts.get(1)!.drop(null)
    expect(one.output()).toBe(ok)
    expect(one.pass(1000).output()).toBe('')
  })

  it('deactivated by +CGDCONT=1, which forgets it', () => {
    const one = bench()
    one.at('AT#SGACT=1,1')
    expect(one.at('AT+CGDCONT=1')).toBe(ok)
    expect(one.at('AT#SGACT=1,1')).toBe(error(556))
    expect(one.at('AT+CGDCONT=1,"IP","";#SGACT?')).toContain('#SGACT: 1,0')
  })

  it('is asked for by two ports at a time: the second gets 555, 553 once it is there', () => {
    const one = new Bench({ instances: 2 })
    one.network.change({ registration: 'none' })
    one.pass(100)
    for (const instance of [0, 1]) one.type('ATE0+CMEE=1;#SGACT=1,1\r', instance)
    one.output()
    one.network.restoreCoverage()
    expect(one.pass(300).output()).toContain('#SGACT: 10.64.18.7')
    expect(
      one
        .facts('result')
        .filter((result) => result.failure !== null)
        .map((result) => result.failure!.error)
    ).toEqual(['activationFailed'])
    expect(one.at('AT#SGACT=1,1')).toBe(error(553))
  })
})

describe('a context that the network drops (at-reference 5, D-7)', () => {
  const dial = 'AT#SSLD=1,443,"123.124.125.126",0'

  it('ends an open socket with NO CARRIER, online and in command mode; without a report of its own', () => {
    for (const mode of [0, 1]) {
      const one = new Bench().echo().readyToDial()
      one.at(`${dial},${mode}`)
      one.network.dropContext(1)
      expect(one.pass(1000).output()).toBe('\r\nNO CARRIER\r\n')
      expect(one.at('AT#SSLS=1;#SGACT?;+CGATT?')).toContain('#SSLS: 1,1\r\n\r\n#SGACT: 1,0\r\n\r\n+CGATT: 1')
      expect(one.at(`${dial},1`)).toBe(error(556))
    }
  })

  it('is one context: another one stays', () => {
    const one = bench()
    one.at('AT+CGDCONT=2,"IP","two";#SGACT=1,1;#SGACT=2,1')
    one.network.dropContext(2)
    one.pass(100)
    expect(one.at('AT#SGACT?')).toContain('#SGACT: 1,1\r\n#SGACT: 2,0')
  })

  it('is nothing to a context that is down', () => {
    const one = bench()
    const before = one.facts('transition').length
    one.network.dropContext(1)
    one.pass(100)
    expect(one.facts('transition')).toHaveLength(before)
  })
})

describe('#SGACTCFG (at-reference 5)', () => {
  it('reads back line by line, takes its ranges, and is kept in NVM at once', () => {
    const store = new MemoryNvmStore()
    const one = new Bench({ store })
    expect(one.at('AT#SGACTCFG=1,3,200,1')).toBe(ok)
    expect(one.at('AT#SGACTCFG=2,1')).toBe(ok)
    for (const bad of ['0,1', '6,1', '1,16', '1,1,179', '1,1,3601', '1,1,180,2', '1,1,180,1,1', '1'])
      expect(one.at(`AT#SGACTCFG=${bad}`), bad).toBe('\r\nERROR\r\n')
    const lines = ['1,3,200,1', '2,1,180,0', '3,0,180,0', '4,0,180,0', '5,0,180,0']
      .map((line) => `#SGACTCFG: ${line}`)
      .join('\r\n')
    expect(new Bench({ store }).at('AT#SGACTCFG?')).toBe(`\r\n${lines}\r\n${ok}`)
  })

  it('asks again for a dropped context with the same user and password, and reports the address', () => {
    const one = bench()
    one.network.change({ credentials: { user: 'ada', password: 'secret' } })
    one.at('AT#SGACTCFG=1,2,180,1;#SGACT=1,1,"ada","secret"')
    one.network.dropContext(1)
    expect(one.pass(179_000).output()).toBe('')
    expect(one.pass(2000).output()).toBe('\r\n#SGACT: 10.64.18.7\r\n')
    expect(one.at('AT#SGACT?')).toContain('#SGACT: 1,1')
  })

  it('gives up after so many tries', () => {
    const one = bench()
    one.at('AT#SGACTCFG=1,2,180,1;#SGACT=1,1')
    one.network.change({ apns: [] })
    one.network.dropContext(1)
    one.pass(1_000_000)
    expect(
      one
        .facts('network')
        .filter(({ sentence }) => sentence.includes('asked for again'))
        .map(({ sentence }) => sentence)
    ).toEqual([
      'Context 1 is asked for again; 1 more try after this one.',
      'Context 1 is asked for again; 0 more tries after this one.'
    ])
    one.network.change({ apns: 'any' })
    one.pass(1_000_000)
    expect(one.at('AT#SGACT?')).toContain('#SGACT: 1,0')
  })

  it('does nothing once the host deactivates, leaves the network, or the power is gone', () => {
    for (const line of ['AT#SGACT=1,0', 'AT#SHDN', null]) {
      const one = bench()
      one.at('AT#SGACTCFG=1,5,180,1;#SGACT=1,1')
      one.network.dropContext(1)
      one.pass(1000)
      if (line) one.at(line)
      else one.module.pressReset()
      one.output()
      expect(one.pass(1_000_000).output(), String(line)).toBe('')
      expect(one.module.parts.contexts.get(1)!.active, String(line)).toBe(false)
    }
    const host = bench()
    host.at('AT#SGACTCFG=1,5,180,1;#SGACT=1,1')
    host.at('AT+CFUN=4')
    expect(host.pass(1_000_000).output()).toBe('')
  })
})
