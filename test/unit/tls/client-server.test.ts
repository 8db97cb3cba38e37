import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import type { TlsIdentity } from '../../../src/main/tls/endpoint.ts'
import type { ClientCertificatePolicy } from '../../../src/main/tls/server.ts'
import { readCertificate, rsaKey } from '../../../src/main/x509/certificate.ts'
import { serverKeyUnchecked } from '../../../src/main/x509/path.ts'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA, allSuites } from '../../../src/shared/tls/suites.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import type { TestCertificate } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { connected, counting } from '../../fixtures/tls-pair.ts'
import { clientOptions } from '../../fixtures/tls-script.ts'

// The engine's client against the engine's server, in memory.

const takesAny: ClientCertificatePolicy = {
  ask: 'require',
  check: ([leaf]) => rsaKey(readCertificate(leaf!).publicKey),
  authorities: []
}
const clientIdentity = { chainDer: [testPki().client.der], privateKey: testPki().client.privateKey }

describe.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('$name', ({ suite }) => {
  it('opens, carries data both ways and closes', () => {
    const pair = connected({ suites: [suite] }, { suites: [suite] })
    expect(pair.atClient.order).toEqual(['secret', 'opened'])
    expect(pair.atServer.order).toEqual(['secret', 'opened'])
    expect(pair.atClient.secrets).toEqual(pair.atServer.secrets)
    expect([pair.atClient.suite, pair.atServer.suite]).toEqual([suite, suite])

    const long = Buffer.alloc(40_000, 'the quick brown fox ')
    pair.client.send(long)
    pair.server.send(Buffer.from('short'))
    pair.deliver()
    expect(pair.atServer.text).toBe(long.toString())
    expect(pair.atClient.text).toBe('short')

    pair.client.close()
    pair.deliver()
    expect(pair.atServer.closed).toBe(true)
    expect([pair.atClient.failure, pair.atServer.failure]).toEqual([null, null])
  })

  it('comes to the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (lengths) => {
        const pair = connected({ suites: [suite] }, { suites: [suite] }, lengths)
        pair.client.send(Buffer.from('over'))
        pair.server.send(Buffer.from('and out'))
        pair.deliver()
        expect([pair.atServer.text, pair.atClient.text]).toEqual(['over', 'and out'])
      }),
      { numRuns: 5, examples: [[[1]]] }
    )
  })
})

describe('client certificates', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('are proved with $name', ({ suite }) => {
    const pair = connected(
      { suites: [suite], identity: clientIdentity },
      { suites: [suite], clientCertificates: takesAny }
    )
    expect(pair.atServer.suite).toBe(suite)
    expect(pair.atServer.messages('in').map(({ name }) => name)).toEqual([
      'ClientHello',
      'Certificate',
      'ClientKeyExchange',
      'CertificateVerify',
      'ChangeCipherSpec',
      'Finished'
    ])
  })

  it('may be left out where they are only requested', () => {
    const pair = connected({}, { clientCertificates: { ...takesAny, ask: 'request' } })
    expect(pair.atServer.suite).toBe(AES128_SHA)
    expect(pair.atClient.messages('out').map(({ name }) => name)).not.toContain('CertificateVerify')
  })

  it('are not shown to a server that does not ask', () => {
    const pair = connected({ identity: clientIdentity }, {})
    expect(pair.atServer.suite).toBe(AES128_SHA)
    expect(pair.atServer.messages('in').map(({ name }) => name)).not.toContain('Certificate')
  })
})

describe('keys', () => {
  it.each([512, 768, 1024, 2048, 4096, 8192] as const)(
    'of %i bits carry a premaster secret and sign a handshake',
    (keyBits) => {
      const [server, client] = ['server', 'client'].map((name) =>
        makeCertificate({ name: `${name} of ${keyBits} bits`, keyBits })
      )
      const identityOf = ({ der, privateKey }: TestCertificate): TlsIdentity => ({ chainDer: [der], privateKey })
      const pair = connected(
        { identity: identityOf(client!), checkServerCertificates: serverKeyUnchecked },
        { identity: identityOf(server!), clientCertificates: takesAny }
      )
      expect([pair.atClient.failure, pair.atServer.failure]).toEqual([null, null])
      expect(pair.atServer.suite).toBe(AES128_SHA)
    }
  )
})

describe('records', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))(
    'of no bytes and of 2^14 are taken with $name',
    ({ suite }) => {
      const pair = connected({ suites: [suite] }, { suites: [suite] })
      pair.client.send(Buffer.alloc(0))
      pair.client.send(Buffer.alloc(2 ** 14, 'x'))
      pair.client.send(Buffer.alloc(2 ** 14 + 1, 'y'))
      pair.deliver()
      expect(pair.atServer.received.map(({ length }) => length)).toEqual([2 ** 14, 2 ** 14, 1])
    }
  )

  it('may be limited to what a product takes (G-4.0-1)', () => {
    const pair = connected({ limits: { maxReceivedPlaintextBytes: 15_800 } }, {})
    pair.server.send(Buffer.alloc(15_800))
    pair.deliver()
    expect(pair.atClient.received).toHaveLength(1)
    pair.server.send(Buffer.alloc(15_801))
    pair.deliver()
    expect(pair.atClient.failure).toMatchObject({
      alert: 'record_overflow',
      rule: 'G-4.0-1',
      got: '15801 bytes',
      inTransfer: true
    })
    expect(pair.atServer.failure).toMatchObject({ blame: 'alert-received', alert: 'record_overflow' })
  })
})

describe('what the two agree on', () => {
  it('is what the server prefers of what the client offers', () => {
    const pair = connected({ suites: [RC4_MD5, RC4_SHA, AES256_SHA] }, { suites: [NULL_SHA, AES256_SHA, RC4_MD5] })
    expect(pair.atClient.suite).toBe(AES256_SHA)
  })

  it('is nothing without a common suite (G-2.2-4)', () => {
    const pair = connected({ suites: [RC4_MD5] }, { suites: [AES128_SHA] })
    expect(pair.atServer.failure).toMatchObject({
      blame: 'peer-incompatible',
      alert: 'handshake_failure',
      expected: 'one of AES128-SHA',
      got: 'RC4-MD5',
      inTransfer: false
    })
    expect(pair.atClient.failure).toMatchObject({
      blame: 'alert-received',
      alert: 'handshake_failure',
      inTransfer: false
    })
    expect(pair.atClient.failure?.sentence).toBe(
      'The peer ended the handshake with the alert handshake_failure (40): most likely it takes none of the suites proposed (RC4-MD5).'
    )
  })
})

describe('a flight', () => {
  it('leaves in one piece', () => {
    const pair = connected({ identity: clientIdentity }, { clientCertificates: takesAny })
    // ClientHello, then everything up to Finished.
    expect(pair.outputsOfClient).toBe(2)
    expect(pair.outputsOfServer).toBe(2)
    pair.client.send(Buffer.alloc(50_000))
    expect(pair.atClient.outputs).toHaveLength(1)
  })

  it('is the same byte for byte when time and random numbers are', () => {
    const flights = [1, 2].map(() => {
      const pair = connected(
        { random: counting(), identity: clientIdentity },
        { random: counting(), clientCertificates: takesAny }
      )
      pair.client.send(Buffer.from('again'))
      return pair.wire.concat(pair.atClient.takeOutput().toString('hex'))
    })
    expect(flights[0]).toEqual(flights[1])
  })

  it('carries the clock it was given (RFC 2246 7.4.1.2)', () => {
    const pair = connected({ clockMs: () => Date.UTC(2013, 8, 13, 12) }, {})
    // Record header, handshake header, version, then the seconds.
    expect(Buffer.from(pair.wire[0]!, 'hex').readUInt32BE(5 + 4 + 2)).toBe(Date.UTC(2013, 8, 13, 12) / 1000)
  })
})

describe('an owner', () => {
  it('may send and close from within an event', () => {
    const pair = connected({}, {})
    pair.atServer.onData = (bytes) => {
      pair.server.send(Buffer.concat([Buffer.from('echo '), bytes]))
      pair.server.close()
    }
    pair.client.send(Buffer.from('one'))
    pair.client.send(Buffer.from('two'))
    pair.deliver()
    expect(pair.atClient.text).toBe('echo one')
    expect(pair.atClient.closed).toBe(true)
    // What was decrypted after close() is not reported.
    expect(pair.atServer.text).toBe('one')
  })

  it('gets its own exception back, and the connection lives', () => {
    const pair = connected({}, {})
    pair.atServer.onData = () => {
      throw new Error('full')
    }
    pair.client.send(Buffer.from('x'))
    pair.client.send(Buffer.from('y'))
    const both = pair.atClient.takeOutput()
    expect(() => pair.server.receive(both)).toThrow('full')
    expect(pair.atServer.failure).toBeNull()
    pair.atServer.onData = null
    pair.server.send(Buffer.from('still here'))
    pair.deliver()
    expect([pair.atClient.text, pair.atServer.text]).toEqual(['still here', 'xy'])
  })

  it('may not send before the handshake is complete, nor start twice', () => {
    const client = createTlsClient(clientOptions, new Recorder())
    client.start()
    expect(() => client.send(Buffer.from('early'))).toThrow('before the handshake')
    expect(() => client.start()).toThrow('once')
  })
})
