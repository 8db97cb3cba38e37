import { describe, expect, it } from 'vitest'
import { products } from '../../src/shared/products/catalog.ts'
import { passesLuhn } from '../fixtures/luhn.ts'
import { Host } from './host.ts'

// The applicability table and the software versions, as a host sees them.

const ok = '\r\nOK\r\n'
const error = '\r\nERROR\r\n'

describe('products', () => {
  it.each(products)('$name says who it is (G-0-1)', ({ name, software }) => {
    const host = new Host({ product: name })
    expect(host.at('AT+CGMM')).toBe(`\r\n${name}\r\n${ok}`)
    expect(host.at('AT+CGMR')).toBe(`\r\n${software.at(-1)!.name.replace('xx', '00')}\r\n${ok}`)
    expect(host.at('AT+CGMI')).toBe(`\r\nTelit\r\n${ok}`)
    const imei = /^\r\n(\d{15})\r\n\r\nOK\r\n$/.exec(host.at('AT+CGSN'))![1]!
    expect(passesLuhn(imei)).toBe(true)
    expect(host.at('AT#CGSN')).toBe(`\r\n#CGSN: ${imei}\r\n${ok}`)
  })

  it('HE910-G and HE910-DG are names under which the HE910 is sold (G-0-2)', () => {
    for (const product of ['HE910-G', 'HE910-DG', 'he910-dg'])
      expect(new Host({ product }).at('AT+GMM')).toBe(`\r\nHE910\r\n${ok}`)
  })

  it.each(products)(
    '$name below its minimum version has no SSL commands, the rest stays (G-0-3, D-28)',
    ({ name, minimum, software }) => {
      for (const version of software.slice(
        0,
        software.findIndex((one) => one.name === minimum)
      )) {
        // Public slides show SSL on this version, which is outside of the guide's table.
        if (version.name === '10.00.xx5') continue
        const host = new Host({ product: name, software: version.name })
        host.at('AT+CMEE=1')
        for (const command of [
          '#SSLEN=1,1',
          '#SSLEN?',
          '#SSLEN=?',
          '#SSLS=1',
          '#SSLCFG=?',
          '#SSLD=?',
          '#SSLFASTD=?',
          '#SSLSENDEXT=?'
        ]) {
          expect(host.at(`AT${command}`), `${version.name} ${command}`).toBe(error)
        }
        expect(host.at('AT+CGMR')).toContain(version.name.replace('xx', '00'))
        expect(host.at('AT#SGACT=1,1')).toMatch(/^\r\n#SGACT: [\d.]+\r\n\r\nOK\r\n$/)
      }
    }
  )

  it('from its minimum version on each has the #SSL commands (G-0-3, G-0-4)', () => {
    for (const { name, minimum } of products) {
      const host = new Host({ product: name, software: minimum })
      expect(host.at('AT#SSLEN=1,1'), name).toBe(ok)
      // What 12.00 got in later revisions of the guide is in the version of the table: all suites, all authentication
      // modes.
      for (const [suite, mode] of [
        [0, 0],
        [3, 1],
        [1, 2]
      ])
        expect(host.at(`AT#SSLSECCFG=1,${suite},${mode}`), name).toBe(ok)
      if (minimum.startsWith('12')) expect(host.at('AT#SSLSECCFG=1,4,0')).toBe(ok)
    }
  })
})

describe('software versions (D-28)', () => {
  it('are named with or without the customer digits', () => {
    for (const software of ['12.00.xx4', '12.00.004', '12.00.124'])
      expect(new Host({ software }).at('AT+CGMR')).toContain('12.00.004')
  })

  it('10.00.xx5 stores 1535 bytes, the guide 2047 (G-2.2-5)', () => {
    for (const [software, most] of [
      ['10.00.xx5', 1535],
      ['10.00.xx7', 2047],
      ['10.01.xx3', 2047]
    ] as const) {
      const host = new Host({ product: 'GE865-QUAD', software })
      host.at('AT#SSLEN=1,1')
      expect(host.at('AT#SSLSECDATA=?')).toContain(`(1-${most})`)
      expect(host.at(`AT#SSLSECDATA=1,1,1,${most + 1}`)).toBe(error)
      expect(host.at(`AT#SSLSECDATA=1,1,1,${most}`)).toBe('\r\n> ')
    }
  })

  it('the newest of each line takes lines of 400 characters, those before it 80 (D-20)', () => {
    const most = {
      '10': ['10.00.xx3', '10.00.xx5', '10.00.xx7'],
      '12': ['12.00.xx3', '12.00.xx4'],
      '13': ['13.00.xx2', '13.00.xx3'],
      '16': ['16.00.xx1', '16.00.xx3']
    }
    const product = { '10': 'GC864-QUAD', '12': 'HE910', '13': 'GE910-QUAD', '16': 'GL865-QUAD V3' }
    for (const line of ['10', '12', '13', '16'] as const) {
      for (const [software, chars] of [...most[line].map((name) => [name, 80] as const), [undefined, 400] as const]) {
        const host = new Host({ product: product[line], ...(software ? { software } : {}) })
        const fits = `AT+CMEE=1${' '.repeat(chars - 9)}`
        expect(host.at(`${fits} `), `${software} ${chars + 1}`).toBe(error)
        expect(host.at('AT+CMEE?')).toContain('+CMEE: 0')
        expect(host.at(fits), `${software} ${chars}`).toBe(ok)
        expect(host.at('AT+CMEE?')).toContain('+CMEE: 1')
      }
    }
  })
})
