import { describe, expect, it } from 'vitest'
import { createMisbehavingServer } from '../../../src/main/tls/misbehaviour.ts'
import type { TlsFault } from '../../../src/shared/tls/misbehaviour.ts'
import { AES128_SHA, AES256_SHA, RC4_MD5 } from '../../../src/shared/tls/suites.ts'
import { seededRandom } from '../../fixtures/bench.ts'
import { attribute, der, sequence } from '../../fixtures/der-certificate.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// Handshakes and records that fail for other reasons than certificates.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

function ready(product = 'HE910'): WhyBench {
  const bench = new WhyBench({ product })
  bench.readyToDial()
  return bench
}

/** Starts a server that breaks one rule at the first dial, and none from the second on. */
function misbehaving(bench: WhyBench, fault: TlsFault): void {
  const { server } = testPki()
  bench.network.listen(guideAddress, 443, (tcp) => {
    const endpoint = createMisbehavingServer(
      {
        suites: [AES128_SHA, RC4_MD5, AES256_SHA],
        random: seededRandom(5),
        clockMs: () => Date.UTC(2026, 10, 23),
        identity: { chainDer: [server.der], privateKey: server.privateKey },
        clientCertificates: { ask: 'never' },
        sessions: null
      },
      fault,
      {
        output: (bytes) => tcp.write(bytes),
        opened: () => {},
        data: () => {},
        closedByPeer: () => {},
        failed: () => {},
        trace: () => {},
        hangUp: () => tcp.end()
      }
    )
    endpoint.start()
    tcp.onData((bytes) => endpoint.receive(bytes))
    tcp.onEnd(() => endpoint.transportEnded())
    listen(bench)
  })
}

describe('suites (G-2.2-4)', () => {
  it('none in common: what was offered, what the server said, and suite 0 mends it', async () => {
    const bench = ready()
    listen(bench, { suites: [AES128_SHA] })
    bench.at('AT#SSLSECCFG=1,1,0')
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('no-common-suite')
    expect(told.picture).toEqual({ kind: 'suites', offered: ['RC4-MD5'], server: null })
    const words = wordsOf(told)
    expect(words).toContain('The module proposed RC4-MD5.')
    expect(words).toContain('handshake_failure')
    expect(words).toContain(`${guideAddress}:443`)
    expect(told.rule?.id).toBe('G-2.2-4')
    expect(told.remedies[0]).toMatchObject({ commands: ['AT#SSLSECCFG=1,0,0'] })
    bench.mend(told.remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a server with a suite of the other family only: all three are named, and the far end has to change', async () => {
    const bench = ready()
    listen(bench, { suites: [AES256_SHA] })
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.picture).toMatchObject({ offered: ['AES128-SHA', 'RC4-SHA', 'RC4-MD5'] })
    const ways = told.remedies.map(({ act, warning, commands }) => act ?? `${warning?.slice(0, 10)} ${commands.join()}`)
    expect(ways).toEqual(['mend-far-end', 'Bench only AT#SSLSECCFG=1,4,0'])
  })

  it('a suite that was not proposed: which was taken', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'server-hello', suiteId: 0xc02f })
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('suite-not-proposed')
    expect(told.picture).toMatchObject({ kind: 'suites', server: [expect.stringMatching(/C02F|ECDHE/i)] })
  })
})

describe('versions (G-2.2-1)', () => {
  it('refused by a server that starts at TLS 1.2: both versions, and where it was said', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'alert', at: 'ServerHello', isFatal: true, alert: 'protocol_version' })
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('version-refused')
    expect(told.title).toBe('The server does not accept TLS 1.0')
    expect(wordsOf(told)).toContain('protocol_version')
    expect(wordsOf(told)).toContain('TLS 1.2')
    expect(told.rule?.id).toBe('G-2.2-1')
    const shown = bench.timeline.at(told.happened[1]!.seq!)!.what
    expect(shown).toMatchObject({ kind: 'tls', trace: { name: 'Alert', direction: 'in' } })
  })

  it('answered in TLS 1.1: that one is named', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'server-hello', version: 0x0302 })
    bench.at(dial)
    expect(wordsOf(await bench.why())).toContain('answered in TLS 1.1')
  })
})

describe('other ends of a handshake', () => {
  it('nothing came within the time of the dial: the limit, and a longer one', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'silence', at: 'ServerHello' })
    bench.at(`${dial},20`)
    expect(bench.pass(2500).output()).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('handshake-silent')
    expect(told.title).toBe('No data was received for 2 s in the handshake')
    expect(told.picture).toEqual({ kind: 'timer', name: 'handshake', limitMs: 2000, elapsedMs: 2000 })
    expect(told.parts[0]).toBe('timer:handshake')
    const expired = told.chain.map((seq) => bench.timeline.at(seq)!.what).find(({ kind }) => kind === 'timer')
    expect(expired).toMatchObject({ name: 'handshake', what: 'expired', durationMs: 2000 })
    expect(told.remedies[0]!.commands).toEqual([`AT#SSLD=1,443,"${guideAddress}",0,1,60`])
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })

  it('the same by defTo: #SSLCFG is what is changed', async () => {
    const bench = ready()
    bench.at('AT#SSLCFG=1,1,300,90,10,50')
    misbehaving(bench, { kind: 'silence', at: 'ServerHello' })
    bench.at(dial)
    bench.pass(1500).output()
    const { remedies } = await bench.why()
    expect(remedies[0]!.commands).toEqual(['AT#SSLCFG=1,1,300,90,30,50'])
    bench.mend(remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a GSM module that was slow with the certificates: #CPUMODE comes first (G-4.1-6)', async () => {
    const bench = ready('GE865-QUAD')
    misbehaving(bench, { kind: 'silence', at: 'ServerHelloDone' })
    bench.at(`${dial},10`)
    bench.pass(15_000).output()
    expect((await bench.why()).remedies[0]!.commands).toEqual(['AT#CPUMODE=2'])
  })

  it('M-8: a processor that a key of 4096 bits keeps busy: not the far end is silent, and #CPUMODE mends it', async () => {
    const bench = ready('GE865-QUAD')
    listen(bench, {
      chain: [makeCertificate({ name: 'long.test', issuer: testPki().ca, keyBits: 4096, key: 'server 4096' })]
    })
    bench.at(dial)
    bench.pass(10_500).output()
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'processor-busy',
      title: 'The processor was too slow for the certificates',
      rule: { id: 'G-4.1-6' }
    })
    expect(bench.facts('note').map(({ sentence }) => sentence)).toContain(
      'The processor works on the certificates of 123.124.125.126:443 for 12 s.'
    )
    expect(told.remedies[0]!.commands).toEqual(['AT#CPUMODE=2'])
    bench.mend(told.remedies[0]!)
    bench.at(dial)
    expect(bench.snapshot().charts.find(({ id }) => id === 'ssl')!.state).toBe('handshake')
    bench.pass(6_500).output()
    expect(bench.snapshot().charts.find(({ id }) => id === 'ssl')!.state).toMatch(/^open/)
  })

  it('TCP ended without a word: what the module was waiting for', async () => {
    const bench = ready()
    bench.network.listen(guideAddress, 443, (tcp) =>
      tcp.onData(() => {
        tcp.end()
        listen(bench)
      })
    )
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('far-end-left')
    expect(wordsOf(told)).toContain('was waiting for ServerHello')
    expect(bench.mend(told.remedies.at(-1)!)).toBe(ok)
  })

  it('TCP reset: a reset is called one', async () => {
    const bench = ready()
    bench.network.listen(guideAddress, 443, (tcp) => tcp.onData(() => tcp.reset()))
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'far-end-left',
      values: [{ expected: 'ServerHello', got: 'reset of the TCP connection' }]
    })
    expect(wordsOf(told)).toContain(
      'The peer reset the TCP connection in the handshake, where ServerHello was expected. No alert says why.'
    )
  })

  it('left after its ServerHello: port and version were right, and nobody is sent to look at them', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'close', at: 'ChangeCipherSpec' })
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('far-end-left')
    expect(wordsOf(told)).toContain('It had answered in TLS 1.0 before')
    expect(wordsOf(told)).not.toContain('no longer speak TLS 1.0')
    expect(told.remedies[0]!.sentence).toContain("server's log")
  })

  it('a web server without TLS: what it said', async () => {
    const bench = ready()
    bench.network.listen(guideAddress, 80, (tcp) =>
      tcp.onData(() => tcp.write(Buffer.from('HTTP/1.0 400 Bad Request\r\n\r\n')))
    )
    listen(bench)
    expect(bench.at(`AT#SSLD=1,80,"${guideAddress}",0,1`)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('not-tls')
    expect(wordsOf(told)).toContain('HTTP/1.0 400')
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })

  it('a server that wants a client certificate: auth mode 2 with what is stored', async () => {
    const bench = ready()
    const { ca, client } = testPki()
    misbehaving(bench, { kind: 'alert', at: 'ChangeCipherSpec', isFatal: true, alert: 'handshake_failure' })
    bench.enter(1, ca.pem)
    bench.enter(0, client.pem)
    bench.enter(2, client.keyPkcs1Pem)
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('client-certificate-wanted')
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLSECCFG=1,0,2'])
    bench.mend(told.remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('T-6: a server that takes clients of another authority: what was kept back, and why', async () => {
    const bench = ready()
    const { ca, client } = testPki()
    const authorities = [sequence(der(0x31, attribute('550403', 'Some other CA')))]
    listen(bench, { clients: () => client.privateKey, authorities })
    bench.enter(1, ca.pem)
    bench.enter(0, client.pem)
    bench.enter(2, client.keyPkcs1Pem)
    bench.at('AT#SSLSECCFG=1,0,2')
    expect(bench.at(dial)).toBe(error(839))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'client-certificate-wanted',
      title: 'The server wants another client certificate than the stored one',
      rule: { id: 'RFC 2246 7.4.6' }
    })
    expect(wordsOf(told)).toContain(
      'the server takes certificates of CN=Some other CA, and the stored one was issued by CN=Test Root CA'
    )
    expect(bench.snapshot().handshake).toMatchObject({
      outcome: 'failed',
      remarks: [{ id: 'client-certificate-withheld' }]
    })
    expect(
      bench.snapshot().handshake!.messages.find(({ name, direction }) => name === 'Certificate' && direction === 'out')
    ).toMatchObject({ summary: 'no certificate' })
  })

  it('any other alert: its name, and what the module waited for', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'alert', at: 'ChangeCipherSpec', isFatal: true, alert: 'access_denied' })
    bench.at(dial)
    const told = await bench.why()
    expect(told.id).toBe('alert-received')
    expect(told.title).toContain('access_denied')
  })

  it('a wrong Finished', async () => {
    const bench = ready()
    misbehaving(bench, { kind: 'wrong-finished' })
    bench.at(dial)
    expect((await bench.why()).id).toBe('finished-wrong')
  })
})

describe('records', () => {
  it('over 15800 bytes on a GSM module: both sizes; online it ends in NO CARRIER, in command mode in 838 (G-4.0-1)', async () => {
    for (const [mode, answer] of [
      [0, 'NO CARRIER'],
      [1, '+CME ERROR: 838']
    ] as const) {
      const bench = ready('GE865-QUAD')
      const connections = listen(bench)
      bench.at(`AT#SSLD=1,443,"${guideAddress}",0,${mode}`)
      connections[0]!.send('x'.repeat(15_900))
      bench.pass(100).output()
      if (mode === 1) {
        // It can already be explained before the host gets the result.
        const early = await bench.why()
        expect(early).toMatchObject({ id: 'record-too-large', error: null })
        bench.at('AT#SSLRECV=1,100')
      }
      const told = await bench.why()
      expect(told.id).toBe('record-too-large')
      expect(told.error!.answer).toBe(answer)
      expect(told.picture).toMatchObject({ kind: 'size', limitBytes: 15_800 })
      expect(wordsOf(told)).toMatch(/15900/)
      expect(told.rule?.id).toBe('G-4.0-1')
      expect(told.asked.sentence).toMatch(mode === 0 ? /#SSLD/ : /#SSLRECV/)
      expect(bench.mend(told.remedies.at(-1)!)).toContain(mode === 0 ? 'CONNECT' : 'OK')
    }
  })

  it('changed on the way: 838 at the next command', async () => {
    const bench = ready()
    const connections = listen(bench)
    bench.at(dial)
    connections[0]!.sendDamaged('data')
    bench.pass(50)
    expect(bench.at('AT#SSLRECV=1,100')).toBe(error(838))
    const told = await bench.why()
    expect(told.id).toBe('record-damaged')
    expect(told.error).toMatchObject({ code: 838, name: 'sslEncryption' })
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })
})
