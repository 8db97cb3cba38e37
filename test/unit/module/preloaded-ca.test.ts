import { describe, expect, it } from 'vitest'
import { SlotChanges } from '../../../src/main/module/by-hand/nvm-change.ts'
import { moduleSnapshot } from '../../../src/main/simulator/snapshot.ts'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { Bench } from '../../fixtures/bench.ts'
import { testPki } from '../../fixtures/pki.ts'

// A CA certificate that HE910 and UE910 modules ship with (G-3.3-8, D-41).

const ok = '\r\nOK\r\n'
const pem = testPki().ca.pem
const preloadedCa = Uint8Array.from(Buffer.from(pem))
const flags = (values: string): string => `\r\n#SSLSECDATA: 1,${values}\r\n${ok}`
const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'

function made(store = new MemoryNvmStore(), product = 'HE910'): Bench {
  const bench = new Bench({ preloadedCa, store, product }).echo().readyToDial()
  bench.at('AT#SSLSECCFG=1,0,1')
  return bench
}

describe.each(['HE910', 'UE910-EUR'])('a CA certificate that came with %s', (product) => {
  it('M-6: shows as stored, reads, and serves a dial (G-3.3-8, D-41)', () => {
    const bench = made(new MemoryNvmStore(), product)
    expect(bench.at('AT#SSLSECDATA?')).toBe(flags('0,1,0'))
    expect(bench.at('AT#SSLSECDATA=1,2,1')).toBe(`\r\n#SSLSECDATA: 1,1\r\n${pem}${ok}`)
    expect(bench.at(dial)).toBe(ok)
    expect(moduleSnapshot(bench.module).slots[1]).toMatchObject({ storedBytes: pem.length, preload: { held: true } })
  })

  it('M-6: can be deleted, and stays away over power-off (D-41)', () => {
    const store = new MemoryNvmStore()
    const bench = made(store, product)
    expect(bench.at('AT#SSLSECDATA=1,0,1')).toBe(ok)
    for (const one of [bench, made(store, product)]) {
      expect(one.at('AT#SSLSECDATA?')).toBe(flags('0,0,0'))
      expect(one.at('AT#SSLSECDATA=1,2,1')).toContain('No data stored')
      expect(one.at(dial)).toBe('\r\n+CME ERROR: 837\r\n')
    }
    // Factory data is independent of NVM.
    expect(made(new MemoryNvmStore(), product).at('AT#SSLSECDATA?')).toBe(flags('0,1,0'))
  })

  it('M-6: does not come back when the one written over it is deleted (D-41)', () => {
    const bench = made(new MemoryNvmStore(), product)
    const other = testPki().server.pem
    bench.at(`AT#SSLSECDATA=1,1,1,${other.length}`)
    bench.type(`${other}\x1a`)
    bench.pass(50).output()
    expect(bench.at('AT#SSLSECDATA=1,2,1')).toContain(other)
    bench.at('AT#SSLSECDATA=1,0,1')
    expect(bench.at('AT#SSLSECDATA?')).toBe(flags('0,0,0'))
  })

  it('M-6: set by hand it is factory data again, and taken away by hand it is none (D-41)', () => {
    const bench = made(new MemoryNvmStore(), product)
    const changes = new SlotChanges(bench.timeline)
    bench.at('AT#SSLSECDATA=1,0,1')
    const kept: (number | null)[] = []
    changes.preload(bench.module, preloadedCa, (bytes) => kept.push(bytes && bytes.length))
    expect(bench.at('AT#SSLSECDATA?')).toBe(flags('0,1,0'))
    changes.preload(bench.module, null, (bytes) => kept.push(bytes && bytes.length))
    expect(bench.at('AT#SSLSECDATA?')).toBe(flags('0,0,0'))
    expect(kept).toEqual([preloadedCa.length, null])
  })
})

describe('products that come with none', () => {
  it.each(['GE865-QUAD', 'GE910-QUAD', 'GL865-DUAL V3'])(
    'M-6: %s has an empty slot, and cannot be given one',
    (product) => {
      const bench = made(new MemoryNvmStore(), product)
      expect(bench.at('AT#SSLSECDATA?')).toBe(flags('0,0,0'))
      expect(() => new SlotChanges(bench.timeline).preload(bench.module, preloadedCa, () => {})).toThrow(
        `${product} cannot have a preloaded CA certificate`
      )
    }
  )
})
