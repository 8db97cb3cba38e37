import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'

const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const dial = 'AT#SSLD=1,443,"123.124.125.126",0'

/** Returns a bench with URCs enabled and numeric errors, without output so far. */
function reporting(change: Parameters<Bench['network']['change']>[0] = {}): Bench {
  const bench = new Bench({ powered: false })
  bench.network.change(change)
  bench.module.pressOn()
  bench.pass(100)
  bench.at('AT+CMEE=1;+CREG=1;+CGREG=1')
  bench.output()
  return bench
}

describe('the cell of +CREG=2 (at-reference 4, TS 23.003)', () => {
  it.each([
    ['HE910', '"0015A2B1",2'],
    ['UE910-EUR', '"0015A2B1",2'],
    ['GE865-QUAD', '"A2B1"'],
    ['GE910-QUAD', '"A2B1"'],
    ['GL865-QUAD V3', '"A2B1"']
  ])('M-7: %s tells as many digits as its radio has, and on UMTS the access technology (D-40)', (product, cell) => {
    const bench = new Bench({ product })
    bench.at('AT+CREG=2;+CGREG=2')
    expect(bench.at('AT+CREG?;+CGREG?')).toContain(`+CREG: 2,1,"00C8",${cell}\r\n\r\n+CGREG: 2,1,"00C8",${cell}\r\n`)
    bench.at('AT+COPS=2')
    expect(bench.at('AT+COPS=0')).toContain(`\r\n+CREG: 1,"00C8",${cell}\r\n`)
  })
})

describe('+CSQ (at-reference 4)', () => {
  it('knows neither signal nor error rate where there is no coverage, or the radio is off', () => {
    const bench = reporting()
    expect(bench.at('AT+CSQ')).toContain('+CSQ: 21,0\r\n')
    bench.network.change({ registration: 'none' })
    expect(bench.at('AT+CSQ')).toContain('+CSQ: 99,99\r\n')
    bench.network.change({ registration: 'home' })
    bench.at('AT+CFUN=4')
    expect(bench.at('AT+CSQ')).toContain('+CSQ: 99,99\r\n')
  })
})

describe('registration (at-reference 4, D-29)', () => {
  it('roams: 5, with the visited operator', () => {
    const bench = reporting({ registration: 'roaming' })
    expect(bench.at('AT+CREG?;+CGREG?')).toContain('+CREG: 1,5\r\n\r\n+CGREG: 1,5')
    expect(bench.at('AT+COPS?')).toContain('+COPS: 0,0,"Visited network"')
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: 10.64.18.7')
  })

  it('is denied: 3, and #SGACT fails with 30, +COPS=0 with 32', () => {
    const bench = reporting({ registration: 'denied' })
    expect(bench.at('AT+CREG?;+CGREG?;+COPS?')).toContain('+CREG: 1,3\r\n\r\n+CGREG: 1,3\r\n\r\n+COPS: 0\r\n')
    expect(bench.at('AT#SGACT=1,1')).toBe(error(30))
    expect(bench.at('AT+COPS=0')).toMatch(/^\r\n\+CME ERROR: 32\r\n/)
    bench.at('AT+CMEE=2')
    expect(bench.at('AT+COPS=0')).toContain('+CME ERROR: network not allowed - emergency calls only')
  })

  it('searches as long as there is no coverage: 2, no signal, and #SGACT gives up after 150 s with 30 (D-29)', () => {
    const bench = reporting({ registration: 'none' })
    expect(bench.at('AT+CREG?;+CSQ')).toContain('+CREG: 1,2\r\n\r\n+CSQ: 99,99')
    expect(bench.type('AT#SGACT=1,1\r')).toBe('')
    expect(bench.pass(149_000).output()).toBe('')
    expect(bench.pass(1000).output()).toBe(error(30))
  })

  it('comes as soon as there is coverage, and a waiting #SGACT with it (D-29)', () => {
    const bench = reporting({ registration: 'none' })
    bench.type('AT#SGACT=1,1\r')
    bench.pass(100_000)
    bench.network.change({ registration: 'home' })
    expect(bench.pass(200).output()).toBe(`\r\n#SGACT: 10.64.18.7\r\n${ok}\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n`)
  })

  it('tells area and cell in mode 2 only where the module is registered', () => {
    const bench = reporting()
    bench.pass(100).output()
    bench.at('AT+CREG=2;+CGREG=2')
    bench.network.detachModule()
    expect(bench.pass(100).output()).toBe('\r\n+CGREG: 0\r\n')
    expect(bench.at('AT+CREG?;+CGREG?')).toContain('+CREG: 2,1,"00C8","0015A2B1",2\r\n\r\n+CGREG: 2,0\r\n')
  })
})

describe('what the network does (at-reference 4)', () => {
  it('coverage lost: +CREG 2, NO CARRIER, a search that ends when it is back', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT+CREG=1;+CGREG=1')
    bench.at(`${dial},1`)
    bench.network.loseCoverage()
    expect(bench.output()).toBe('')
    expect(bench.pass(1000).output()).toBe('\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\nNO CARRIER\r\n')
    expect(bench.at('AT#SGACT?;#SSLS=1;+CSQ')).toContain('#SGACT: 1,0\r\n\r\n#SSLS: 1,1\r\n\r\n+CSQ: 99,99')
    bench.network.restoreCoverage()
    expect(bench.pass(1000).output()).toBe('\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n')
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: 10.')
    const lost = bench
      .facts('transition')
      .filter((one) => one.chart === 'registration')
      .map((one) => one.event)
    expect(lost).toEqual(['SEARCH', 'FOUND_HOME', 'COVERAGE_LOST', 'FOUND_HOME'])
  })

  it('coverage lost under an online socket: NO CARRIER, then the reports', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT+CREG=1')
    bench.at(`${dial},0`)
    bench.network.loseCoverage()
    expect(bench.pass(1000).output()).toBe('\r\nNO CARRIER\r\n\r\n+CREG: 2\r\n')
  })

  it('the home network gives way to a visited one: 2, then 5', () => {
    const bench = reporting()
    bench.pass(200).output()
    bench.network.change({ registration: 'roaming' })
    expect(bench.pass(200).output()).toBe('\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 5\r\n\r\n+CGREG: 5\r\n')
  })

  it('expels the module: 3, context gone; lets it in again without being asked', () => {
    const bench = reporting()
    bench.at('AT#SGACT=1,1')
    bench.network.change({ registration: 'denied' })
    expect(bench.pass(200).output()).toBe('\r\n+CREG: 3\r\n\r\n+CGREG: 3\r\n')
    expect(bench.at('AT#SGACT?')).toContain('#SGACT: 1,0')
    bench.network.change({ registration: 'home' })
    expect(bench.pass(200).output()).toBe('\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n')
  })

  it('detaches: +CGREG 0, the context gone, the registration stays; #SGACT and +CGATT=1 attach again', () => {
    const bench = reporting()
    bench.at('AT#SGACT=1,1')
    bench.network.detachModule()
    expect(bench.pass(100).output()).toBe('\r\n+CGREG: 0\r\n')
    expect(bench.at('AT+CGATT?;+CREG?;#SGACT?')).toContain('+CGATT: 0\r\n\r\n+CREG: 1,1\r\n\r\n#SGACT: 1,0')
    expect(bench.at('AT#SGACT=1,1')).toBe(`\r\n#SGACT: 10.64.18.7\r\n${ok}\r\n+CGREG: 2\r\n\r\n+CGREG: 1\r\n`)
  })

  it('tells of each with what caused it', () => {
    const bench = new Bench()
    const cause = bench.timeline.report({ kind: 'note', sentence: 'somebody pulled the antenna' })
    bench.network.loseCoverage(cause)
    bench.pass(100)
    const told = bench
      .events()
      .find(({ what }) => what.kind === 'network' && what.sentence === 'No cell is in reach any more.')!
    expect(told.cause).toBe(cause)
    expect(bench.events().find(({ what }) => what.kind === 'transition' && what.event === 'COVERAGE_LOST')!.cause).toBe(
      told.seq
    )
  })

  it('changes the signal at once (+CSQ)', () => {
    const bench = new Bench()
    for (const signalQuality of [0, 31, 99]) {
      bench.network.change({ signalQuality })
      expect(bench.at('AT+CSQ')).toContain(`+CSQ: ${signalQuality},${signalQuality === 99 ? 99 : 0}`)
    }
  })
})

describe('+CGATT (at-reference 4)', () => {
  it('fails with 107 where the network refuses packet service, and +CGREG says 3', () => {
    const bench = reporting({ packetService: 'refused' })
    expect(bench.at('AT+CREG?;+CGREG?;+CGATT?')).toContain('+CREG: 1,1\r\n\r\n+CGREG: 1,3\r\n\r\n+CGATT: 0')
    expect(bench.at('AT+CGATT=1')).toMatch(/^\r\n\+CME ERROR: 107\r\n/)
    expect(bench.at('AT#SGACT=1,1')).toMatch(/^\r\n\+CME ERROR: 107\r\n/)
    bench.network.change({ packetService: 'allowed' })
    expect(bench.pass(200).output()).toContain('+CGREG: 1\r\n')
    expect(bench.at('AT+CGATT?')).toContain('+CGATT: 1')
  })

  it('=0 takes the contexts down first and stays out until =1, also through a new registration', () => {
    const bench = reporting()
    bench.at('AT#SGACT=1,1')
    bench.type('AT+CGATT=0\r')
    expect(bench.module.parts.contexts.get(1)!.active).toBe(true)
    expect(bench.pass(15).module.parts.contexts.get(1)!.active).toBe(false)
    expect(bench.output()).toBe('')
    expect(bench.pass(100).output()).toBe(`${ok}\r\n+CGREG: 0\r\n`)
    bench.network.loseCoverage()
    bench.pass(100)
    bench.network.restoreCoverage()
    expect(bench.pass(200).output()).toBe('\r\n+CREG: 2\r\n\r\n+CREG: 1\r\n')
    expect(bench.at('AT+CGATT=1;+CGATT?')).toContain('+CGATT: 1')
  })

  it('=1 fails with 30 after 10 s of searching (at-reference 9)', () => {
    const bench = reporting({ registration: 'none' })
    bench.type('AT+CGATT=1\r')
    expect(bench.pass(9000).output()).toBe('')
    expect(bench.pass(2000).output()).toBe(error(30))
  })

  it('=0 ends when coverage is lost meanwhile', () => {
    const bench = reporting()
    bench.at('AT#SGACT=1,1')
    bench.network.change({ latency: 'real' })
    bench.network.loseCoverage()
    bench.pass(4800)
    bench.type('AT+CGATT=0\r')
    expect(bench.pass(1000).output()).toMatch(/^\r\nOK\r\n/)
  })
})

describe('+CFUN (at-reference 4)', () => {
  it('=4: NO CARRIER, packet service, registration, in the order and time of a network; the rest works on', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT+CREG=1;+CGREG=1')
    bench.at(`${dial},1`)
    bench.network.change({ latency: 'real' })
    bench.type('AT+CFUN=4\r')
    const { registration, contexts } = bench.module.parts
    expect([contexts.get(1)!.active, registration.attached, registration.state]).toEqual([true, true, 'home'])
    bench.pass(600)
    expect([contexts.get(1)!.active, registration.attached, registration.state]).toEqual([false, true, 'home'])
    bench.pass(700)
    expect([contexts.get(1)!.active, registration.attached, registration.state]).toEqual([false, false, 'home'])
    expect(bench.output()).toBe('')
    bench.pass(800)
    expect(bench.output()).toBe(`${ok}\r\nNO CARRIER\r\n\r\n+CGREG: 0\r\n\r\n+CREG: 0\r\n`)
    expect(bench.at('AT+CFUN?;+CSQ;+CREG?')).toContain('+CFUN: 4\r\n\r\n+CSQ: 99,99\r\n\r\n+CREG: 1,0')
    expect(bench.at('AT#SGACT=1,1')).toBe(error(30))
    expect(bench.at('AT+CGATT=1')).toBe(error(30))
    expect(bench.at('AT+COPS=?')).toBe(error(30))
    bench.network.change({ latency: 'quick' })
    expect(bench.at('AT+CFUN=1')).toBe(`${ok}\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 1\r\n\r\n+CGREG: 1\r\n`)
  })

  it('=1 on another port while =4 still takes leave: the module comes back', () => {
    const bench = new Bench({ instances: 2 })
    bench.network.change({ latency: 'real' })
    bench.type('AT+CFUN=4\r', 0)
    bench.type('AT+CFUN=1\r', 1)
    bench.pass(10_000)
    expect(bench.at('AT+CREG?;+CFUN?')).toContain('+CREG: 0,1\r\n\r\n+CFUN: 1')
  })

  it('=1,1 answers OK, takes leave and restarts (D-36)', () => {
    const bench = new Bench()
    bench.at('AT#SGACT=1,1;+CMEE=2')
    bench.at('AT+CFUN=1,1')
    bench.pass(300)
    expect(bench.at('AT+CMEE?;#SGACT?;+CREG?')).toContain('+CMEE: 0\r\n\r\n#SGACT: 1,0\r\n\r\n+CREG: 0,1')
  })

  it('refuses levels that are not emulated', () => {
    const bench = new Bench()
    for (const level of [0, 2, 5, 7]) expect(bench.at(`AT+CFUN=${level}`)).toBe('\r\nERROR\r\n')
  })
})

describe('+COPS (at-reference 4)', () => {
  it('lists who is in reach with status, after the time of a survey', () => {
    const bench = new Bench()
    bench.at('AT')
    bench.type('AT+COPS=?\r')
    expect(bench.output()).toBe('')
    expect(bench.pass(60).output()).toBe(
      `\r\n+COPS: (2,"Lab network",,"00101"),(3,"Barred network",,"99902"),,(0-4),(0,2)\r\n${ok}`
    )
    bench.network.change({ registration: 'denied' })
    bench.pass(200)
    expect(bench.at('AT+COPS=?')).toContain('(3,"Lab network",,"00101")')
    bench.network.change({ registration: 'none' })
    expect(bench.at('AT+COPS=?')).toContain('+COPS: ,,(0-4),(0,2)')
  })

  it('=1: another network is 30 and changes nothing, a barred one is 32, the own one by name or number is OK', () => {
    const bench = reporting()
    bench.pass(200).output()
    expect(bench.at('AT+COPS=1,0,"Elsewhere"')).toBe(error(30))
    expect(bench.at('AT+CREG?;+COPS?')).toContain('+CREG: 1,1\r\n\r\n+COPS: 0,0,')
    expect(bench.at('AT+COPS=1,2,99902')).toContain(error(32))
    expect(bench.at('AT+CREG?;+COPS?')).toContain('+CREG: 1,3\r\n\r\n+COPS: 1\r\n')
    expect(bench.at('AT+COPS=1,2,"00101"')).toMatch(/^\r\nOK\r\n/)
    expect(bench.at('AT+COPS?')).toContain('+COPS: 1,2,"00101"')
  })

  it('=4: a network that is not there gives way to automatic', () => {
    const bench = reporting()
    expect(bench.at('AT+COPS=4,0,"Elsewhere"')).toMatch(/\r\nOK\r\n/)
    expect(bench.at('AT+COPS?')).toContain('+COPS: 0,0,"Lab network"')
  })

  it('=2 leaves in order; a restart forgets it, the choice by hand is kept (at-reference 2.1)', () => {
    const bench = reporting()
    bench.at('AT+COPS=1,0,"Lab network"')
    bench.at('AT#SGACT=1,1')
    bench.output()
    expect(bench.at('AT+COPS=2')).toBe(`${ok}\r\n+CGREG: 0\r\n\r\n+CREG: 0\r\n`)
    expect(bench.at('AT+COPS?;#SGACT?')).toContain('+COPS: 2\r\n\r\n#SGACT: 1,0')
    bench.module.pressReset()
    bench.pass(300)
    expect(bench.at('AT+CREG?;+COPS?')).toContain('+CREG: 0,1\r\n\r\n+COPS: 1,0,"Lab network"')
  })
})

describe('power and the network (at-reference 4)', () => {
  it('#SHDN: OK, does not hear the port from then on, leaves the network, then is off', () => {
    const bench = new Bench()
    bench.at('AT#SGACT=1,1')
    bench.network.change({ latency: 'real' })
    expect(bench.type('AT#SHDN\r')).toContain('OK')
    bench.pass(1)
    expect(bench.type('AT\r')).toBe('')
    expect(bench.module.powered).toBe(true)
    expect(bench.pass(2200).module.powered).toBe(false)
    expect(
      bench
        .facts('transition')
        .slice(-4)
        .map((one) => `${one.chart} ${one.to}`)
    ).toEqual(['pdp inactive', 'registration idle', 'sim absent', 'power off'])
  })

  it('a pulled plug takes leave of nobody, and what was asked of the network is forgotten', () => {
    const bench = new Bench()
    bench.network.change({ latency: 'real' })
    bench.type('AT#SGACT=1,1\r')
    bench.module.unplug()
    bench.module.pressOn()
    bench.output()
    expect(bench.pass(10_000).output()).toBe('')
    expect(bench.at('AT+CREG?;#SGACT?')).toContain('+CREG: 0,1\r\n\r\n#SGACT: 1,0')
  })
})
