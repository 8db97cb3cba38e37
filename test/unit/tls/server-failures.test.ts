import { describe, expect, it } from 'vitest'
import { signHash } from '../../../src/main/tls/rsa.ts'
import type { ClientCertificatePolicy } from '../../../src/main/tls/server.ts'
import { readCertificate, rsaKey } from '../../../src/main/x509/certificate.ts'
import type { TlsFailureFacts } from '../../../src/shared/tls/failure.ts'
import { AES128_SHA, NULL_SHA, RC4_MD5 } from '../../../src/shared/tls/suites.ts'
import { testPki } from '../../fixtures/pki.ts'
import { scriptedClient } from '../../fixtures/tls-script.ts'
import type { ScriptedClient } from '../../fixtures/tls-script.ts'

// Clients that break a rule, and clients that are newer than the server.

const takesAny: ClientCertificatePolicy = {
  ask: 'require',
  check: ([leaf]) => rsaKey(readCertificate(leaf!).publicKey),
  authorities: []
}

describe('to ClientHello the server answers with', () => {
  it('its own preference among what is offered', () => {
    const script = scriptedClient({ suites: [NULL_SHA, RC4_MD5, AES128_SHA] })
    script.client.hello({ suiteIds: [0x2f, 0x04, 0xc02f] })
    script.deliver()
    expect(script.client.received[0]).toMatchObject({ name: 'ServerHello', suiteId: 0x04, extensions: null })
  })

  it.each([
    ['the signalling suite', { suiteIds: [0x2f, 0xff] }],
    ['the extension', { extensions: [{ type: 0xff01, data: Buffer.from([0]) }] }]
  ])('renegotiation_info to %s', (_, changes) => {
    const script = scriptedClient()
    script.client.hello(changes)
    script.deliver()
    expect(script.client.received[0]).toMatchObject({ extensions: [{ type: 0xff01, data: Buffer.from([0]) }] })
  })

  it('TLS 1.0 to a later client, whatever extensions it brings', () => {
    const script = scriptedClient()
    const serverName = Buffer.concat([Buffer.from([0, 14, 0, 0, 11]), Buffer.from('example.lab')])
    script.client.hello({
      version: 0x0303,
      extensions: [
        { type: 0, data: serverName },
        { type: 43, data: Buffer.alloc(9) }
      ]
    })
    script.deliver()
    expect(script.client.received[0]).toMatchObject({ version: 0x0301, extensions: null })
    expect(script.recorder.messages('in')[0]?.summary).toBe(
      'TLS 1.2, offers 1 suite: AES128-SHA, for example.lab, 2 extensions'
    )
    script.client.secondFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
  })

  it('CertificateRequest only when it wants one', () => {
    const names = [false, true].map((asks) => {
      const script = scriptedClient(
        asks ? { clientCertificates: { ...takesAny, authorities: [Buffer.from('3000', 'hex')] } } : {}
      )
      script.client.hello()
      script.deliver()
      return script.client.received.map(({ name }) => name)
    })
    expect(names).toEqual([
      ['ServerHello', 'Certificate', 'ServerHelloDone'],
      ['ServerHello', 'Certificate', 'CertificateRequest', 'ServerHelloDone']
    ])
  })
})

interface Case {
  readonly name: string
  readonly break: (client: ScriptedClient) => void
  readonly reason: Partial<TlsFailureFacts>
}

describe('the server refuses', () => {
  it.each<Case>([
    {
      name: 'SSL 3.0',
      break: (client) => client.hello({ version: 0x0300 }),
      reason: { alert: 'protocol_version', blame: 'peer-incompatible', got: 'SSL 3.0' }
    },
    {
      name: 'a client without null compression',
      break: (client) => client.hello({ compressionMethods: [1] }),
      reason: { alert: 'illegal_parameter' }
    },
    {
      name: 'a renegotiation_info that is not empty',
      break: (client) => client.hello({ extensions: [{ type: 0xff01, data: Buffer.from([1, 9]) }] }),
      reason: { alert: 'handshake_failure', rule: 'RFC 5746 3.6' }
    },
    {
      name: 'no common suite',
      break: (client) => client.hello({ suiteIds: [4, 0xff] }),
      reason: { alert: 'handshake_failure', blame: 'peer-incompatible', got: 'RC4-MD5' }
    },
    {
      name: 'an odd number of bytes in the suites',
      break: (client) =>
        client.sendHandshakeBytes(Buffer.from(`0100002a0301${'00'.repeat(32)}000003002f000100`, 'hex')),
      reason: { alert: 'decode_error', expected: '2 bytes of cipher suite', got: '1' }
    },
    {
      name: 'anything before ClientHello',
      break: (client) => client.send({ name: 'Finished', verifyData: Buffer.alloc(12) }),
      reason: { alert: 'unexpected_message', expected: 'ClientHello', got: 'Finished' }
    },
    {
      name: 'a HelloRequest from a client',
      break: (client) => client.send({ name: 'HelloRequest' }),
      reason: { alert: 'unexpected_message', got: 'HelloRequest' }
    }
  ])('$name', ({ break: provoke, reason }) => {
    const script = scriptedClient()
    provoke(script.client)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ inTransfer: false, ...reason })
    expect(script.client.alerts).toEqual([`fatal ${reason.alert}`])
  })

  it.each<Case>([
    {
      name: 'a certificate that it did not ask for',
      break: (client) => client.send({ name: 'Certificate', chainDer: [] }),
      reason: { alert: 'unexpected_message', expected: 'ClientKeyExchange', got: 'Certificate' }
    },
    {
      name: 'a ChangeCipherSpec before the keys',
      break: (client) => client.record('change_cipher_spec', Buffer.from([1])),
      reason: { alert: 'unexpected_message', got: 'ChangeCipherSpec' }
    },
    {
      name: 'a premaster secret that does not decrypt, only at Finished',
      break: (client) => {
        client.keyExchange()
        client.changeCipherSpec()
        client.finished()
      },
      reason: { alert: 'bad_record_mac' }
    },
    {
      name: 'a wrong Finished',
      break: (client) => {
        client.version = 0x0301
        client.keyExchange()
        client.changeCipherSpec()
        client.finished(Buffer.alloc(12, 1))
      },
      reason: { alert: 'decrypt_error', got: '010101010101010101010101' }
    }
  ])('after its flight $name', ({ name, break: provoke, reason }) => {
    const script = scriptedClient()
    script.client.hello()
    script.deliver()
    // The premaster secret must repeat the version of ClientHello (RFC 2246 7.4.7.1).
    if (name.startsWith('a premaster')) script.client.version = 0x0302
    provoke(script.client)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ blame: 'peer-misbehaved', inTransfer: false, ...reason })
  })

  it.each([0, 1, 255, 257])('%i bytes as an encrypted premaster secret, without a word before Finished', (length) => {
    const script = scriptedClient()
    script.client.hello()
    script.deliver()
    script.client.send({ name: 'ClientKeyExchange', encryptedPremaster: Buffer.alloc(length, 0xff) })
    script.deliver()
    expect(script.recorder.failure).toBeNull()
    script.client.changeCipherSpec()
    script.client.finished()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ alert: 'bad_record_mac' })
  })

  it('a client that has no certificate where one is required', () => {
    const script = scriptedClient({ clientCertificates: takesAny })
    script.client.hello()
    script.client.send({ name: 'Certificate', chainDer: [] })
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      alert: 'handshake_failure',
      blame: 'peer-incompatible',
      got: 'none'
    })
  })

  it.each([
    ['another key', () => testPki().server.privateKey],
    ['nothing', () => null]
  ])('a CertificateVerify signed by %s', (_, key) => {
    const script = scriptedClient({ clientCertificates: takesAny })
    script.client.hello()
    script.deliver()
    script.client.send({ name: 'Certificate', chainDer: [testPki().client.der] })
    script.client.keyExchange()
    const signer = key()
    const signature = signer ? signHash(signer, script.client.transcript.current())! : Buffer.alloc(3)
    script.client.send({ name: 'CertificateVerify', signature })
    script.deliver()
    expect(script.recorder.failure).toMatchObject({ alert: 'decrypt_error', rule: 'RFC 2246 7.4.8' })
  })

  it('a client certificate without a proof', () => {
    const script = scriptedClient({ clientCertificates: takesAny })
    script.client.hello()
    script.deliver()
    script.client.send({ name: 'Certificate', chainDer: [testPki().client.der] })
    script.client.secondFlight()
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      alert: 'unexpected_message',
      expected: 'CertificateVerify',
      got: 'ChangeCipherSpec'
    })
  })
})

it('answers a second ClientHello with no_renegotiation and goes on', () => {
  const script = scriptedClient()
  script.client.hello()
  script.deliver()
  script.client.secondFlight()
  script.deliver()
  script.client.hello()
  script.client.record('application_data', Buffer.from('on'))
  script.deliver()
  expect(script.client.alerts).toEqual(['no_renegotiation'])
  expect(script.recorder.text).toBe('on')
})

it('does not answer ClientHellos without end', () => {
  const script = scriptedClient()
  script.client.hello()
  script.deliver()
  script.client.secondFlight()
  script.deliver()
  for (let count = 0; count < 40; count++) script.client.hello()
  script.deliver()
  expect(script.recorder.failure).toMatchObject({ alert: 'unexpected_message', expected: 'at most 32 in a row' })
})
