import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { products } from '../../../src/shared/products/catalog.ts'
import { Bench } from '../../fixtures/bench.ts'

// The access technology of line 12 (D-40): shown by +CREG, +CGREG and +COPS, and chosen by +COPS.

const ok = '\r\nOK\r\n'
const utran = '"00C8","0015A2B1",2'
const gsm = '"00C8","A2B1",0'

describe.each(products.map(({ name, family }) => ({ name, umts: family === 'HE910' || family === 'UE910' })))(
  '$name',
  ({ name, umts }) => {
    it(`M-7: ${umts ? 'tells' : 'does not tell'} the access technology (D-40)`, () => {
      const bench = new Bench({ product: name })
      const place = umts ? utran : '"00C8","A2B1"'
      expect(bench.at('AT+CREG=2;+CGREG=2;+CREG?;+CGREG?')).toBe(
        `\r\n+CREG: 2,1,${place}\r\n\r\n+CGREG: 2,1,${place}\r\n${ok}`
      )
      expect(bench.at('AT+COPS?')).toBe(`\r\n+COPS: 0,0,"Lab network"${umts ? ',2' : ''}\r\n${ok}`)
      bench.at('AT+COPS=2')
      const urcs = bench.at('AT+COPS=0')
      expect(urcs).toContain(`\r\n+CREG: 1,${place}\r\n`)
      expect(urcs).toContain(`\r\n+CGREG: 1,${place}\r\n`)
      if (!umts) expect(bench.at('AT+COPS=1,2,"00101",2')).toBe('\r\nERROR\r\n')
    })
  }
)

describe('+COPS=1,2,<plmn>,<AcT> on line 12', () => {
  it('M-7: registers anew in GSM, tells 0 and the shorter cell, and goes back (D-40)', () => {
    const bench = new Bench()
    bench.at('AT+CREG=2')
    const chosen = bench.at('AT+COPS=1,2,"00101",0') + bench.pass(500).output()
    expect(chosen).toContain(`\r\n+CREG: 1,${gsm}\r\n`)
    expect(chosen).toContain(ok)
    expect(bench.at('AT+COPS?;+CREG?')).toBe(`\r\n+COPS: 1,2,"00101",0\r\n\r\n+CREG: 2,1,${gsm}\r\n${ok}`)
    const back = bench.at('AT+COPS=1,2,"00101",2') + bench.pass(500).output()
    expect(back).toContain(`\r\n+CREG: 1,${utran}\r\n`)
    bench.at('AT+COPS=1,2,"00101",0')
    bench.pass(500)
    bench.at('AT+COPS=0')
    bench.pass(500)
    bench.output()
    expect(bench.at('AT+COPS?')).toContain('+COPS: 0,2,"00101",2')
  })

  it('M-7: takes 0 and 2 only, and keeps the choice over power-off', () => {
    const store = new MemoryNvmStore()
    const bench = new Bench({ store })
    for (const act of [1, 3, 7]) expect(bench.at(`AT+COPS=1,2,"00101",${act}`)).toBe('\r\nERROR\r\n')
    bench.at('AT+COPS=1,2,"00101",0')
    bench.pass(500)
    expect(new Bench({ store }).at('AT+COPS?')).toBe(`\r\n+COPS: 1,0,"Lab network",0\r\n${ok}`)
  })

  it('M-7: an older NVM image, which knows no technology, is UTRAN', () => {
    const store = new MemoryNvmStore()
    new Bench({ store }).at('AT+CGDCONT=1,"IP","x"')
    const image = JSON.parse(store.image!) as { operatorChoice: object }
    image.operatorChoice = { mode: 0, operator: null }
    expect(new Bench({ store: new MemoryNvmStore(JSON.stringify(image)) }).at('AT+COPS?')).toContain('"Lab network",2')
  })
})
