import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA, allSuites } from '../../../src/shared/suites.ts'
import type { RandomSource } from '../../../src/shared/random.ts'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import type { TlsClientOptions } from '../../../src/main/tls/client.ts'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import type { ClientCertificatePolicy, TlsServerOptions } from '../../../src/main/tls/server.ts'
import type { TlsEndpoint } from '../../../src/main/tls/endpoint.ts'
import { readCertificate, rsaKey } from '../../../src/main/x509/certificate.ts'
import { cut } from '../../fixtures/cuts.ts'
import { testPki } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { clientOptions, serverOptions } from '../../fixtures/tls-script.ts'

/** The engine's client against the engine's server, with nothing but memory between them. */

const takesAny: ClientCertificatePolicy = {
  ask: 'require', check: ([leaf]) => rsaKey(readCertificate(leaf!).publicKey), authorities: []
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
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (lengths) => {
      const pair = connected({ suites: [suite] }, { suites: [suite] }, lengths)
      pair.client.send(Buffer.from('over'))
      pair.server.send(Buffer.from('and out'))
      pair.deliver()
      expect([pair.atServer.text, pair.atClient.text]).toEqual(['over', 'and out'])
    }), { numRuns: 5, examples: [[[1]]] })
  })
})

describe('client certificates', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('are proved with $name', ({ suite }) => {
    const pair = connected({ suites: [suite], identity: clientIdentity }, { suites: [suite], clientCertificates: takesAny })
    expect(pair.atServer.suite).toBe(suite)
    expect(pair.atServer.messages('in').map(({ name }) => name)).toEqual([
      'ClientHello', 'Certificate', 'ClientKeyExchange', 'CertificateVerify', 'ChangeCipherSpec', 'Finished'
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

describe('what the two agree on', () => {
  it('is what the server prefers of what the client offers', () => {
    const pair = connected({ suites: [RC4_MD5, RC4_SHA, AES256_SHA] }, { suites: [NULL_SHA, AES256_SHA, RC4_MD5] })
    expect(pair.atClient.suite).toBe(AES256_SHA)
  })

  it('is nothing without a common suite (G-2.2-4)', () => {
    const pair = connected({ suites: [RC4_MD5] }, { suites: [AES128_SHA] })
    expect(pair.atServer.failure).toMatchObject({
      blame: 'peer-incompatible', alert: 'handshake_failure', expected: 'one of AES128-SHA', got: 'RC4-MD5', inTransfer: false
    })
    expect(pair.atClient.failure).toMatchObject({ blame: 'alert-received', alert: 'handshake_failure', inTransfer: false })
    expect(pair.atClient.failure?.sentence).toBe(
      'The far end ended the handshake with the alert handshake_failure (40): most likely it takes none of the suites proposed (RC4-MD5).'
    )
  })
})

describe('a flight', () => {
  it('leaves in one piece', () => {
    const pair = connected({ identity: clientIdentity }, { clientCertificates: takesAny })
    // ClientHello; then everything up to Finished.
    expect(pair.outputsOfClient).toBe(2)
    expect(pair.outputsOfServer).toBe(2)
    pair.client.send(Buffer.alloc(50_000))
    expect(pair.atClient.outputs).toHaveLength(1)
  })

  it('is the same byte for byte when time and random numbers are', () => {
    const flights = [1, 2].map(() => {
      const pair = connected({ random: counting(), identity: clientIdentity }, { random: counting(), clientCertificates: takesAny })
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
    // What was decrypted after close() is not told any more.
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

interface Pair {
  readonly client: TlsEndpoint
  readonly server: TlsEndpoint
  readonly atClient: Recorder
  readonly atServer: Recorder
  readonly outputsOfClient: number
  readonly outputsOfServer: number
  /** Everything that went over, hex, in order. */
  readonly wire: string[]
  /** Carries bytes to and fro until nothing more comes. */
  deliver(): void
}

function connected(client: Partial<TlsClientOptions>, server: Partial<TlsServerOptions>, lengths: readonly number[] = []): Pair {
  const [atClient, atServer] = [new Recorder(), new Recorder()]
  const ends = {
    client: createTlsClient({ ...clientOptions, ...client }, atClient),
    server: createTlsServer({ ...serverOptions(), ...server }, atServer)
  }
  const wire: string[] = []
  const carry = (from: Recorder, to: TlsEndpoint): number => {
    const outputs = from.outputs.splice(0)
    for (const bytes of outputs) {
      wire.push(bytes.toString('hex'))
      for (const piece of cut(bytes, lengths)) to.receive(piece)
    }
    return outputs.length
  }
  let [outputsOfClient, outputsOfServer] = [0, 0]
  const deliver = (): void => {
    for (let moved = true; moved; ) {
      const [there, back] = [carry(atClient, ends.server), carry(atServer, ends.client)]
      outputsOfClient += there
      outputsOfServer += back
      moved = there + back > 0
    }
  }
  ends.server.start()
  ends.client.start()
  deliver()
  return { ...ends, atClient, atServer, outputsOfClient, outputsOfServer, wire, deliver }
}

function counting(): RandomSource {
  let next = 0
  return { bytes: (length) => Uint8Array.from({ length }, () => next++ & 255) }
}
