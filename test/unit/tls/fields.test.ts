import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeHandshake } from '../../../src/main/tls/messages.ts'
import { memorySessionStore } from '../../../src/main/tls/session-store.ts'
import { readCertificate, rsaKey } from '../../../src/main/x509/certificate.ts'
import { RSA_SIGN } from '../../../src/shared/tls/certificate-types.ts'
import { describeMessage, describeRecord } from '../../../src/shared/tls/fields.ts'
import type { TlsField } from '../../../src/shared/tls/fields.ts'
import { handshakeTypeCodes } from '../../../src/shared/tls/names.ts'
import { AES128_SHA, allSuites } from '../../../src/shared/tls/suites.ts'
import type { TlsMessageEvent, TlsTraceEvent } from '../../../src/shared/tls/trace.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { connected, counting } from '../../fixtures/tls-pair.ts'

// Messages as fields and bytes.

const { ca, client, server } = testPki()

function messagesOf(traces: readonly TlsTraceEvent[]): TlsMessageEvent[] {
  return traces.filter((event): event is TlsMessageEvent => event.kind === 'message')
}

function find(fields: readonly TlsField[], name: string): TlsField {
  return fields.find((field) => field.name === name)!
}

/** Checks that every byte belongs to an outermost field, in order, and every inner field lies within its parent. */
function expectCovered(fields: readonly TlsField[], byteCount: number): void {
  const around: TlsField[] = []
  let covered = 0
  for (const field of fields) {
    expect(field.startByte).toBeLessThanOrEqual(field.endByte)
    around.length = field.depth
    const outer = around.at(-1)
    if (outer) expect(field.startByte >= outer.startByte && field.endByte <= outer.endByte).toBe(true)
    if (field.depth === 0) {
      expect(field.startByte).toBe(covered)
      covered = field.endByte
    }
    around.push(field)
  }
  expect(covered).toBe(byteCount)
}

const session = (): ReturnType<typeof connected> =>
  connected(
    { suites: allSuites, identity: { chainDer: [client.der], privateKey: client.privateKey }, random: counting() },
    {
      identity: { chainDer: [server.der, ca.der], privateKey: server.privateKey },
      sessions: memorySessionStore(),
      random: counting(),
      clientCertificates: {
        ask: 'require',
        check: ([leaf]) => rsaKey(readCertificate(leaf!).publicKey),
        authorities: [Buffer.from('3000', 'hex')]
      }
    }
  )

describe('every message of a session', () => {
  it('in both directions is made of fields without a gap, the encrypted ones too', () => {
    const pair = session()
    pair.client.close()
    pair.deliver()
    const messages = messagesOf(pair.atClient.traces)
    expect(new Set(messages.map(({ name }) => name))).toEqual(
      new Set([
        'ClientHello',
        'ServerHello',
        'Certificate',
        'CertificateRequest',
        'ServerHelloDone',
        'ClientKeyExchange',
        'CertificateVerify',
        'ChangeCipherSpec',
        'Finished',
        'Alert'
      ])
    )
    for (const message of messages) {
      expect(message.raw).toHaveLength(message.bytes)
      expectCovered(describeMessage(message), message.bytes)
    }
  })

  it('is the same to both sides', () => {
    const pair = session()
    const [out, into] = [pair.atClient.messages('out'), pair.atServer.messages('in')]
    expect(out.map(({ raw }) => Buffer.from(raw!))).toEqual(into.map(({ raw }) => Buffer.from(raw!)))
  })
})

describe('the fields of', () => {
  it('ClientHello say what is proposed', () => {
    const [hello] = messagesOf(session().atClient.traces)
    const fields = describeMessage(hello!)
    expect(fields.slice(0, 6)).toEqual([
      { startByte: 0, endByte: 1, depth: 0, name: 'message type', value: '1', meaning: 'ClientHello' },
      { startByte: 1, endByte: 4, depth: 0, name: 'length', value: '49', meaning: '49 bytes follow' },
      {
        startByte: 4,
        endByte: 6,
        depth: 0,
        name: 'version',
        value: '0x0301',
        meaning: 'TLS 1.0, the highest that the client speaks'
      },
      {
        startByte: 6,
        endByte: 10,
        depth: 0,
        name: 'gmt_unix_time',
        value: '1379030400',
        meaning: '2013-09-13 00:00:00 UTC'
      },
      {
        startByte: 10,
        endByte: 38,
        depth: 0,
        name: 'random bytes',
        value: '000102030405060708090a0b0c0d0e0f1011121314151617… (28 bytes)',
        meaning: 'so that no two connections have the same keys'
      },
      {
        startByte: 38,
        endByte: 39,
        depth: 0,
        name: 'session id',
        value: '0 bytes',
        meaning: 'a full handshake is asked for'
      }
    ])
    expect(fields.filter(({ name }) => name === 'suite').map(({ value, depth }) => [value, depth])).toEqual([
      ['0x0004', 1],
      ['0x0005', 1],
      ['0x002f', 1],
      ['0x0035', 1],
      ['0x0002', 1]
    ])
    expect(find(fields, 'suite').meaning).toBe('TLS_RSA_WITH_RC4_128_MD5 (RC4-MD5)')
  })

  it('extensions name them, and show the server name', () => {
    const raw = encodeHandshake({
      name: 'ClientHello',
      version: 0x0303,
      random: Buffer.alloc(32),
      sessionId: Buffer.alloc(0),
      suiteIds: [0x2f, 0xff, 0xc02f],
      compressionMethods: [0, 1],
      extensions: [
        { type: 0, data: Buffer.from('000e00000b6578616d706c652e6c6162', 'hex') },
        { type: 0xff01, data: Buffer.from([0]) },
        { type: 0x1234, data: Buffer.alloc(0) }
      ]
    })
    const fields = describeMessage({ name: 'ClientHello', raw })
    expectCovered(fields, raw.length)
    expect(fields.findLast(({ name }) => name === 'name')?.meaning).toBe('example.lab')
    expect(fields.filter(({ name }) => name === 'extension type').map(({ meaning }) => meaning)).toEqual([
      'server_name',
      'renegotiation_info',
      'extension 4660'
    ])
  })

  it('Certificate go down to names, dates and extensions', () => {
    const extensions = [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'www.example.lab' }], critical: true }]
    const certificate = makeCertificate({ name: 'shown', issuer: ca, ca: true, pathLength: 1, extensions })
    const raw = encodeHandshake({ name: 'Certificate', chainDer: [certificate.der, ca.der] })
    const fields = describeMessage({ name: 'Certificate', raw })
    expectCovered(fields, raw.length)
    const meanings = (name: string): (string | null)[] =>
      fields.filter((field) => field.name === name).map(({ meaning }) => meaning)
    expect(meanings('subject')).toEqual([
      'O=Telit simulator tests, CN=shown',
      'O=Telit simulator tests, CN=Test Root CA'
    ])
    expect(meanings('issuer')[0]).toBe('O=Telit simulator tests, CN=Test Root CA')
    expect(meanings('notBefore')[0]).toBe('100101000000Z')
    expect(meanings('signature algorithm')[0]).toBe('RSA with SHA-1')
    expect(meanings('key algorithm')[0]).toBe('RSA')
    expect(meanings('identifier')).toEqual(['basicConstraints', 'subjectAltName', 'basicConstraints'])
    expect(fields.some(({ name }) => name.includes('no DER'))).toBe(false)
  })

  it('an alert say how bad it is', () => {
    expect(describeMessage({ name: 'Alert', raw: Uint8Array.of(2, 40) }).map(({ meaning }) => meaning)).toEqual([
      'fatal',
      'handshake_failure: no acceptable set of parameters could be agreed on'
    ])
    expect(describeMessage({ name: 'Alert', raw: Uint8Array.of(1, 112) })[1]?.meaning).toMatch(/\(a warning\)$/)
  })

  it('a message that is cut short end where it does', () => {
    const fields = describeMessage({ name: 'ServerHello', raw: Buffer.from('0200002603010102', 'hex') })
    expect(fields.at(-1)).toEqual({
      startByte: 6,
      endByte: 8,
      depth: 0,
      name: 'gmt_unix_time',
      value: '4 bytes due, 2 there',
      meaning: 'cut short: the message is malformed'
    })
  })

  it('a message with too much in it say so', () => {
    const fields = describeMessage({ name: 'ServerHelloDone', raw: Buffer.from('0e000002beef', 'hex') })
    expect(fields.at(-1)).toMatchObject({ startByte: 4, endByte: 6, name: 'left over', value: 'beef' })
  })
})

it('noise and changed messages are described too, in bounds', () => {
  const messages = messagesOf(session().atClient.traces).map(({ raw }) => raw!)
  const change = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
    const changed = Uint8Array.from(bytes)
    changed[at % changed.length] = value
    return changed
  }
  const changedMessage = fc
    .tuple(fc.constantFrom(...messages), fc.nat(), fc.nat(255))
    .map(([bytes, at, value]) => change(bytes, at, value))
  fc.assert(
    fc.property(
      fc.oneof(changedMessage, fc.uint8Array({ maxLength: 200 })),
      fc.constantFrom('Alert', 'ChangeCipherSpec', ...Object.keys(handshakeTypeCodes)),
      (raw, name) => {
        for (const { startByte, endByte } of describeMessage({ name, raw })) {
          expect(startByte >= 0 && startByte <= endByte && endByte <= raw.length).toBe(true)
        }
      }
    ),
    { numRuns: 2000 }
  )
})

describe('a record is', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))(
    'header, content, MAC and padding with $name',
    ({ suite }) => {
      const pair = connected({ suites: [suite] }, { suites: [suite] })
      pair.client.send(Buffer.from('twelve bytes'))
      const record = pair.atClient.traces.findLast((event) => event.kind === 'record')!
      const fields = describeRecord(record)
      expectCovered(fields, 5 + record.wireBytes)
      expect(fields.map(({ name, startByte, endByte }) => [name, endByte - startByte])).toEqual([
        ['content type', 1],
        ['version', 2],
        ['length', 2],
        ['content', 12],
        ['MAC', suite.macBytes],
        ...(suite.ivBytes > 0 ? [['padding', 16]] : [])
      ])
      expect(fields[0]).toMatchObject({ value: '23', meaning: 'application_data' })
    }
  )

  it('all content before ChangeCipherSpec', () => {
    const [record] = connected({ suites: [AES128_SHA] }, {}).atClient.traces.filter((event) => event.kind === 'record')
    expect(describeRecord(record!).map(({ name }) => name)).toEqual(['content type', 'version', 'length', 'content'])
  })
})

it('the types of certificate that a request names are told apart', () => {
  const raw = encodeHandshake({ name: 'CertificateRequest', certificateTypes: [RSA_SIGN, 64], authorities: [] })
  const fields = describeMessage({ name: 'CertificateRequest', raw })
  expect(fields.filter(({ name }) => name === 'type').map(({ meaning }) => meaning)).toEqual(['rsa_sign', 'ecdsa_sign'])
  expect(find(fields, 'authorities').meaning).toBe('none named: any will do')
})
