import { describe, expect, it } from 'vitest'
import { testPki } from '../../fixtures/pki.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

// Entries at the prompt that bring nothing, or stop before their count (D-39).

const error = '\r\nERROR\r\n'
const ok = '\r\nOK\r\n'

describe('Ctrl-Z at once at the certificate prompt', () => {
  it.each([
    [0, error],
    [1, '\r\n+CME ERROR: 837\r\n'],
    [2, '\r\n+CME ERROR: SSL certs and keys wrong or not stored\r\n']
  ])('M-10: with +CMEE=%d it is %j', async (cmee, answer) => {
    const bench = new WhyBench()
    bench.readyToDial()
    bench.at(`AT+CMEE=${cmee}`)
    bench.at('AT#SSLSECDATA=1,1,1,100')
    expect(bench.type('\x1a')).toBe(answer)
    expect(await bench.why()).toMatchObject({ id: 'nothing-entered' })
  })
})

describe('a counted entry without a byte for 60 s', () => {
  const openSocket = (): WhyBench => {
    const bench = new WhyBench()
    bench.echo().readyToDial()
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
    return bench
  }
  const derPrompt = (): WhyBench => {
    const bench = new WhyBench()
    bench.readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1,0')
    return bench
  }

  it.each([
    ['#SSLSENDEXT=1,4', openSocket],
    ['#SSLSECDATA=1,1,1,100', derPrompt],
    ['#SSLSECDATA=1,1,2,100', derPrompt]
  ] as const)('M-10: AT%s ends with ERROR, and Why has a sentence (D-39)', async (command, make) => {
    const bench = make()
    expect(bench.at(`AT${command}`)).toBe('\r\n> ')
    expect(bench.pass(50_000).type('ab')).toBe('')
    // The time counts from the last byte.
    expect(bench.pass(59_999).output()).toBe('')
    expect(bench.pass(1).output()).toBe(error)
    expect(await bench.why()).toMatchObject({
      id: 'entry-timeout',
      title: expect.stringMatching(/^The entry stopped after 2 of (4|100) bytes$/)
    })
    // Commands are accepted again, and the entry is gone.
    expect(bench.at('AT')).toBe(ok)
    expect(bench.at('AT#SSLSECDATA?')).toContain('#SSLSECDATA: 1,0,0,0')
    if (command.startsWith('#SSLSENDEXT')) {
      expect(bench.at('AT#SSLSENDEXT=1,3')).toBe('\r\n> ')
      expect(bench.type('abc') + bench.pass(50).output()).toBe(ok)
      expect(bench.at('AT#SSLRECV=1,100')).toContain('#SSLRECV: 3\r\nabc')
    }
  })

  it('M-10: one that goes on slowly is taken whole, however long it takes (D-39)', () => {
    const bench = derPrompt()
    const { der } = testPki().ca
    const first = der.subarray(0, 10)
    bench.at(`AT#SSLSECDATA=1,1,1,${der.length}`)
    for (const byte of first) {
      bench.type(Uint8Array.of(byte))
      bench.pass(59_000)
    }
    expect(bench.type(Uint8Array.from(der.subarray(10)))).toBe(ok)
    expect(bench.pass(120_000).output()).toBe('')
    expect(bench.at('AT#SSLSECDATA?')).toContain('1,0,1,0')
  })

  it('M-10: a text entry, which Ctrl-Z ends, has no such limit', () => {
    const bench = openSocket()
    bench.at('AT#SSLSEND=1')
    expect(bench.pass(600_000).type('late\x1a')).toBe(ok)
  })

  it('M-10: power-off ends the wait, and nothing is said', () => {
    const bench = derPrompt()
    bench.at('AT#SSLSECDATA=1,1,1,100')
    bench.module.unplug()
    expect(bench.pass(120_000).output()).toBe('')
  })
})
