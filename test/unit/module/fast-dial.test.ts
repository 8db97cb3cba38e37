import { describe, expect, it } from 'vitest'
import { memorySessionStore, type SessionStore } from '../../../src/main/tls/session-store.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'

/** Returns a bench for #SSLFASTD, on the families that have it (G-4.4-1 to G-4.4-3, D-5, D-24), as in example 4.5.4. */
function bench(sessions: SessionStore | null = memorySessionStore()): { bench: Bench; far: () => FarEnd } {
  const made = new Bench({ product: 'GE865-QUAD' })
  let far: FarEnd | null = null
  made
    .farEnd(
      (one) => {
        far = one
        one.onData((bytes) => one.send(bytes))
      },
      undefined,
      undefined,
      sessions
    )
    .readyToDial()
  return { bench: made, far: () => far! }
}

const dial = (closureType: 0 | 1, mode = 1): string => `AT#SSLD=1,443,"123.124.125.126",${closureType},${mode}`

/** Returns the names of the messages of the last handshake. */
const messages = (one: Bench): string[] => one.module.handshakes.newest!.messages.map((message) => message.name)

const resumed = ['ClientHello', 'ServerHello', 'ChangeCipherSpec', 'Finished', 'ChangeCipherSpec', 'Finished']

describe('#SSLFASTD', () => {
  it('4.5.4: reopens the session without a full handshake, online and in command mode', () => {
    const { bench: one } = bench()
    expect(one.at(dial(1, 0))).toBe('\r\nCONNECT\r\n')
    one.pass(1000).type('+++')
    expect(one.pass(1000).output()).toBe('\r\nOK\r\n')
    expect(one.at('AT#SSLH=1')).toBe('\r\nOK\r\n')
    expect(one.at('AT#SSLFASTD=1,0')).toBe('\r\nCONNECT\r\n')
    expect(messages(one)).toEqual(resumed)
    one.type('x'.repeat(300))
    expect(one.pass(1).output()).toBe('x'.repeat(300))
    one.pass(1000).type('+++')
    one.pass(1000).output()
    expect(one.at('AT#SSLH=1')).toBe('\r\nOK\r\n')
    expect(one.at('AT#SSLFASTD=1,1')).toBe('\r\nOK\r\n')
    expect(messages(one).slice(0, 6)).toEqual(resumed)
    expect(one.at('AT#SSLS=1')).toContain('#SSLS: 1,2,')
    // #SSLH=1,0 ends the session for good (G-4.4-2).
    expect(one.at('AT#SSLH=1,0')).toBe('\r\nOK\r\n')
    expect(one.at('AT#SSLFASTD=1,1')).toBe('\r\n+CME ERROR: 830\r\n')
  })

  it('needs closureType 1 at #SSLD or #SSLH', () => {
    const { bench: one } = bench()
    one.at(dial(0))
    one.at('AT#SSLH=1')
    expect(one.at('AT#SSLFASTD=1')).toBe('\r\n+CME ERROR: 830\r\n')
    one.at(dial(0))
    one.at('AT#SSLH=1,1')
    expect(one.at('AT#SSLFASTD=1')).toBe('\r\nOK\r\n')
    expect(one.at('AT#SSLFASTD=1')).toBe('\r\n+CME ERROR: 834\r\n')
  })

  it('keeps the session when the far end closes', () => {
    const { bench: one, far } = bench()
    one.at(dial(1))
    far().close()
    expect(one.pass(10).output()).toBe('\r\nNO CARRIER\r\n')
    expect(one.at('AT#SSLFASTD=1')).toBe('\r\nOK\r\n')
    expect(messages(one)).toEqual(resumed)
  })

  it('falls back to a full handshake when the server has forgotten it, visibly (D-24)', () => {
    const sessions = memorySessionStore()
    const { bench: one } = bench(sessions)
    one.at(dial(1))
    one.at('AT#SSLH=1')
    one.farEnd(() => {}, undefined, undefined, memorySessionStore())
    expect(one.at('AT#SSLFASTD=1')).toBe('\r\nOK\r\n')
    expect(messages(one)).toContain('Certificate')
  })

  it('forgets it at power-off and at #SSLEN=1,0 (D-24)', () => {
    for (const forget of ['AT#SSLEN=1,0', 'AT#REBOOT']) {
      const { bench: one } = bench()
      one.at(dial(1))
      one.at('AT#SSLH=1')
      one.at(forget)
      one.pass(500)
      one.output()
      one.at('AT+CMEE=1')
      one.at('AT#SGACT=1,1')
      one.at('AT#SSLEN=1,1')
      expect(one.at('AT#SSLFASTD=1'), forget).toBe('\r\n+CME ERROR: 830\r\n')
    }
  })

  it('does not exist on HE910 and UE910 (G-4.4-3)', () => {
    for (const product of ['HE910', 'UE910-EUR'])
      expect(new Bench({ product }).readyToDial().at('AT#SSLFASTD=1,0'), product).toBe('\r\nERROR\r\n')
  })
})
