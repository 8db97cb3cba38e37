import { describe, expect, it } from 'vitest'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import type { CertificateRequest } from '../../../src/main/tls/messages.ts'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { whyUnfit } from '../../../src/main/x509/client-certificate.ts'
import type { TlsRemark } from '../../../src/shared/tls/remark.ts'
import { AES128_SHA, RC4_MD5, RC4_SHA } from '../../../src/shared/tls/suites.ts'
import { cut } from '../../fixtures/cuts.ts'
import { attribute, der, sequence } from '../../fixtures/der-certificate.ts'
import { testPki } from '../../fixtures/pki.ts'
import { Recorder } from '../../fixtures/tls-endpoints.ts'
import { clientOptions, openClient, scriptedServer } from '../../fixtures/tls-script.ts'

// Unusual behaviour of real servers that TLS 1.0 allows: the client continues.

const identity = { chainDer: [testPki().client.der], privateKey: testPki().client.privateKey }

describe('ClientHello', () => {
  it('is bare: TLS 1.0, no session, the suites in order, null compression, no extensions', () => {
    const { server } = scriptedServer({ suites: [AES128_SHA, RC4_SHA, RC4_MD5] })
    expect(server.clientHello).toMatchObject({
      version: 0x0301,
      suiteIds: [0x002f, 0x0005, 0x0004],
      compressionMethods: [0],
      extensions: null
    })
    expect(server.clientHello.sessionId).toHaveLength(0)
    expect(server.clientHello.random.readUInt32BE(0)).toBe(Date.UTC(2013, 8, 13) / 1000)
  })
})

describe('the client takes', () => {
  it.each([1, 2, 3, 4, 5, 100, 700])('a flight in records of %i bytes', (recordBytes) => {
    const script = scriptedServer()
    const sent: Buffer[] = []
    const { server } = script
    const { record } = server
    server.record = (_, content) => void sent.push(content)
    server.firstFlight()
    server.record = record
    for (const piece of cut(Buffer.concat(sent), [recordBytes])) server.record('handshake', piece)
    script.deliver()
    server.lastFlight()
    script.deliver()
    expect(script.recorder.failure).toBeNull()
    expect(script.recorder.suite).toBe(AES128_SHA)
  })

  it.each([
    [
      'renegotiation_info',
      [{ type: 0xff01, data: Buffer.from([0]) }],
      [
        'ServerHello holds 1 extension that the module did not offer (renegotiation_info); a TLS 1.0 client reads over it.'
      ]
    ],
    ['an empty extension block', [], []],
    [
      'an extension it never heard of',
      [{ type: 0x1234, data: Buffer.from('x') }],
      ['ServerHello holds 1 extension that the module did not offer (extension 4660); a TLS 1.0 client reads over it.']
    ],
    [
      'six of them',
      [0, 1, 5, 10, 11, 13].map((type) => ({ type, data: Buffer.alloc(0) })),
      [
        'ServerHello holds 6 extensions that the module did not offer (server_name, max_fragment_length, status_request, supported_groups, …); a TLS 1.0 client reads over them.'
      ]
    ]
  ])('T-7: a ServerHello with %s, and remarks on what it did not offer', (_, extensions, remarks) => {
    const script = scriptedServer()
    script.server.hello({ extensions })
    script.server.certificate()
    script.server.done()
    script.deliver()
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
    expect(remarksOf(script.recorder).map(({ sentence }) => sentence)).toEqual(remarks)
  })

  it.each([
    ['no session id: the session cannot be kept', Buffer.alloc(0), null],
    [
      'a session id: the session can be kept',
      Buffer.from('abcd'),
      { sessionId: Buffer.from('abcd'), suite: AES128_SHA }
    ]
  ])('%s', (_, sessionId, session) => {
    const script = scriptedServer()
    script.server.hello({ sessionId })
    script.server.certificate()
    script.server.done()
    script.deliver()
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
    if (session === null) expect(script.recorder.session).toBeNull()
    else expect(script.recorder.session).toMatchObject({ ...session, masterSecret: script.server.masterSecret })
  })

  it('a HelloRequest in the middle of the handshake, without hashing it', () => {
    const script = scriptedServer()
    script.server.hello()
    script.server.record('handshake', Buffer.alloc(4))
    script.server.certificate()
    script.server.done()
    script.deliver()
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
    expect(script.server.alerts).toEqual([])
  })

  it('a warning before ServerHello', () => {
    const script = scriptedServer()
    script.server.alert(false, 112)
    script.server.firstFlight()
    script.deliver()
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
    expect(script.recorder.messages('in')[0]).toMatchObject({
      name: 'Alert',
      summary: 'warning unrecognized_name (112)',
      fatal: false
    })
  })
})

describe('CertificateRequest', () => {
  const stored = readCertificate(testPki().client.der)
  const fitting = { identity, whyUnfit: (wish: CertificateRequest) => whyUnfit(stored, wish) }
  const authority = (commonName: string): Buffer =>
    sequence(der(0x31, attribute('55040a', 'Telit simulator tests')), der(0x31, attribute('550403', commonName)))
  const [nameOfIssuer, otherName] = [authority('Test Root CA'), authority('Other Root CA')]

  it.each([
    ['RSA, no authorities', [1], []],
    ['RSA among others', [2, 1, 64], []],
    ['RSA and the issuer of the certificate', [1], [otherName, nameOfIssuer]],
    ['RSA and the issuer in another case', [1], [authority('test ROOT  ca')]]
  ])('of %s is answered with the certificate and its proof', (_, types, authorities) => {
    const script = scriptedServer(fitting)
    script.server.hello()
    script.server.certificate()
    script.server.request(types, authorities)
    script.server.done()
    script.deliver()
    expect(script.server.received.map(({ name }) => name)).toEqual([
      'ClientHello',
      'Certificate',
      'ClientKeyExchange',
      'CertificateVerify',
      'Finished'
    ])
    script.server.lastFlight()
    script.deliver()
    expect(script.recorder.suite).toBe(AES128_SHA)
  })

  it.each([
    [
      'DSS and ECDSA only',
      [2, 64],
      [],
      'the server takes dss_sign, ecdsa_sign, and the stored certificate is for rsa_sign'
    ],
    ['no types at all', [], [], 'the server takes no type, and the stored certificate is for rsa_sign'],
    [
      'another authority',
      [1],
      [otherName],
      'the server takes certificates of CN=Other Root CA, and the stored one was issued by CN=Test Root CA'
    ],
    [
      'names that cannot be read',
      [1],
      [Buffer.from('3005', 'hex'), Buffer.alloc(300, 1)],
      'the server takes certificates of authorities whose names cannot be read, and the stored one was issued by CN=Test Root CA'
    ]
  ])(
    'T-6: of %s is answered with the empty Certificate, and a remark says why (RFC 2246 7.4.6)',
    (_, types, authorities, why) => {
      const script = scriptedServer(fitting)
      script.server.hello()
      script.server.certificate()
      script.server.request(types, authorities)
      script.server.done()
      script.deliver()
      expect(script.server.received.map(({ name: message }) => message)).toEqual([
        'ClientHello',
        'Certificate',
        'ClientKeyExchange',
        'Finished'
      ])
      expect(script.server.received[1]).toEqual({ name: 'Certificate', chainDer: [] })
      expect(script.recorder.messages('out')[1]).toMatchObject({ name: 'Certificate', summary: 'no certificate' })
      expect(remarksOf(script.recorder)).toEqual([
        {
          id: 'client-certificate-withheld',
          rule: 'RFC 2246 7.4.6',
          sentence: `The client certificate is kept back, and an empty Certificate goes out: ${why}. What follows is for the server to say.`
        }
      ])
      // The server decides, and this one continues without it.
      script.server.lastFlight()
      script.deliver()
      expect(script.recorder.suite).toBe(AES128_SHA)
    }
  )

  it('T-6: a server that cannot do without refuses, and the failure says what was kept back', () => {
    const script = scriptedServer(fitting)
    script.server.hello()
    script.server.certificate()
    script.server.request([1], [otherName])
    script.server.done()
    script.deliver()
    script.server.alert(true, 40)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      finding: 'client-certificate-wanted',
      facts: expect.arrayContaining([
        { kind: 'withheld', reason: expect.stringContaining('CN=Other Root CA') as string }
      ]) as unknown
    })
  })

  it('is answered with the empty Certificate when there is none', () => {
    const script = scriptedServer()
    script.server.hello()
    script.server.certificate()
    script.server.request()
    script.server.done()
    script.deliver()
    expect(script.server.received.map(({ name }) => name)).toEqual([
      'ClientHello',
      'Certificate',
      'ClientKeyExchange',
      'Finished'
    ])
    expect(script.server.received[1]).toEqual({ name: 'Certificate', chainDer: [] })
  })
})

describe('in transfer', () => {
  it('empty records and the 1/n-1 split are data as any other', () => {
    const script = openClient()
    script.server.record('application_data', Buffer.from('h'))
    script.server.record('application_data', Buffer.from('ello'))
    script.deliver()
    expect(script.recorder.text).toBe('hello')
    expect(script.recorder.received).toHaveLength(2)
  })

  it('a record of 2^14 bytes is taken whole', () => {
    const script = openClient()
    script.server.record('application_data', Buffer.alloc(2 ** 14, 'x'))
    script.deliver()
    expect(script.recorder.received.map(({ length }) => length)).toEqual([2 ** 14])
  })

  it('a HelloRequest is answered with no_renegotiation, and data goes on', () => {
    const script = openClient()
    script.server.record('handshake', Buffer.alloc(4))
    script.server.record('application_data', Buffer.from('on'))
    script.deliver()
    expect(script.server.alerts).toEqual(['no_renegotiation'])
    expect(script.recorder.text).toBe('on')
  })

  it('a warning is only traced', () => {
    const script = openClient()
    script.server.alert(false, 90)
    script.server.record('application_data', Buffer.from('on'))
    script.deliver()
    expect(script.recorder.text).toBe('on')
    expect(script.recorder.failure).toBeNull()
  })

  it('an alert in two records is one alert', () => {
    const script = openClient()
    script.server.record('alert', Buffer.from([2]))
    script.server.record('alert', Buffer.from([80]))
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      blame: 'alert-received',
      alert: 'internal_error',
      inTransfer: true
    })
  })
})

describe('the end', () => {
  it('by close_notify is answered and told once, and later bytes are ignored', () => {
    const script = openClient()
    script.server.record('application_data', Buffer.from('last words'))
    script.server.alert(false, 0)
    script.server.record('application_data', Buffer.from('too late'))
    script.deliver()
    script.client.transportEnded()
    script.client.send(Buffer.from('ignored'))
    expect(script.recorder.order).toEqual(['secret', 'opened', 'data', 'closedByPeer'])
    expect(script.server.alerts).toEqual(['close_notify'])
    expect(script.recorder.text).toBe('last words')
  })

  it('by close() sends close_notify and reports nothing more', () => {
    const script = openClient()
    script.client.close()
    script.client.close()
    script.deliver()
    script.server.alert(false, 0)
    script.deliver()
    script.client.transportEnded()
    expect(script.server.alerts).toEqual(['close_notify'])
    expect(script.recorder.order).toEqual(['secret', 'opened'])
  })

  it('by close_notify in the handshake is a failure', () => {
    const script = scriptedServer()
    script.server.hello()
    script.server.alert(false, 0)
    script.deliver()
    expect(script.recorder.failure).toMatchObject({
      blame: 'alert-received',
      alert: 'close_notify',
      expected: 'Certificate',
      inTransfer: false
    })
    expect(script.server.alerts).toEqual(['close_notify'])
  })

  it('of TCP in the handshake says what was missing', () => {
    const script = scriptedServer()
    script.client.transportEnded()
    expect(script.recorder.failure).toMatchObject({
      blame: 'transport',
      alert: null,
      inTransfer: false,
      sentence: 'The peer ended the TCP connection in the handshake, where ServerHello was expected.'
    })
    expect(script.recorder.takeOutput()).toHaveLength(0)
  })

  it('of TCP in transfer is a failure too (RFC 2246 7.2.1)', () => {
    const script = openClient()
    script.client.transportEnded()
    script.client.transportEnded()
    expect(script.recorder.order).toEqual(['secret', 'opened', 'failed'])
    expect(script.recorder.failure).toMatchObject({ blame: 'transport', inTransfer: true })
  })

  it('before the start is the end', () => {
    const recorder = new Recorder()
    const client = createTlsClient(clientOptions, recorder)
    client.close()
    client.start()
    client.receive(Buffer.from('1603010001', 'hex'))
    expect([recorder.outputs, recorder.traces, recorder.order]).toEqual([[], [], []])
  })
})

describe('the trace', () => {
  it('tells the handshake message by message, the encrypted ones in plain', () => {
    const script = openClient({ describeCertificate: () => 'CN=localhost' })
    expect(script.recorder.messages('out').map(({ name, encrypted, summary }) => [name, encrypted, summary])).toEqual([
      ['ClientHello', false, 'TLS 1.0, offers 1 suite: AES128-SHA'],
      ['ClientKeyExchange', false, 'premaster secret in 256 bytes of RSA'],
      ['ChangeCipherSpec', false, 'what follows is encrypted'],
      ['Finished', true, expect.stringMatching(/^verify data [0-9a-f]{24}$/)]
    ])
    expect(script.recorder.messages('in').map(({ name, encrypted, summary }) => [name, encrypted, summary])).toEqual([
      ['ServerHello', false, 'TLS 1.0, takes AES128-SHA, the session can be resumed'],
      ['Certificate', false, '1 certificate: CN=localhost'],
      ['ServerHelloDone', false, 'the rest is up to the client'],
      ['ChangeCipherSpec', false, 'what follows is encrypted'],
      ['Finished', true, expect.stringMatching(/^verify data [0-9a-f]{24}$/)]
    ])
    expect(script.recorder.traces.filter(({ kind }) => kind === 'suite')).toEqual([
      { kind: 'suite', suiteWireId: 0x2f, resumed: false }
    ])
  })

  it('counts every record with what it held', () => {
    const script = openClient()
    script.client.send(Buffer.from('twelve bytes'))
    const records = script.recorder.traces.filter((event) => event.kind === 'record')
    expect(records.at(-1)).toEqual({
      kind: 'record',
      direction: 'out',
      contentType: 'application_data',
      version: 0x0301,
      wireBytes: 48,
      plainBytes: 12,
      encrypted: true,
      macBytes: 20
    })
  })

  it('shows the message that broke the handshake', () => {
    const script = scriptedServer()
    script.server.sendHandshakeBytes(Buffer.from('020000020301', 'hex'))
    script.deliver()
    expect(script.recorder.messages('in')).toMatchObject([{ name: 'ServerHello', bytes: 6, summary: 'cannot be read' }])
    expect(script.recorder.messages('out').at(-1)).toMatchObject({
      name: 'Alert',
      summary: 'fatal decode_error (50)',
      fatal: true
    })
  })
})

function remarksOf({ traces }: Recorder): TlsRemark[] {
  return traces.flatMap((event) => (event.kind === 'remark' ? [event.remark] : []))
}
