import { describe, expect, it } from 'vitest'
import { Bench, FarEnd } from '../../fixtures/bench.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'

const dial = (mode: 0 | 1): string => `AT#SSLD=1,443,"123.124.125.126",0,${mode}`

function open(mode: 0 | 1): { bench: Bench; far: FarEnd } {
  const bench = new Bench()
  let far: FarEnd | null = null
  bench.farEnd((one) => (far = one)).readyToDial()
  bench.at(dial(mode))
  return { bench, far: far! }
}

describe('a far end that was held back in command mode', () => {
  it('goes on once #SSLO takes what is held: every byte arrives, in order (G-4.2-3)', () => {
    const { bench, far } = open(1)
    const sent = Array.from({ length: 20_000 }, (_, index) => `${index};`).join('')
    for (let at = 0; at < sent.length; at += 4000) far.send(sent.slice(at, at + 4000))
    bench.pass(100)
    const online = bench.type('AT#SSLO=1\r') + bench.pass(1000).output()
    expect(online.slice(online.indexOf('CONNECT\r\n') + 9)).toBe(sent)
  })

  it('is held back still while the port is full', () => {
    const { bench, far } = open(1)
    for (let count = 0; count < 30; count++) far.send('x'.repeat(4000))
    bench.pass(100)
    bench.portRoom = false
    const first = bench.type('AT#SSLO=1\r') + bench.pass(100).output()
    bench.portRoom = true
    bench.module.instances[0]!.portDrained()
    const rest = bench.pass(100).output()
    expect(rest.length).toBeGreaterThan(0)
    expect((first + rest).match(/x+/g)!.join('')).toHaveLength(120_000)
  })
})

describe('NO CARRIER right after a #SSLRECV (D-7)', () => {
  it('keeps its distance when data and closure come together while the command waits', () => {
    const { bench, far } = open(1)
    bench.type('AT#SSLRECV=1,100\r')
    far.send('last words')
    far.close()
    expect(bench.pass(10).output()).toBe('\r\n#SSLRECV: 10\r\nlast words\r\n\r\nOK\r\n')
    expect(bench.pass(39).output()).toBe('')
    expect(bench.pass(20).output()).toBe('\r\nNO CARRIER\r\n')
  })
})

describe('a certificate refused by a busy processor (G-4.1-6)', () => {
  it('is still answered with the alert', () => {
    const { ca, server } = testPki()
    const large = ['localhost', 'padding one', 'padding two'].map((name) =>
      makeCertificate({ name, keyBits: 2048, key: 'server', commentBytes: 1900 })
    )
    const bench = new Bench({ product: 'GC864-QUAD' })
    let far: FarEnd | null = null
    bench.network.listen('123.124.125.126', 443, (tcp) => {
      far = new FarEnd(
        tcp,
        server,
        undefined,
        large.map(({ der }) => der)
      )
    })
    bench.readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    bench.at(`AT#SSLSECDATA=1,1,1,${ca.pem.length}`)
    bench.type(`${ca.pem}\x1a`)
    expect(bench.at(dial(1))).toBe('\r\n+CME ERROR: 839\r\n')
    expect(far!.failure).toContain('ended the handshake with the alert')
  })
})
