import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../src/main/state/memory-nvm-store.ts'
import { testPki } from '../fixtures/pki.ts'
import { guideAddress, listen } from './far-ends.ts'
import { Host } from './host.ts'

// Power, and what survives power-off: by command, by key, by the supply.

const ok = '\r\nOK\r\n'
const dial = (mode: 0 | 1): string => `AT#SSLD=1,443,"${guideAddress}",0,${mode}`

const ways: readonly (readonly [name: string, off: (host: Host) => string])[] = [
  ['#SHDN', (host) => host.at('AT#SHDN')],
  [
    'the ON key',
    (host) => {
      host.bench.module.pressOn()
      return ''
    }
  ],
  [
    'the pulled plug',
    (host) => {
      host.bench.module.unplug()
      return ''
    }
  ]
]

describe.each(['GE865-QUAD', 'HE910'])('power-off on %s', (product) => {
  it.each(ways)(
    'by %s: silence, then a module that has its data and settings and no connection (D-25, D-36, G-3.3-2)',
    (name, off) => {
      const store = new MemoryNvmStore()
      const host = new Host({ product, store }).ready()
      const connections = listen(host.bench)
      host.lines('AT+CGDCONT=1,"IP","kept"', 'AT#SSLSECCFG=1,2,1', 'AT#SSLCFG=1,1,500,60,200,10')
      host.store(1, testPki().ca.pem)
      expect(host.at(dial(1))).toBe(ok)
      expect(off(host)).toBe(name === '#SHDN' ? ok : '')
      // A module deregisters before it shuts down.
      host.wait(20_000)
      expect(host.type('AT\r') + host.wait(1000)).toBe('')
      host.bench.module.pressOn()
      expect(host.wait(1000)).toBe('')
      expect(host.type('AT\r')).toBe(`AT\r${ok}`)
      host.type('ATE0\r')
      expect(host.at('AT+CMEE?')).toContain('+CMEE: 0')
      expect(host.at('AT#SGACT?')).toContain('#SGACT: 1,0')
      expect(host.at('AT+CGDCONT?')).toContain('"kept"')
      expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,0')
      host.ready()
      expect(host.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,2,1\r\n')
      expect(host.at('AT#SSLCFG?')).toContain('#SSLCFG: 1,1,500,60,200,10,')
      expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
      expect(host.at(dial(1))).toBe(ok)
      expect(connections).toHaveLength(2)
    }
  )

  it.each(ways.slice(1))(
    'by %s while online: nothing is said, and the port is as after power-up (D-36)',
    (_name, off) => {
      const host = new Host({ product }).ready()
      listen(host.bench)
      host.at(dial(0))
      host.type('in the packet')
      off(host)
      expect(host.wait(20_000)).toBe('')
      host.bench.module.pressOn()
      expect(host.wait(1000)).toBe('')
      expect(host.type('AT\r')).toBe(`AT\r${ok}`)
    }
  )
})
