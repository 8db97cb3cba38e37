import { describe, expect, it } from 'vitest'
import { memorySessionStore } from '../../src/main/tls/session-store.ts'
import { makeCertificate, testPki } from '../fixtures/pki.ts'
import { guideAddress, listen, type FarEndOptions } from './far-ends.ts'
import { Host } from './host.ts'

// Chapters 4.1 and 4.4: the kept TLS session, and the slow processor.

const ok = '\r\nOK\r\n'
const connect = '\r\nCONNECT\r\n'
const refused = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const dial = (closureType: 0 | 1, mode: 0 | 1 = 1): string => `AT#SSLD=1,443,"${guideAddress}",${closureType},${mode}`
const gsmProducts = ['GC864-QUAD', 'GE865-QUAD', 'GT864-PY', 'GE910-QUAD', 'GL868-DUAL V3']

function start(product: string, far: FarEndOptions = {}) {
  const host = new Host({ product }).ready()
  const connections = listen(host.bench, { sessions: memorySessionStore(), ...far })
  /** Whether each handshake so far was a full one. */
  const full = (): boolean[] => connections.map((one) => one.messages.includes('Certificate'))
  return { host, connections, full }
}

describe.each(gsmProducts)('#SSLFASTD on %s (chapter 4.4)', (product) => {
  it('takes the session up again without a full handshake, in either mode (G-4.4-1)', () => {
    const { host, full } = start(product)
    expect(host.at(dial(1))).toBe(ok)
    expect(host.at('AT#SSLH=1')).toBe(ok)
    expect(host.at('AT#SSLFASTD=1,1')).toBe(ok)
    expect(host.at('AT#SSLS=1')).toMatch(/#SSLS: 1,2,[123]/)
    expect(host.at('AT#SSLH=1')).toBe(ok)
    expect(host.at('AT#SSLFASTD=1,0,100')).toBe(connect)
    expect(full()).toEqual([true, false, false])
  })

  it('needs closureType 1 at #SSLD or at #SSLH, and 0 at #SSLH ends it (G-4.4-2, D-5, D-24)', () => {
    const { host, full } = start(product)
    expect(host.at('AT#SSLFASTD=1,1'), 'nothing dialled').toBe(refused(830))
    host.lines(dial(0), 'AT#SSLH=1')
    expect(host.at('AT#SSLFASTD=1,1'), '0, then nothing said').toBe(refused(830))
    host.lines(dial(0), 'AT#SSLH=1,1')
    expect(host.at('AT#SSLFASTD=1,1'), '1 at #SSLH').toBe(ok)
    // After a fast dial, closure type 1 applies.
    host.at('AT#SSLH=1')
    expect(host.at('AT#SSLFASTD=1,1'), 'nothing said after a fast dial').toBe(ok)
    host.at('AT#SSLH=1,0')
    expect(host.at('AT#SSLFASTD=1,1'), '0 at #SSLH').toBe(refused(830))
    expect(full()).toEqual([true, true, false, false])
  })

  it('loses the session with power and with #SSLEN=1,0 (D-24, D-25)', () => {
    const { host } = start(product)
    host.lines(dial(1), 'AT#SSLH=1', 'AT#SSLEN=1,0', 'AT#SSLEN=1,1')
    expect(host.at('AT#SSLFASTD=1,1')).toBe(refused(830))
    host.lines(dial(1), 'AT#SSLH=1')
    host.bench.module.pressReset()
    host.wait(1000)
    host.type('ATE0\r')
    host.ready()
    expect(host.at('AT#SSLFASTD=1,1')).toBe(refused(830))
  })

  it('makes a full handshake where the server does not know the session any more (D-24)', () => {
    const { host } = start(product)
    host.lines(dial(1), 'AT#SSLH=1')
    const later = listen(host.bench, { sessions: memorySessionStore() })
    expect(host.at('AT#SSLFASTD=1,1')).toBe(ok)
    expect(later[0]!.messages).toContain('Certificate')
  })
})

describe('products without #SSLFASTD', () => {
  it.each(['HE910', 'HE910-NAD', 'UE910-EUR'])('%s keeps no session (G-4.4-3, G-4.1-2, G-4.3-1)', (product) => {
    const { host } = start(product)
    expect(host.at('AT#SSLFASTD=1,0')).toBe('\r\nERROR\r\n')
    expect(host.at(dial(1))).toBe('\r\nERROR\r\n')
    expect(host.at(dial(0))).toBe(ok)
    expect(host.at('AT#SSLH=1,1')).toBe('\r\nERROR\r\n')
    expect(host.at('AT#SSLH=1,0')).toBe(ok)
  })
})

describe('large certificates (chapter 4.1)', () => {
  const { ca } = testPki()
  const large = (name: string) =>
    makeCertificate({ name, issuer: ca, keyBits: 2048, key: 'server', commentBytes: 1900 })
  const chain = ['localhost', 'padding one', 'padding two'].map(large)

  it.each([['GC864-QUAD'], ['GT863-PY'], ['GL865-DUAL V3']])(
    '%s needs a faster clock for them: #CPUMODE 2 or 4 (G-4.1-6, D-33)',
    (product) => {
      for (const [mode, answer] of [
        [0, refused(839)],
        [2, ok],
        [4, ok]
      ] as const) {
        const { host } = start(product, { chain })
        expect(host.at(`AT#CPUMODE=${mode}`)).toBe(ok)
        expect(host.at('AT#CPUMODE?')).toBe(`\r\n#CPUMODE: ${mode}\r\n${ok}`)
        expect(host.at(dial(0), 60_000), `mode ${mode}`).toBe(answer)
      }
      // A longer timeout works too, and small certificates need neither.
      const { host } = start(product, { chain })
      expect(host.at(`${dial(0)},600`, 60_000)).toBe(ok)
      expect(start(product).host.at(dial(0))).toBe(ok)
    }
  )

  it.each([['HE910'], ['UE910-NAR'], ['GE910-QUAD'], ['GE910-GNSS']])(
    '%s manages them, and has no #CPUMODE (G-4.1-6, D-33)',
    (product) => {
      const { host } = start(product, { chain })
      for (const form of ['=0', '=2', '?', '=?']) expect(host.at(`AT#CPUMODE${form}`)).toBe('\r\nERROR\r\n')
      expect(host.at(dial(0))).toBe(ok)
    }
  )

  const longKey = [makeCertificate({ name: 'localhost', issuer: ca, keyBits: 4096, key: 'server 4096' })]
  const verify = (host: Host): void => {
    host.at('AT#SSLSECCFG=1,0,1')
    host.store(1, ca.pem)
  }

  it.each([['GE865-QUAD'], ['GC864-QUAD'], ['GL865-QUAD V3']])(
    'M-8: %s is too slow for a key of 4096 bits without #CPUMODE, verifying or not (G-4.1-6)',
    (product) => {
      expect(longKey[0]!.der.length).toBeLessThan(2047)
      for (const verifies of [false, true]) {
        const answers = [0, 1, 2, 3, 4].map((mode) => {
          const { host } = start(product, { chain: longKey })
          if (verifies) verify(host)
          host.at(`AT#CPUMODE=${mode}`)
          return host.at(dial(0), 60_000)
        })
        expect(answers, `${verifies}`).toEqual([refused(839), ok, ok, ok, ok])
      }
      const { host } = start(product, { chain: longKey })
      expect(host.at(`${dial(0)},200`, 60_000)).toBe(ok)
    }
  )

  it('M-8: an authority of 4096 bits too takes four times the clock', () => {
    const authority = makeCertificate({ name: 'Root 4096', ca: true, keyBits: 4096 })
    const chain = [makeCertificate({ name: 'localhost', issuer: authority, keyBits: 4096, key: 'server 4096' })]
    const answers = [0, 2, 4].map((mode) => {
      const { host } = start('GE865-QUAD', { chain })
      host.at('AT#SSLSECCFG=1,0,1')
      host.store(1, authority.pem)
      host.at(`AT#CPUMODE=${mode}`)
      return host.at(dial(0), 60_000)
    })
    expect(answers).toEqual([refused(839), refused(839), ok])
  })

  it.each([['HE910'], ['UE910-NAR'], ['GE910-QUAD'], ['GE910-GNSS']])(
    'M-8: %s manages a key of 4096 bits (G-4.1-6)',
    (product) => {
      expect(start(product, { chain: longKey }).host.at(dial(0))).toBe(ok)
    }
  )

  it('#CPUMODE takes 0 to 4 (D-33)', () => {
    const host = new Host({ product: 'GE865-QUAD' })
    expect(host.at('AT#CPUMODE=?')).toBe(`\r\n#CPUMODE: (0-4)\r\n${ok}`)
    expect(host.at('AT#CPUMODE=5')).toBe('\r\nERROR\r\n')
    expect(host.at('AT#CPUMODE=3')).toBe(ok)
  })
})

describe('large records (chapter 4)', () => {
  it.each([
    ['GC864-QUAD', 15_800],
    ['GL865-QUAD V3', 15_800],
    ['GE910-QUAD', 16_384],
    ['GE910-GNSS', 16_384],
    ['GE910-QUAD V3', 16_384],
    ['HE910', 16_384]
  ])('%s receives up to %d bytes in one (G-4.0-1, D-27)', (product, most) => {
    const { host, connections } = start(product, { data: () => {} })
    host.at(dial(0))
    connections[0]!.send('x'.repeat(most))
    let received = 0
    while (received < most) {
      const length = Number(/#SSLRECV: (\d+)/.exec(host.at('AT#SSLRECV=1,1000'))![1])
      expect(length).toBeGreaterThan(0)
      received += length
    }
    expect(received).toBe(most)
    if (most === 16_384) return
    connections[0]!.send('x'.repeat(most + 1))
    host.wait(10)
    expect(host.at('AT#SSLRECV=1,1000')).toBe(refused(838))
    expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,1')
  })
})
