import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readCertificate, readSubjectPublicKey, rsaKey } from '../../../src/main/x509/certificate.ts'
import { readName } from '../../../src/main/x509/name.ts'
import { readTime, timeText } from '../../../src/main/x509/time.ts'
import { signatureVerifies } from '../../../src/main/x509/signature.ts'
import { derTags } from '../../../src/main/x509/der.ts'
import type { DerElement } from '../../../src/main/x509/der.ts'
import { X509Fault } from '../../../src/main/x509/fault.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import type { CertificateOptions } from '../../fixtures/pki.ts'

describe('a certificate', () => {
  it('is read as node:crypto reads it', () => {
    const { der } = testPki().client
    const certificate = readCertificate(der)
    const other = new X509Certificate(der)
    expect(certificate.subject.text).toBe('O=Telit simulator tests, CN=module')
    expect(certificate.issuer.shortText).toBe('CN=Test Root CA')
    expect(certificate.notBeforeMs).toBe(Date.parse(other.validFrom))
    expect(certificate.notAfterMs).toBe(Date.parse(other.validTo))
    expect(certificate.version).toBe(3)
    expect(rsaKey(certificate.publicKey).equals(other.publicKey)).toBe(true)
    expect(rsaKey(readSubjectPublicKey(der)).equals(other.publicKey)).toBe(true)
  })

  it('of version 1 has no extensions', () => {
    const { der } = makeCertificate({ name: 'old', version: 1 })
    expect(readCertificate(der)).toMatchObject({ version: 1, extensions: { basicConstraints: null, keyUsage: null, unknownCritical: [] } })
  })

  it('shows its constraints, its usage and what it calls critical', () => {
    const { der } = makeCertificate({
      name: 'sub', ca: true, pathLength: 2,
      extensions: [
        { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
        { name: 'extKeyUsage', critical: true, serverAuth: true },
        { id: '1.2.3.4', critical: true, value: '\x05\x00' },
        { id: '1.2.3.5', critical: false, value: '\x05\x00' }
      ]
    })
    expect(readCertificate(der).extensions).toEqual({
      basicConstraints: { isCa: true, pathLength: 2 }, keyUsage: ['keyCertSign', 'cRLSign'], unknownCritical: ['1.2.3.4']
    })
  })

  it('with an EC key can be read, and only its key is refused', () => {
    const certificate = readCertificate(makeCertificate({ name: 'elliptic', keyType: 'ec' }).der)
    expect(certificate.subject.shortText).toBe('CN=elliptic')
    expect(() => rsaKey(certificate.publicKey)).toThrow('has a key that is not RSA but EC')
  })

  it('with an extension twice is refused', () => {
    const twice = { id: '1.2.3.5', value: '\x05\x00' }
    const { der } = makeCertificate({ name: 'twice', extensions: [twice, twice] })
    expect(() => readCertificate(der)).toThrow('has the extension 1.2.3.5 twice')
  })

  it('that names another signature algorithm outside of what is signed is refused (RFC 2459 4.1.1.2)', () => {
    const changed = Buffer.from(testPki().server.der)
    const sha1WithRsa = Buffer.from('2a864886f70d010105', 'hex')
    // SHA-256 with RSA instead, of the same length.
    changed[changed.lastIndexOf(sha1WithRsa) + 8] = 11
    expect(() => readCertificate(changed)).toThrow('names two signature algorithms')
  })

  it('followed by something is refused', () => {
    expect(() => readCertificate(Buffer.concat([testPki().client.der, Buffer.from([0])]))).toThrow('left over after the certificate')
  })
})

describe('signatures', () => {
  it.each<[string, Partial<CertificateOptions>]>([
    [
      'MD5', { hash: 'md5' }], ['SHA-1', { hash: 'sha1' }], ['SHA-256', { hash: 'sha256' }], ['SHA-384', { hash: 'sha384' }], ['SHA-512',
      { hash: 'sha512' }
    ]
  ])('of RSA with %s verify, and not with another key', (_, options) => {
    const { ca, otherCa } = testPki()
    const certificate = readCertificate(makeCertificate({ name: 'signed', issuer: ca, ...options }).der)
    expect(signatureVerifies(certificate, ca.privateKey)).toBe(true)
    expect(signatureVerifies(certificate, otherCa.privateKey)).toBe(false)
  })

  it('over a changed body do not verify', () => {
    const { ca, client } = testPki()
    const certificate = readCertificate(client.der)
    expect(signatureVerifies({ ...certificate, tbs: Buffer.concat([certificate.tbs, Buffer.from([0])]) }, ca.privateKey)).toBe(false)
    expect(signatureVerifies({ ...certificate, signature: certificate.signature.subarray(1) }, ca.privateKey)).toBe(false)
  })

  it.each<[string, CertificateOptions]>([
    ['RSA-PSS', { name: 'pss', signature: 'pss' }],
    ['ECDSA with SHA-256', { name: 'ecdsa', keyType: 'ec' }]
  ])('of %s are named as what cannot be checked', (got, options) => {
    const certificate = readCertificate(makeCertificate(options).der)
    expect(() => signatureVerifies(certificate, testPki().ca.privateKey)).toThrow(`is signed with ${got}, which the module cannot check`)
  })
})

describe('names', () => {
  it('are equal whatever the kind of string, the case and the spaces (RFC 2459 4.1.2.4)', () => {
    const utf8 = commonName(derTags.utf8String, Buffer.from('Test name'))
    const others = [
      commonName(derTags.printableString, Buffer.from(' TEST   NAME ')),
      commonName(derTags.bmpString, Buffer.from('Test Name', 'utf16le').swap16()),
      commonName(derTags.teletexString, Buffer.from('test name'))
    ]
    expect(others.map(({ canonical }) => canonical)).toEqual(others.map(() => utf8.canonical))
    expect(commonName(derTags.utf8String, Buffer.from('Testname')).canonical).not.toBe(utf8.canonical)
  })

  it('are shown without control characters', () => {
    expect(commonName(derTags.utf8String, Buffer.from('\x1b[2J')).text).toBe('CN=?[2J')
  })

  it('may be empty', () => {
    expect(readName(element(derTags.sequence))).toMatchObject({ text: '(empty name)', shortText: '(empty name)' })
  })
})

function commonName(stringTag: number, value: Buffer): ReturnType<typeof readName> {
  const oid = element(derTags.oid, Buffer.from('550403', 'hex'))
  const attribute = element(derTags.sequence, oid.raw, element(stringTag, value).raw)
  return readName(element(derTags.sequence, element(derTags.set, attribute.raw).raw))
}

function element(tag: number, ...parts: readonly Buffer[]): DerElement {
  const content = Buffer.concat(parts)
  return { tag, content, raw: Buffer.concat([Buffer.from([tag, content.length]), content]) }
}

describe('times', () => {
  const time = (tag: number, text: string): number => readTime({ tag, content: Buffer.from(text), raw: Buffer.alloc(0) }, 'notAfter')

  it.each([
    ['130913120000Z', '2013-09-13 12:00:00 UTC'],
    ['500101000000Z', '1950-01-01 00:00:00 UTC'],
    ['491231235959Z', '2049-12-31 23:59:59 UTC'],
    ['9909131200Z', '1999-09-13 12:00:00 UTC'],
    ['990913120000+0200', '1999-09-13 10:00:00 UTC']
  ])('UTCTime %s is %s', (text, expected) => {
    expect(timeText(time(derTags.utcTime, text))).toBe(expected)
  })

  it.each([
    ['20500101000000Z', '2050-01-01 00:00:00 UTC'],
    ['19491231235959Z', '1949-12-31 23:59:59 UTC'],
    ['20130913120000.5Z', '2013-09-13 12:00:00 UTC'],
    ['99991231235959Z', '9999-12-31 23:59:59 UTC'],
    ['00010101000000Z', '0001-01-01 00:00:00 UTC']
  ])('GeneralizedTime %s is %s', (text, expected) => {
    expect(timeText(time(derTags.generalizedTime, text))).toBe(expected)
  })

  const noTimes = ['', '1309131200', '131313120000Z', '130231120000Z', '130913250000Z', '130913126000Z', 'hello world Z']
  it.each(noTimes)('%j is no time', (text) => {
    expect(() => time(derTags.utcTime, text)).toThrow(X509Fault)
  })
})
