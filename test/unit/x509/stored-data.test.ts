import { describe, expect, it } from 'vitest'
import { secureTransport } from '../../../src/main/simulator/secure-transport.ts'
import { verdictsOf } from '../../../src/main/x509/would-work.ts'
import type { StoredData, StoredDataPolicy } from '../../../src/shared/contracts/security.ts'
import type { SecuritySlot } from '../../../src/shared/hardware/security-slots.ts'
import { makeCertificate, pemOf, testKey, testPki } from '../../fixtures/pki.ts'
import { systemRandom } from '../../fixtures/tls-endpoints.ts'

// Security data as people store it: what can be used, and one sentence why not (G-3.3-5, D-12, D-32).

const gsm: StoredDataPolicy = { pemLineEnds: 'lf-only', keyFormats: ['pkcs1', 'pkcs8'] }
const umts: StoredDataPolicy = { pemLineEnds: 'any', keyFormats: ['pkcs1'] }
const { ca, client, otherClient, server } = testPki()
const transport = secureTransport({ random: systemRandom })
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('a good slot is described', () => {
  it('as a certificate in PEM', () => {
    expect(transport.describe('ca-certificate', bytes(ca.pem), gsm)).toEqual({
      format: 'PEM',
      subject: 'O=Telit simulator tests, CN=Test Root CA',
      issuer: 'O=Telit simulator tests, CN=Test Root CA',
      notBeforeMs: Date.UTC(2010, 0, 1),
      notAfterMs: Date.UTC(2049, 11, 31),
      keyBits: 2048,
      sha1Fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/),
      fault: null
    })
  })

  it('as a certificate in DER', () => {
    expect(transport.describe('client-certificate', client.der, umts)).toMatchObject({
      format: 'DER',
      subject: 'O=Telit simulator tests, CN=module',
      fault: null
    })
  })

  it.each<[string, Uint8Array, StoredDataPolicy, string]>([
    ['PKCS#1 in PEM', bytes(client.keyPkcs1Pem), umts, 'PEM'],
    ['PKCS#8 in PEM', bytes(client.keyPkcs8Pem), gsm, 'PEM'],
    ['PKCS#1 in DER', client.privateKey.export({ type: 'pkcs1', format: 'der' }), umts, 'DER'],
    [
      'PKCS#8 in DER',
      client.privateKey.export({ type: 'pkcs8', format: 'der' }),
      { ...umts, keyFormats: ['pkcs8'] },
      'DER'
    ]
  ])('as a key in %s', (_, stored, policy, format) => {
    expect(transport.describe('private-key', stored, policy)).toMatchObject({
      format,
      keyBits: 2048,
      subject: null,
      fault: null
    })
  })

  it('with text before and after the PEM block, as openssl x509 -text writes it', () => {
    expect(
      transport.describe('ca-certificate', bytes(`Certificate:\n    Data:\n${ca.pem}\nthe end\n`), gsm).fault
    ).toBeNull()
  })

  it('with CR LF where the product does not mind', () => {
    expect(transport.describe('ca-certificate', bytes(ca.pem.replaceAll('\n', '\r\n')), umts).fault).toBeNull()
  })

  it('without a line break at its end', () => {
    expect(transport.describe('ca-certificate', bytes(ca.pem.trimEnd()), gsm).fault).toBeNull()
  })
})

const encryptedPkcs8 = client.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
  .toString()
const encryptedPkcs1 = client.privateKey
  .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
  .toString()

describe('a bad slot says what is wrong', () => {
  it.each<[string, SecuritySlot, Uint8Array, StoredDataPolicy, string]>([
    [
      'CR LF on GSM',
      'ca-certificate',
      bytes(ca.pem.replaceAll('\n', '\r\n')),
      gsm,
      'The stored CA certificate holds a CR (0x0D) in line 1.'
    ],
    [
      'one CR on GSM',
      'ca-certificate',
      bytes(ca.pem.replace('\n', '\n\r')),
      gsm,
      'The stored CA certificate holds a CR (0x0D) in line 2.'
    ],
    [
      '0x04 on GSM',
      'ca-certificate',
      bytes(`${ca.pem}\x04`),
      gsm,
      `The stored CA certificate holds an end-of-transmission byte (0x04) in line ${lineCount(ca.pem) + 1}.`
    ],
    [
      '0x00 on GSM',
      'client-certificate',
      bytes(`\0${ca.pem}`),
      gsm,
      'The stored client certificate holds a NUL byte (0x00) in line 1.'
    ],
    [
      '0xFF on GSM',
      'private-key',
      bytes(`${client.keyPkcs1Pem}\xff`),
      gsm,
      `The stored private key holds an end-of-file byte (0xFF) in line ${lineCount(client.keyPkcs1Pem) + 1}.`
    ],
    [
      'no END line',
      'ca-certificate',
      bytes(ca.pem.slice(0, -28)),
      gsm,
      'The stored CA certificate has no END line: it was cut short.'
    ],
    [
      'two labels',
      'ca-certificate',
      bytes(ca.pem.replace('END CERT', 'END DIRT')),
      gsm,
      'The stored CA certificate begins and ends with different labels.'
    ],
    [
      'a wrong character',
      'ca-certificate',
      bytes(ca.pem.replace(/\n(....)/, '\n$1!')),
      gsm,
      'The stored CA certificate holds a character that is no base64 in line 2.'
    ],
    [
      'a lost character',
      'ca-certificate',
      bytes(ca.pem.replace(/\nM/, '\n')),
      gsm,
      'The stored CA certificate has a base64 text that is not whole.'
    ],
    [
      'nothing inside',
      'ca-certificate',
      bytes(pemOf('CERTIFICATE', Buffer.alloc(0))),
      gsm,
      'The stored CA certificate has nothing between BEGIN and END.'
    ],
    [
      'no certificate inside',
      'ca-certificate',
      bytes(pemOf('CERTIFICATE', Buffer.from('3003020101', 'hex'))),
      gsm,
      'The stored CA certificate has no certificate body where one is due.'
    ],
    [
      'a key in its place',
      'client-certificate',
      bytes(client.keyPkcs1Pem),
      gsm,
      'The stored client certificate is no certificate.'
    ],
    [
      'a certificate in its place',
      'private-key',
      bytes(client.pem),
      gsm,
      'The stored private key is no RSA private key.'
    ],
    ['DER on GSM', 'ca-certificate', ca.der, gsm, 'The stored CA certificate is in DER.'],
    [
      'neither PEM nor DER',
      'ca-certificate',
      bytes('hello'),
      umts,
      'The stored CA certificate is neither PEM nor DER.'
    ],
    [
      'a DER that is cut short',
      'ca-certificate',
      ca.der.subarray(0, 300),
      umts,
      'The stored CA certificate is cut short in certificate.'
    ],
    [
      'PKCS#8 where only PKCS#1 is read',
      'private-key',
      bytes(client.keyPkcs8Pem),
      umts,
      'The stored private key is in a format that this product does not read.'
    ],
    [
      'an encrypted PKCS#8 key',
      'private-key',
      bytes(encryptedPkcs8),
      gsm,
      'The stored private key is encrypted with a passphrase, which the module cannot ask for.'
    ],
    [
      'an encrypted PKCS#1 key',
      'private-key',
      bytes(encryptedPkcs1),
      gsm,
      'The stored private key is encrypted with a passphrase, which the module cannot ask for.'
    ],
    [
      'an EC key',
      'private-key',
      bytes(testKey('stored', 'ec').export({ type: 'pkcs8', format: 'pem' }).toString()),
      gsm,
      'The stored private key is no RSA key.'
    ],
    [
      'an EC key of its own format',
      'private-key',
      bytes(testKey('stored', 'ec').export({ type: 'sec1', format: 'pem' }).toString()),
      gsm,
      'The stored private key is no RSA private key.'
    ],
    [
      'a broken key',
      'private-key',
      bytes(pemOf('RSA PRIVATE KEY', Buffer.from('3006020100020105', 'hex'))),
      gsm,
      'The stored private key ends where public exponent is due.'
    ],
    [
      'an authority with an EC key',
      'ca-certificate',
      bytes(makeCertificate({ name: 'EC authority', keyType: 'ec', ca: true }).pem),
      gsm,
      'The stored CA certificate has a key that is not RSA but EC.'
    ]
  ])('%s', (_, slot, stored, policy, fault) => {
    expect(transport.describe(slot, stored, policy).fault).toBe(fault)
  })

  it('and never quotes a private key', () => {
    const broken = client.keyPkcs1Pem.replace(/\n(.{20})(.)/, '\n$1!')
    const { fault } = transport.describe('private-key', bytes(broken), gsm)
    for (const line of client.keyPkcs1Pem.split('\n').slice(1, -2)) expect(fault).not.toContain(line.slice(0, 8))
  })
})

describe('before a dial', () => {
  const all: StoredData = {
    authMode: 2,
    caCertificate: bytes(ca.pem),
    clientCertificate: bytes(client.pem),
    privateKey: bytes(client.keyPkcs1Pem)
  }

  it.each<[string, StoredData]>([
    ['nothing for auth mode 0', { authMode: 0, caCertificate: null, clientCertificate: null, privateKey: null }],
    ['only the authority for auth mode 1', { ...all, authMode: 1, clientCertificate: null, privateKey: null }],
    ['all three for auth mode 2', all],
    ['and what is not needed may be rubbish', { ...all, authMode: 0, caCertificate: bytes('rubbish') }],
    ['a certificate for the same key by another authority', { ...all, clientCertificate: bytes(otherClient.pem) }]
  ])('%s is enough', (_, stored) => {
    expect(transport.checkStored(stored, gsm)).toBeNull()
  })

  it.each<[string, Partial<StoredData>, string, string]>([
    [
      'no authority',
      { caCertificate: null, authMode: 1 },
      'No CA certificate is stored, which auth mode 1 needs.',
      'G-3.2-5'
    ],
    [
      'no client certificate',
      { clientCertificate: null },
      'No client certificate is stored, which auth mode 2 needs.',
      'G-3.2-5'
    ],
    ['no key', { privateKey: new Uint8Array(0) }, 'No private key is stored, which auth mode 2 needs.', 'G-3.2-5'],
    [
      'a spoiled authority',
      { caCertificate: bytes(`\r${ca.pem}`) },
      'The stored CA certificate holds a CR (0x0D) in line 1.',
      'G-3.3-5'
    ],
    [
      'the key of another pair',
      { privateKey: bytes(server.keyPkcs1Pem) },
      'The stored private key does not belong to the stored client certificate.',
      'D-27'
    ]
  ])('%s is the module’s own fault (837)', (_, changes, sentence, rule) => {
    expect(transport.checkStored({ ...all, ...changes }, gsm)).toMatchObject({
      blame: 'own-data',
      alert: null,
      sentence,
      rule,
      inTransfer: false
    })
  })

  it('a client that is made all the same fails as soon as it starts', () => {
    const failures: unknown[] = []
    const events = {
      output: unreachable,
      opened: unreachable,
      data: unreachable,
      closedByPeer: unreachable,
      trace: unreachable,
      failed: (failure: unknown) => void failures.push(failure)
    }
    const secureClient = transport.createClient(
      {
        suites: [],
        stored: { ...all, privateKey: null },
        storedPolicy: gsm,
        farEnd: '',
        clockChipMs: () => 0,
        serverPolicy: {
          checkNotBefore: true,
          checkExpiry: true,
          acceptSha256Signatures: true,
          maxCertificateBytes: 2047
        }
      },
      events
    )
    secureClient.start()
    secureClient.receive(Buffer.from('x'))
    secureClient.close()
    expect(failures).toMatchObject([
      { blame: 'own-data', sentence: 'No private key is stored, which auth mode 2 needs.' }
    ])
  })
})

describe('whether the client certificate and its key would work', () => {
  const judged = (clientCertificate: string, privateKey: string, caCertificate: string | null) =>
    verdictsOf({
      stored: {
        authMode: 2,
        caCertificate: caCertificate === null ? null : bytes(caCertificate),
        clientCertificate: bytes(clientCertificate),
        privateKey: bytes(privateKey)
      },
      storedPolicy: gsm,
      serverPolicy: {
        checkNotBefore: true,
        checkExpiry: true,
        acceptSha256Signatures: true,
        maxCertificateBytes: 2047
      },
      clockMs: Date.UTC(2026, 0, 1),
      chainDer: null,
      farEnd: null
    })

  it.each([
    ['no CA certificate', null],
    ['a CA certificate that cannot be read', 'none'],
    ['a good CA certificate', ca.pem]
  ])('is judged by the two alone: %s beside them', (_, caCertificate) => {
    const [certificate, , key] = judged(client.pem, client.keyPkcs1Pem, caCertificate)
    expect([certificate!.word, key!.word]).toEqual(['yes', 'yes'])
  })

  it('names the client certificate where that is unusable, for the key as well', () => {
    const [certificate, , key] = judged(client.pem.replace('\n', '\r\n'), client.keyPkcs1Pem, ca.pem)
    const sentence = 'The stored client certificate holds a CR (0x0D) in line 1.'
    expect(certificate).toMatchObject({ word: 'no', brief: 'unusable: 837', sentence })
    expect(key).toMatchObject({ word: 'no', brief: 'slot 0 is unusable', sentence })
  })

  it('names the key where that is unusable', () => {
    const [certificate, , key] = judged(client.pem, client.keyPkcs1Pem.replace('\n', '\r\n'), ca.pem)
    expect(certificate).toMatchObject({ word: 'no', brief: 'its key is unusable' })
    expect(key).toMatchObject({ word: 'no', brief: 'unusable: 837', sentence: expect.stringContaining('private key') })
  })
})

function unreachable(): void {
  expect.unreachable()
}

function lineCount(text: string): number {
  return text.split('\n').length - 1
}
