import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { TlsFailure } from '../../../src/shared/tls/failure.ts'
import type { TlsFailureFacts } from '../../../src/shared/tls/failure.ts'
import { AES128_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../../src/shared/tls/suites.ts'
import { testPki } from '../../fixtures/pki.ts'
import { clientOptions, openClient, scriptedServer } from '../../fixtures/tls-script.ts'
import type { ClientScript, ScriptedServer } from '../../fixtures/tls-script.ts'

// A server that breaks one rule at a time: the alert, the blame, and the sentence.

/** Returns a TLS 1.0 hello with 32 zero bytes as its random, followed by `rest`. */
function helloBytes(header: string, rest: string): Buffer {
  return Buffer.from(`${header}0301${'00'.repeat(32)}${rest}`, 'hex')
}

type Reason = Partial<TlsFailureFacts>

interface Case {
  readonly name: string
  readonly break: (server: ScriptedServer, script: ClientScript) => void
  readonly reason: Reason
}

const before: readonly Case[] = [
  {
    name: 'a suite that was not proposed',
    break: (server) => server.hello({ suiteId: RC4_SHA.wireId }),
    reason: { alert: 'illegal_parameter', blame: 'peer-misbehaved', expected: 'AES128-SHA', got: 'RC4-SHA' }
  },
  {
    name: 'an unknown suite',
    break: (server) => server.hello({ suiteId: 0xc02f }),
    reason: { alert: 'illegal_parameter', got: '0xc02f', sentence: 'The server takes 0xc02f, which was not proposed.' }
  },
  {
    name: 'a compression method',
    break: (server) => server.hello({ compressionMethod: 1 }),
    reason: { alert: 'illegal_parameter', expected: 'null (0)', got: '1' }
  },
  ...[
    [0x0300, 'SSL 3.0'],
    [0x0302, 'TLS 1.1'],
    [0x0303, 'TLS 1.2']
  ].map(([version, got]): Case => ({
    name: `${got}`,
    break: (server) => server.hello({ version: version as number }),
    reason: {
      alert: 'protocol_version',
      blame: 'peer-incompatible',
      expected: 'TLS 1.0',
      got: `${got}`,
      rule: 'G-2.2-1'
    }
  })),
  {
    name: 'Certificate before ServerHello',
    break: (server) => server.certificate(),
    reason: { alert: 'unexpected_message', expected: 'ServerHello', got: 'Certificate' }
  },
  {
    name: 'a second ServerHello',
    break: (server) => (server.hello(), server.hello()),
    reason: { alert: 'unexpected_message', expected: 'Certificate', got: 'ServerHello' }
  },
  {
    name: 'no certificate in Certificate',
    break: (server) => (server.hello(), server.certificate([])),
    reason: { alert: 'bad_certificate', expected: 'a certificate', got: 'none' }
  },
  {
    name: 'ServerHelloDone without Certificate',
    break: (server) => (server.hello(), server.done()),
    reason: { alert: 'unexpected_message', expected: 'Certificate', got: 'ServerHelloDone' }
  },
  {
    name: 'ServerKeyExchange',
    break: (server) => (
      server.hello(),
      server.certificate(),
      server.sendHandshakeBytes(Buffer.from('0c000003010203', 'hex'))
    ),
    reason: { alert: 'unexpected_message', expected: 'CertificateRequest or ServerHelloDone', got: 'ServerKeyExchange' }
  },
  {
    name: 'two CertificateRequests',
    break: (server) => (server.hello(), server.certificate(), server.request(), server.request()),
    reason: { alert: 'unexpected_message', expected: 'ServerHelloDone', got: 'CertificateRequest' }
  },
  {
    name: 'a handshake message TLS 1.0 does not have',
    break: (server) => (server.hello(), server.sendHandshakeBytes(Buffer.from('0400000100', 'hex'))),
    reason: { alert: 'unexpected_message', expected: 'Certificate', got: 'handshake message 4' }
  },
  {
    name: 'a ServerHello that is cut short',
    break: (server) => server.sendHandshakeBytes(Buffer.from('020000020301', 'hex')),
    reason: { alert: 'decode_error', sentence: 'ServerHello cannot be read: expected 32 bytes of random, got 0.' }
  },
  {
    name: 'a ServerHello with bytes left over in its extensions',
    break: (server) => server.sendHandshakeBytes(helloBytes('0200002b', '00002f00000300ff01')),
    reason: { alert: 'decode_error' }
  },
  {
    name: 'a session id of 33 bytes',
    break: (server) => server.hello({ sessionId: Buffer.alloc(33) }),
    reason: { alert: 'decode_error', expected: '0 to 32 bytes of session id', got: 'a length of 33' }
  },
  {
    name: 'an empty certificate in the list',
    break: (server) => (server.hello(), server.certificate([Buffer.alloc(0)])),
    reason: { alert: 'decode_error', expected: '1 to 16777215 bytes of certificate' }
  },
  {
    name: 'a ServerHelloDone that holds something',
    break: (server) => (
      server.hello(),
      server.certificate(),
      server.sendHandshakeBytes(Buffer.from('0e00000100', 'hex'))
    ),
    reason: { alert: 'decode_error', got: '1 more bytes' }
  },
  {
    name: 'a message that announces 16 MB',
    break: (server) => server.record('handshake', Buffer.from('0bffffff', 'hex')),
    reason: { alert: 'decode_error', got: '16777215 bytes' }
  },
  {
    name: 'application data in the handshake',
    break: (server) => (server.hello(), server.record('application_data', Buffer.from('early'))),
    reason: { alert: 'unexpected_message', expected: 'Certificate', got: 'application data' }
  },
  {
    name: 'ChangeCipherSpec too early',
    break: (server) => (server.hello(), server.record('change_cipher_spec', Buffer.from([1]))),
    reason: { alert: 'unexpected_message', expected: 'Certificate', got: 'ChangeCipherSpec' }
  },
  {
    name: 'something else within a handshake message',
    break: (server) => (server.record('handshake', Buffer.from('0200', 'hex')), server.alert(false, 90)),
    reason: { alert: 'unexpected_message', expected: 'the rest of a handshake message', got: 'alert' }
  },
  {
    name: 'something else within an alert',
    break: (server) => (server.record('alert', Buffer.from([1])), server.hello()),
    reason: { alert: 'unexpected_message', expected: 'the rest of an alert', got: 'handshake' }
  },
  {
    name: 'an alert of level 3',
    break: (server) => server.record('alert', Buffer.from([3, 40])),
    reason: { alert: 'illegal_parameter', got: 'level 3' }
  },
  {
    name: 'HelloRequests without end',
    break: (server) => {
      for (let i = 0; i < 33; i++) server.record('handshake', Buffer.alloc(4))
    },
    reason: { alert: 'unexpected_message', expected: 'at most 32 in a row' }
  },
  {
    name: 'warnings without end',
    break: (server) => {
      for (let i = 0; i < 33; i++) server.alert(false, 112)
    },
    reason: { alert: 'unexpected_message' }
  }
]

describe('in the handshake the client refuses', () => {
  it.each(before)('$name', ({ break: provoke, reason }) => {
    const script = scriptedServer()
    provoke(script.server, script)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ inTransfer: false, ...reason })
    expect(script.server.alerts).toEqual([`fatal ${reason.alert}`])
  })
})

const afterFlight: readonly Case[] = [
  {
    name: 'Finished without ChangeCipherSpec',
    break: (server) => server.finished(),
    reason: { alert: 'unexpected_message', expected: 'ChangeCipherSpec', got: 'Finished' }
  },
  {
    name: 'a wrong Finished',
    break: (server) => (server.changeCipherSpec(), server.finished(Buffer.alloc(12))),
    reason: { alert: 'decrypt_error', got: '000000000000000000000000', rule: 'RFC 2246 7.4.9' }
  },
  {
    name: 'a Finished of 36 bytes, as SSL 3.0 has it',
    break: (server) => (server.changeCipherSpec(), server.finished(Buffer.alloc(36))),
    reason: { alert: 'decode_error', got: '24 more bytes' }
  },
  {
    name: 'a plain record after ChangeCipherSpec',
    break: (server) => (server.record('change_cipher_spec', Buffer.from([1])), server.finished()),
    reason: { alert: 'bad_record_mac' }
  },
  {
    name: 'a ChangeCipherSpec of 2',
    break: (server) => server.record('change_cipher_spec', Buffer.from([2])),
    reason: { alert: 'illegal_parameter', got: '2' }
  },
  {
    name: 'a ChangeCipherSpec of two bytes',
    break: (server) => server.record('change_cipher_spec', Buffer.from([1, 1])),
    reason: { alert: 'decode_error', got: '2' }
  },
  {
    name: 'application data before Finished',
    break: (server) => (server.changeCipherSpec(), server.record('application_data', Buffer.from('early'))),
    reason: { alert: 'unexpected_message', expected: 'Finished', got: 'application data' }
  }
]

describe('after its own flight the client refuses', () => {
  it.each(afterFlight)('$name', ({ break: provoke, reason }) => {
    const script = scriptedServer()
    script.server.firstFlight()
    script.deliver()
    provoke(script.server, script)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ blame: 'peer-misbehaved', inTransfer: false, ...reason })
    // It was encrypted: the scripted server could decrypt it.
    expect(script.server.alerts).toEqual([`fatal ${reason.alert}`])
  })
})

describe('in transfer the client refuses', () => {
  it.each<Case>([
    {
      name: 'a handshake message that is none of its own',
      break: (server) => server.hello(),
      reason: { alert: 'unexpected_message', expected: 'application data', got: 'ServerHello' }
    },
    {
      name: 'a second ChangeCipherSpec',
      break: (server) => server.record('change_cipher_spec', Buffer.from([1])),
      reason: { alert: 'unexpected_message', got: 'ChangeCipherSpec' }
    }
  ])('$name', ({ break: provoke, reason }) => {
    const script = openClient()
    provoke(script.server, script)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ blame: 'peer-misbehaved', inTransfer: true, ...reason })
    expect(script.server.alerts).toEqual([`fatal ${reason.alert}`])
  })

  it('a changed record', () => {
    const { client, server, recorder } = openClient()
    server.record('application_data', Buffer.from('good'))
    server.record('application_data', Buffer.from('bad'))
    const bytes = server.takeOutput()
    bytes[bytes.length - 1]! ^= 1
    client.receive(bytes)
    expect(recorder.text).toBe('good')
    expect(recorder.failure).toMatchObject({ blame: 'peer-misbehaved', alert: 'bad_record_mac', inTransfer: true })
    server.read(recorder.takeOutput())
    expect(server.alerts).toEqual(['fatal bad_record_mac'])
  })

  it('a record over the limit of its product (G-4.0-1)', () => {
    const script = openClient({ limits: { maxReceivedPlaintextBytes: 15800 } })
    script.server.record('application_data', Buffer.alloc(16000))
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ alert: 'record_overflow', got: '16000 bytes', inTransfer: true })
  })
})

describe('the certificate policy', () => {
  it('ends the handshake with the failure it throws', () => {
    const script = scriptedServer({
      checkServerCertificates: () => {
        throw new TlsFailure({ blame: 'certificate', alert: 'certificate_expired', sentence: 'It expired.' })
      }
    })
    script.server.firstFlight()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      blame: 'certificate',
      alert: 'certificate_expired',
      sentence: 'It expired.',
      inTransfer: false
    })
    expect(script.server.alerts).toEqual(['fatal certificate_expired'])
    // No secret was reported.
    expect(script.recorder.secrets).toEqual([])
  })

  it('is asked with the chain as it came', () => {
    const chains: number[][] = []
    const { ca, server: own } = testPki()
    const script = scriptedServer({
      checkServerCertificates: (chain, remark) => {
        chains.push(chain.map((der) => der.length))
        return clientOptions.checkServerCertificates(chain, remark)
      }
    })
    script.server.hello()
    script.server.certificate([own.der, ca.der])
    script.deliver()
    expect(chains).toEqual([[own.der.length, ca.der.length]])
  })

  it('cannot let a key pass that is too small for a premaster secret', () => {
    const modulus = Buffer.alloc(48, 0xc5).toString('base64url')
    const tiny = createPublicKey({ key: { kty: 'RSA', n: modulus, e: 'Aw' }, format: 'jwk' })
    const script = scriptedServer({ checkServerCertificates: () => tiny })
    script.server.firstFlight()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      blame: 'certificate',
      alert: 'unsupported_certificate',
      got: '384 bits'
    })
  })

  it('that fails in another way gives internal_error, not an exception', () => {
    const script = scriptedServer({
      checkServerCertificates: () => {
        throw new RangeError('unforeseen')
      }
    })
    script.server.firstFlight()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ alert: 'internal_error' })
    expect(script.recorder.failure?.sentence).toContain('unforeseen')
  })
})

it('says why when no suite was acceptable, whatever was proposed', () => {
  const script = scriptedServer({ suites: [AES128_SHA, RC4_MD5, NULL_SHA] })
  script.server.alert(true, 40)
  script.deliver()
  expect(script.recorder.failure).toMatchObject({ blame: 'alert-received', alert: 'handshake_failure' })
  expect(script.recorder.failure?.sentence).toContain('AES128-SHA, RC4-MD5, NULL-SHA')
  expect(script.server.alerts).toEqual([])
})
