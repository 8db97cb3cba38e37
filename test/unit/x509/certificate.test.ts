import { X509Certificate, constants, createHash, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readCertificate, readSubjectPublicKey, rsaKey } from '../../../src/main/x509/certificate.ts'
import { derTags } from '../../../src/main/x509/der.ts'
import type { DerElement } from '../../../src/main/x509/der.ts'
import { readExtensions } from '../../../src/main/x509/extensions.ts'
import { X509Fault } from '../../../src/main/x509/fault.ts'
import { readName } from '../../../src/main/x509/name.ts'
import { signatureVerifies } from '../../../src/main/x509/signature.ts'
import { readTime, timeText } from '../../../src/main/x509/time.ts'
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
    expect(readCertificate(der)).toMatchObject({
      version: 1,
      extensions: { basicConstraints: null, keyUsage: null, unknownCritical: [], unreadCritical: [] }
    })
  })

  it('shows its constraints, its usage and what it calls critical', () => {
    const { der } = makeCertificate({
      name: 'sub',
      ca: true,
      pathLength: 2,
      extensions: [
        { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
        { name: 'extKeyUsage', critical: true, serverAuth: true },
        { id: '1.2.3.4', critical: true, value: '\x05\x00' },
        { id: '1.2.3.5', critical: false, value: '\x05\x00' }
      ]
    })
    expect(readCertificate(der).extensions).toEqual({
      basicConstraints: { isCa: true, pathLength: 2 },
      keyUsage: ['keyCertSign', 'cRLSign'],
      unknownCritical: ['1.2.3.4'],
      unreadCritical: ['extKeyUsage']
    })
  })

  it.each([
    ['a CA flag of no bytes', '551d13', '30020100', 'CA flag that is neither TRUE nor FALSE'],
    [
      'a path length of 0 in five bytes',
      '551d13',
      '300a0101ff02050000000000',
      "path length that is not in DER's shortest form"
    ],
    ['a negative path length', '551d13', '30060101ff0201ff', 'path length that is no natural number'],
    ['bytes behind basicConstraints', '551d13', '30030101ff0500', 'left over after basicConstraints'],
    ['a usage hidden in unused bits', '551d0f', '03020784', 'keyUsage that is no string of bits'],
    ['bytes behind keyUsage', '551d0f', '030202040500', 'left over after keyUsage']
  ])('with %s is refused', (_, oid, valueHex, sentence) => {
    const extension = element(
      derTags.sequence,
      element(derTags.oid, Buffer.from(oid, 'hex')).raw,
      element(derTags.octetString, Buffer.from(valueHex, 'hex')).raw
    )
    expect(() => readExtensions(element(0xa3, element(derTags.sequence, extension.raw).raw))).toThrow(sentence)
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
    expect(() => readCertificate(Buffer.concat([testPki().client.der, Buffer.from([0])]))).toThrow(
      'left over after the certificate'
    )
  })
})

describe('an RSA key', () => {
  const algorithmOid = '1.2.840.113549.1.1.1'
  const modulus = `00${'c5'.repeat(64)}`
  const key = (modulusHex: string, exponentHex: string, behind = ''): Buffer => {
    const integer = (hex: string): Buffer => longElement(derTags.integer, Buffer.from(hex, 'hex'))
    return Buffer.concat([
      longElement(derTags.sequence, integer(modulusHex), integer(exponentHex)),
      Buffer.from(behind, 'hex')
    ])
  }

  it('may have any exponent that RSA can use, up to 33 bits', () => {
    for (const exponent of ['03', '11', '010001', '01ffffffff']) {
      expect(rsaKey({ algorithmOid, bytes: key(modulus, exponent) }).asymmetricKeyDetails!.publicExponent).toBe(
        BigInt(`0x${exponent}`)
      )
    }
  })

  // OpenSSL accepts most of these, BoringSSL hardly any.
  it.each([
    ['a modulus of 0', key('00', '03'), 'modulus is even'],
    ['an even modulus', key(`00${'c4'.repeat(64)}`, '03'), 'modulus is even'],
    ['a negative modulus', key('c5'.repeat(64), '03'), 'RSA modulus that is no natural number'],
    ['a padded modulus', key(`0000${'c5'.repeat(64)}`, '03'), "not in DER's shortest form"],
    ['no modulus', key('', '03'), 'no natural number'],
    ['a modulus of 16,392 bits', key(`00${'c5'.repeat(2049)}`, '03'), 'too long'],
    ['the exponent 0', key(modulus, '00'), 'exponent cannot be one'],
    ['the exponent 1, which encrypts nothing', key(modulus, '01'), 'exponent cannot be one'],
    ['the exponent 2', key(modulus, '02'), 'exponent cannot be one'],
    ['a negative exponent', key(modulus, 'fd'), 'RSA exponent that is no natural number'],
    ['an exponent of 512 bits', key(modulus, modulus), 'exponent cannot be one'],
    ['something behind it', key(modulus, '03', '0500'), 'left over after the RSA key'],
    [
      'another number in it',
      longElement(
        derTags.sequence,
        ...['00', '03', '05'].map((hex) => element(derTags.integer, Buffer.from(hex, 'hex')).raw)
      ),
      'left over after the RSA exponent'
    ]
  ])('with %s is refused', (_, bytes, sentence) => {
    expect(() => rsaKey({ algorithmOid, bytes })).toThrow(X509Fault)
    expect(() => rsaKey({ algorithmOid, bytes })).toThrow(sentence)
  })
})

describe('signatures', () => {
  /** Signs `certificate` again. `block` changes the bytes that PKCS #1 signs. */
  const forged = (block: (info: Buffer) => Buffer): boolean => {
    const { ca } = testPki()
    const certificate = readCertificate(testPki().client.der)
    const info = Buffer.concat([
      Buffer.from('3021300906052b0e03021a05000414', 'hex'),
      createHash('sha1').update(certificate.tbs).digest()
    ])
    const signature = privateEncrypt({ key: ca.privateKey, padding: constants.RSA_NO_PADDING }, block(info))
    return signatureVerifies({ ...certificate, signature }, ca.privateKey)
  }
  const padded = (info: Buffer, paddingBytes = 256 - 3 - info.length): Buffer =>
    Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(paddingBytes, 0xff), Buffer.from([0]), info])
  const upTo256 = (start: Buffer): Buffer => Buffer.concat([start, Buffer.alloc(256 - start.length, 0x5a)])

  it('are compared whole: nothing before, behind or in the middle of the digest is let pass (Bleichenbacher 2006)', () => {
    expect(forged((info) => padded(info))).toBe(true)
    expect(forged((info) => upTo256(padded(info, 8)))).toBe(false)
    expect(forged((info) => padded(Buffer.concat([info, Buffer.of(0)])))).toBe(false)
    // Parameters other than NULL.
    expect(
      forged((info) =>
        padded(Buffer.concat([Buffer.from('3023300b06052b0e03021a0502aabb0414', 'hex'), info.subarray(-20)]))
      )
    ).toBe(false)
    // A length in long form, another hash, block type 2, a gap in the padding.
    expect(forged((info) => padded(Buffer.concat([Buffer.from('308121', 'hex'), info.subarray(2)])))).toBe(false)
    expect(
      forged((info) =>
        padded(Buffer.concat([Buffer.from('3020300c06082a864886f70d020505000410', 'hex'), info.subarray(-16)]))
      )
    ).toBe(false)
    expect(forged((info) => Buffer.concat([Buffer.from([0, 2]), padded(info).subarray(2)]))).toBe(false)
    expect(forged((info) => padded(info).fill(0xfe, 100, 101))).toBe(false)
  })

  it('without the NULL of the hash are let pass, as some old signers made them (RFC 3447 A.2.4)', () => {
    expect(
      forged((info) => padded(Buffer.concat([Buffer.from('301f300706052b0e03021a0414', 'hex'), info.subarray(-20)])))
    ).toBe(true)
  })

  it('without their leading zero do not verify (RFC 3447 8.2.2)', () => {
    const { ca } = testPki()
    const certificate = readCertificate(testPki().client.der)
    // The test chooses the body: one in 256 has a signature that begins with a zero.
    for (let serial = 0; ; serial++) {
      const tbs = Buffer.from(`body ${serial}`)
      const info = Buffer.concat([
        Buffer.from('3021300906052b0e03021a05000414', 'hex'),
        createHash('sha1').update(tbs).digest()
      ])
      const signature = privateEncrypt({ key: ca.privateKey, padding: constants.RSA_PKCS1_PADDING }, info)
      if (signature[0] !== 0) continue
      expect(signatureVerifies({ ...certificate, tbs, signature }, ca.privateKey)).toBe(true)
      expect(signatureVerifies({ ...certificate, tbs, signature: signature.subarray(1) }, ca.privateKey)).toBe(false)
      return
    }
  })

  it.each<[string, Partial<CertificateOptions>]>([
    ['MD5', { hash: 'md5' }],
    ['SHA-1', { hash: 'sha1' }],
    ['SHA-256', { hash: 'sha256' }],
    ['SHA-384', { hash: 'sha384' }],
    ['SHA-512', { hash: 'sha512' }]
  ])('of RSA with %s verify, and not with another key', (_, options) => {
    const { ca, otherCa } = testPki()
    const certificate = readCertificate(makeCertificate({ name: 'signed', issuer: ca, ...options }).der)
    expect(signatureVerifies(certificate, ca.privateKey)).toBe(true)
    expect(signatureVerifies(certificate, otherCa.privateKey)).toBe(false)
  })

  it('over a changed body do not verify', () => {
    const { ca, client } = testPki()
    const certificate = readCertificate(client.der)
    expect(
      signatureVerifies({ ...certificate, tbs: Buffer.concat([certificate.tbs, Buffer.from([0])]) }, ca.privateKey)
    ).toBe(false)
    expect(signatureVerifies({ ...certificate, signature: certificate.signature.subarray(1) }, ca.privateKey)).toBe(
      false
    )
  })

  it.each<[string, CertificateOptions]>([
    ['RSA-PSS', { name: 'pss', signature: 'pss' }],
    ['ECDSA with SHA-256', { name: 'ecdsa', keyType: 'ec' }]
  ])('of %s are named as what cannot be checked', (got, options) => {
    const certificate = readCertificate(makeCertificate(options).der)
    expect(() => signatureVerifies(certificate, testPki().ca.privateKey)).toThrow(
      `is signed with ${got}, which the module cannot check`
    )
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

  it('are cut where they would fill a screen, but compared whole', () => {
    const long = (end: string): ReturnType<typeof readName> => {
      const attribute = longElement(
        derTags.sequence,
        element(derTags.oid, Buffer.from('550403', 'hex')).raw,
        longElement(derTags.utf8String, Buffer.from('x'.repeat(50_000) + end))
      )
      const content = longElement(derTags.set, attribute)
      return readName({ tag: derTags.sequence, content, raw: content })
    }
    expect(long('').text).toHaveLength(513)
    expect(long('').shortText).toHaveLength(97)
    expect(long('a').canonical).not.toBe(long('b').canonical)
  })

  it('may hold values of any kind', () => {
    expect(commonName(derTags.numericString, Buffer.from('12 34')).text).toBe('CN=12 34')
    expect(commonName(derTags.visibleString, Buffer.from('shop')).text).toBe('CN=shop')
    expect(commonName(derTags.sequence, Buffer.from('0500', 'hex')).text).toBe('CN=#30020500')
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

/** Returns an element with content of any length. */
function longElement(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

describe('times', () => {
  const time = (tag: number, text: string): number =>
    readTime({ tag, content: Buffer.from(text), raw: Buffer.alloc(0) }, 'notAfter')

  it.each([
    ['130913120000Z', '2013-09-13 12:00:00 UTC'],
    ['500101000000Z', '1950-01-01 00:00:00 UTC'],
    ['491231235959Z', '2049-12-31 23:59:59 UTC']
  ])('UTCTime %s is %s', (text, expected) => {
    expect(timeText(time(derTags.utcTime, text))).toBe(expected)
  })

  it.each([
    ['20500101000000Z', '2050-01-01 00:00:00 UTC'],
    ['19491231235959Z', '1949-12-31 23:59:59 UTC'],
    ['99991231235959Z', '9999-12-31 23:59:59 UTC'],
    ['00010101000000Z', '0001-01-01 00:00:00 UTC']
  ])('GeneralizedTime %s is %s', (text, expected) => {
    expect(timeText(time(derTags.generalizedTime, text))).toBe(expected)
  })

  const noTimes = [
    '',
    '1309131200',
    '131313120000Z',
    '130231120000Z',
    '130913250000Z',
    '130913126000Z',
    '9909131200Z',
    '990913120000+0200',
    'hello world Z'
  ]
  it.each(noTimes)('%j is no time', (text) => {
    expect(() => time(derTags.utcTime, text)).toThrow(X509Fault)
  })
})
