import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NetworkChange } from '../../../src/shared/hardware/network-conditions.ts'
import { Bench } from '../../fixtures/bench.ts'

type Act = (bench: Bench) => void

const typed =
  (line: string, instance = 0): Act =>
  (bench) =>
    void bench.type(`${line}\r`, instance)
const changed =
  (change: NetworkChange): Act =>
  (bench) =>
    bench.network.change(change)
const sim =
  (inserted: boolean): Act =>
  (bench) => {
    const reader = bench.module.parts.sim
    reader.card.inserted = inserted
    reader.holderChanged(null)
  }

/** Everything that hosts and networks can do to registration and contexts. */
const acts: Readonly<Record<string, Act>> = {
  ...Object.fromEntries(
    [
      '#SGACT=1,1',
      '#SGACT=1,0',
      '#GPRS=1',
      '+CGATT=0',
      '+CGATT=1',
      '+CFUN=4',
      '+CFUN=1',
      '+COPS=0',
      '+COPS=2',
      '+COPS=?'
    ].flatMap((line) => [
      [line, typed(`AT${line}`)],
      [`${line} on the second port`, typed(`AT${line}`, 1)]
    ])
  ),
  'barred by hand': typed('AT+COPS=1,0,"Barred network"'),
  'home by hand': typed('AT+COPS=1,0,"Lab network"'),
  '#REBOOT': typed('AT#REBOOT'),
  plug: (bench) => {
    bench.module.unplug()
    bench.module.pressOn()
  },
  RESET: (bench) => bench.module.pressReset(),
  home: changed({ registration: 'home' }),
  roaming: changed({ registration: 'roaming' }),
  denied: changed({ registration: 'denied' }),
  'no coverage': (bench) => bench.network.loseCoverage(),
  coverage: (bench) => bench.network.restoreCoverage(),
  'packet service refused': changed({ packetService: 'refused' }),
  'packet service allowed': changed({ packetService: 'allowed' }),
  detached: (bench) => bench.network.detachModule(),
  dropped: (bench) => bench.network.dropContext(1),
  'SIM out': sim(false),
  'SIM in': sim(true),
  'a moment': (bench) => void bench.pass(7),
  'a while': (bench) => void bench.pass(45),
  'long enough': (bench) => void bench.pass(400)
}

describe('network and host in any order (D-29, at-reference 3 to 5)', () => {
  it('leave a module whose ports answer, and that registers and gets an address once it may', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 25 }), (names) => {
        const bench = new Bench({ instances: 2 })
        for (const name of names) acts[name]!(bench)
        bench.network.change({ registration: 'home', packetService: 'allowed' })
        acts['SIM in']!(bench)
        // Longer than any command waits.
        bench.pass(400_000)
        for (const instance of [0, 1]) {
          bench.type('ATE0\r', instance)
          expect(bench.type('AT\r', instance), `port ${instance}`).toBe('\r\nOK\r\n')
        }
        for (const line of ['AT+CFUN=1', 'AT+COPS=0', 'AT+CGATT=1', 'AT#SGACT=1,0'])
          expect(bench.at(line), line).toMatch(/^\r\nOK\r\n/)
        expect(bench.at('AT#SGACT=1,1')).toBe('\r\n#SGACT: 10.64.18.7\r\n\r\nOK\r\n')
        expect(bench.at('AT+CREG?;+CGREG?;+CGATT?')).toContain('+CREG: 0,1\r\n\r\n+CGREG: 0,1\r\n\r\n+CGATT: 1')
      }),
      { numRuns: 300, seed: 4 }
    )
  })
})
