import { describe, expect, it } from 'vitest'
import { products, profileOf } from '../../../src/shared/products/catalog.ts'
import { lateAdditions } from '../../../src/shared/products/late-additions.ts'
import { softwareLines, versionOrder } from '../../../src/shared/products/software.ts'
import { Bench } from '../../fixtures/bench.ts'

// What each software version of each line has, by trying it (D-28).

const error = '\r\nERROR\r\n'
const choices = products.flatMap((product) =>
  product.software.map((version) => ({ product: product.name, software: version.name }))
)
const lineOf = (software: string): number => versionOrder(software)!.line
const isNewest = (software: string): boolean => softwareLines.some(({ versions }) => versions.at(-1)!.name === software)

describe('the table of late additions', () => {
  it('M-9: names versions that there are, and each line in every row', () => {
    for (const { name, from } of lateAdditions) {
      for (const { number, versions } of softwareLines) {
        const first = from[number]
        if (first !== null)
          expect(
            versions.map((one) => one.name),
            `${name} on ${number}`
          ).toContain(first)
      }
    }
  })

  it('M-9: what a line has once, its later versions have as well, on every product', () => {
    for (const { name, from, has, lacks } of lateAdditions) {
      for (const { product, software } of choices) {
        const { number, versions } = softwareLines.find((one) => one.number === lineOf(software))!
        const names = versions.map((one) => one.name)
        const first = from[number]
        const expected = first !== null && names.indexOf(first) <= names.indexOf(software) ? has : lacks
        expect(profileOf(product, software), `${name}: ${product} ${software}`).toMatchObject(expected)
      }
    }
  })
})

describe.each(choices)('$product with $software', ({ product, software }) => {
  const bench = new Bench({ product, software })
  const { hasSsl } = profileOf(product, software)

  it('M-9: has #CPUMODE on lines 10 and 16, with SSL or without (D-33)', () => {
    const there = lineOf(software) === 10 || lineOf(software) === 16
    expect(bench.at('AT#CPUMODE=?')).toBe(there ? '\r\n#CPUMODE: (0-4)\r\n\r\nOK\r\n' : error)
  })

  it('M-9: has the newest of its line on the newest version only (D-2, D-9, D-20)', () => {
    const newest = isNewest(software)
    expect(bench.at('AT#SSLSENDEXT=?') === error).toBe(!(newest && hasSsl))
    expect(bench.at(`AT+CMEE=1${' '.repeat(100)}`)).toBe(newest ? '\r\nOK\r\n' : error)
    if (hasSsl) expect(bench.at('AT#SSLCFG=?')).toContain(newest ? ',(0-2),(0,1)' : ',(0),(0)')
  })

  it('M-9: takes and keeps a fourth value of #FTPCFG on the newest version, and refuses it on others', () => {
    const there = hasSsl && isNewest(software)
    expect(bench.at('AT#FTPCFG=200,1,0,1')).toBe(there ? '\r\nOK\r\n' : error)
    const values = there ? '200,1,0,1' : hasSsl ? '100,0,0' : '100,0'
    expect(bench.at('AT#FTPCFG?')).toBe(`\r\n#FTPCFG: ${values}\r\n\r\nOK\r\n`)
  })

  it('M-5: #SSLRECV takes 1500 bytes at once, 1000 on line 12; beyond that 4 (D-6)', () => {
    if (!hasSsl) return
    const most = lineOf(software) === 12 ? 1000 : 1500
    expect(profileOf(product, software).receiveLimit).toMatchObject({ value: most, confidence: 'seen' })
    bench.at('AT+CMEE=1;#SSLEN=1,1')
    expect(bench.at('AT#SSLRECV=?')).toContain(`(1-${most})`)
    expect(bench.at(`AT#SSLRECV=1,${most}`)).toBe('\r\n+CME ERROR: 833\r\n')
    expect(bench.at(`AT#SSLRECV=1,${most + 1}`)).toBe('\r\n+CME ERROR: 4\r\n')
  })
})

describe('SSLSRING', () => {
  it('M-5: announces as much as one #SSLRECV takes (D-2, D-6)', () => {
    for (const [product, most] of [
      ['GL868-DUAL', 1500],
      ['HE910', 1000]
    ] as const) {
      const bench = new Bench({ product })
      bench.farEnd((far) => far.onOpen(() => far.send('x'.repeat(2000)))).readyToDial()
      bench.at('AT#SSLCFG=1,1,300,90,100,50,1')
      bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
      expect(bench.pass(200).output(), product).toBe('')
      const told = bench.at(`AT#SSLRECV=1,${most}`)
      expect(told, product).toContain(`#SSLRECV: ${most}\r\n`)
      expect(told, product).toContain(`\r\nSSLSRING: 1,${2000 - most}\r\n`)
    }
  })
})
