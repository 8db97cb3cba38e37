import { describe, expect, it } from 'vitest'
import { readCertificate, readSubjectPublicKey } from '../../../src/main/x509/certificate.ts'
import { X509Fault } from '../../../src/main/x509/fault.ts'
import { readPrivateKey } from '../../../src/main/x509/private-key.ts'
import {
  attribute,
  bits,
  boolean,
  der,
  derCertificate,
  extension,
  extensionOids,
  hexBytes,
  integer,
  name,
  nothing,
  nullValue,
  octets,
  oid,
  publicKeyOf,
  rsaAlgorithm,
  sequence,
  tagOf,
  time,
  validity
} from '../../fixtures/der-certificate.ts'
import type { DerCertificateOptions } from '../../fixtures/der-certificate.ts'
import { testKey } from '../../fixtures/pki.ts'

// What X.690 (DER) and RFC 5280 forbid in a certificate or key, one form at a time, each with a valid signature.

const usual: DerCertificateOptions = {
  subject: name('leaf'),
  issuer: name('root'),
  key: 'strict leaf',
  signedBy: 'strict root'
}
const certificate = (changes: Partial<DerCertificateOptions>): Buffer => derCertificate({ ...usual, ...changes })
const junk = nullValue()

describe('T-3: a certificate in proper DER is read', () => {
  it.each<[string, Partial<DerCertificateOptions>]>([
    ['as it is', {}],
    ['of version 1', { version: nothing, extensions: null }],
    [
      'of version 2 with unique identifiers',
      {
        version: der(0xa0, integer('01')),
        uniqueIds: Buffer.concat([der(0x81, hexBytes('0001')), der(0x82, hexBytes('0780'))]),
        extensions: null
      }
    ],
    ['of version 3 without extensions', { extensions: null }],
    ['with the serial number 0', { serial: integer('00') }],
    ['with a negative serial number', { serial: integer('ff01') }],
    ['with a serial number of 21 bytes', { serial: integer(`00${'ff'.repeat(20)}`) }],
    ['without parameters of the signature algorithm', { algorithm: sequence(oid('2a864886f70d010105')) }],
    ['without parameters of the key', { publicKey: publicKeyOf('strict leaf', { parameters: nothing }) }],
    ['with a FALSE written out', { extensions: [extension('2a0304', nullValue(), false)] }],
    ['with GeneralizedTime before 2050', { validity: validity('20130101000000Z', '20140101000000Z') }],
    ['with a subject without a name', { subject: sequence() }],
    [
      'with a name of two attributes in one component, in order',
      { subject: sequence(der(0x31, attribute('550403', 'a'), attribute('55040a', 'b'))) }
    ]
  ])('%s', (_, changes) => {
    expect(readCertificate(certificate(changes)).signature.length).toBe(128)
  })
})

describe('T-3: a certificate is refused', () => {
  it.each<[string, Partial<DerCertificateOptions>, string]>([
    // Bytes that are not read.
    [
      'junk behind the key in SubjectPublicKeyInfo',
      { publicKey: publicKeyOf('strict leaf', { behind: junk }) },
      'has 2 bytes left over after the key'
    ],
    [
      'junk in the [0] of the version',
      { version: der(0xa0, integer('02'), junk) },
      'has 2 bytes left over after the version'
    ],
    [
      'junk behind the validity',
      { validity: validity('130101000000Z', '140101000000Z', junk) },
      'has 2 bytes left over after the validity'
    ],
    ['junk behind the extensions', { tbsTail: junk }, 'has 2 bytes left over after the extensions'],
    [
      'junk behind the key where there are no extensions',
      { extensions: null, tbsTail: junk },
      'has 2 bytes left over after the public key'
    ],
    ['one byte behind the signature', { tail: Buffer.of(0) }, 'has 1 byte left over after the signature'],
    [
      'junk behind an extension',
      { extensions: [sequence(oid('2a0304'), octets(junk), junk)] },
      'has 2 bytes left over after an extension'
    ],
    [
      'junk behind a name attribute',
      { subject: sequence(der(0x31, attribute('550403', 'leaf', tagOf.utf8, junk))) },
      'has 2 bytes left over after a name attribute'
    ],
    [
      'junk behind the parameters of the signature algorithm',
      { algorithm: rsaAlgorithm('sha1', Buffer.concat([nullValue(), junk])) },
      'has 2 bytes left over after the signature algorithm'
    ],
    [
      'junk behind the parameters of the key',
      { publicKey: publicKeyOf('strict leaf', { parameters: Buffer.concat([nullValue(), junk]) }) },
      'has 2 bytes left over after the key algorithm'
    ],
    // Parameters with a content.
    [
      'parameters of the signature algorithm that are no NULL',
      { algorithm: rsaAlgorithm('sha1', integer('05')) },
      'has a signature algorithm with parameters, of which RSA has none'
    ],
    [
      'a NULL with content as parameters',
      { algorithm: rsaAlgorithm('sha1', hexBytes('050100')) },
      'has a signature algorithm with parameters, of which RSA has none'
    ],
    [
      'parameters of the key that are no NULL',
      { publicKey: publicKeyOf('strict leaf', { parameters: octets(junk) }) },
      'has a key algorithm with parameters, of which RSA has none'
    ],
    // Numbers.
    ['an empty serial number', { serial: integer('') }, 'has a serial number of no bytes'],
    [
      'a serial number with a zero too much',
      { serial: integer('0001') },
      "has a serial number that is not in DER's shortest form"
    ],
    [
      'a negative serial number with an FF too much',
      { serial: integer('ff80') },
      "has a serial number that is not in DER's shortest form"
    ],
    [
      'a version with a zero too much',
      { version: der(0xa0, integer('0002')) },
      "has a version that is not in DER's shortest form"
    ],
    ['an empty version', { version: der(0xa0, integer('')) }, 'has a version of no bytes'],
    ['version 4', { version: der(0xa0, integer('03')) }, 'has an unknown version'],
    // Bits and flags.
    [
      'a signature that is not made of whole bytes',
      { unusedSignatureBits: 1 },
      'has a signature that is not made of whole bytes'
    ],
    [
      'a critical flag of 01',
      { extensions: [sequence(oid('2a0304'), boolean('01'), octets(junk))] },
      'has a critical flag that is neither TRUE nor FALSE'
    ],
    [
      'a keyUsage with zero bits at its end',
      { extensions: [extension(extensionOids.keyUsage, bits('0004'))] },
      "has a keyUsage that is not in DER's shortest form"
    ],
    [
      'a unique identifier with nine unused bits',
      { uniqueIds: der(0x81, hexBytes('0980')) },
      'has a unique identifier that is no string of bits'
    ],
    // Parts that a version does not have.
    ['extensions in version 1', { version: nothing }, 'has extensions, which version 1 does not have'],
    ['extensions in version 2', { version: der(0xa0, integer('01')) }, 'has extensions, which version 2 does not have'],
    [
      'a unique identifier in version 1',
      { version: nothing, uniqueIds: der(0x81, hexBytes('0001')), extensions: null },
      'has a unique identifier, which version 1 does not have'
    ],
    ['an empty list of extensions', { extensions: [] }, 'has an empty list of extensions'],
    // Times.
    [
      'a time without seconds',
      { validity: validity('1301010000Z', '140101000000Z') },
      'has a notBefore that is no time'
    ],
    [
      'a time with an offset',
      { validity: validity('130101000000+0100', '140101000000Z') },
      'has a notBefore that is no time'
    ],
    ['a time without Z', { validity: validity('130101000000Z', '140101000000') }, 'has a notAfter that is no time'],
    [
      'a fraction of a second',
      { validity: sequence(time('130101000000Z'), der(0x18, Buffer.from('20140101000000.5Z'))) },
      'has a notAfter that is no time'
    ],
    [
      'the 30th of February',
      { validity: validity('130230000000Z', '140101000000Z') },
      'has a notBefore that is no time'
    ],
    // Names.
    ['an issuer without a name', { issuer: sequence() }, 'has an issuer without a name'],
    [
      'a name component without attributes',
      { subject: sequence(der(0x31)) },
      'has a name component without attributes'
    ],
    [
      'attributes of a component out of order',
      { subject: sequence(der(0x31, attribute('55040a', 'b'), attribute('550403', 'a'))) },
      "has a name component that is not in DER's order"
    ],
    [
      'a BMPString of odd length',
      { subject: name(hexBytes('0061 00'), tagOf.bmp) },
      'has a name in BMPString that ends in the middle of a character'
    ],
    ['a UTF8String that is no UTF-8', { subject: name(hexBytes('c328')) }, 'has a name that is no UTF-8'],
    ['a UTF8String in an overlong form', { subject: name(hexBytes('c0af')) }, 'has a name that is no UTF-8'],
    [
      'a PrintableString with a byte that is no ASCII',
      { subject: name(hexBytes('e9'), tagOf.printable) },
      'has a name with a character that its kind of string does not have'
    ],
    [
      'a string in pieces',
      { subject: name(der(tagOf.utf8, Buffer.from('le')), 0x2c) },
      'has its attribute value in pieces, which DER does not allow'
    ]
  ])('for %s', (_, changes, sentence) => {
    const bytes = certificate(changes)
    expect(() => readCertificate(bytes)).toThrow(X509Fault)
    expect(() => readCertificate(bytes)).toThrow(new RegExp(`^${sentence.replaceAll(/[[\]().]/g, '\\$&')}$`))
  })

  it('for another algorithm inside than outside (RFC 5280 4.1.1.2)', () => {
    expect(() => readCertificate(certificate({ outerAlgorithm: rsaAlgorithm('sha256') }))).toThrow(
      'names two signature algorithms'
    )
    expect(() => readCertificate(certificate({ outerAlgorithm: sequence(oid('2a864886f70d010105')) }))).toThrow(
      'names two signature algorithms'
    )
  })

  it('for a key in pieces even where nothing is verified (auth mode 0)', () => {
    expect(() =>
      readSubjectPublicKey(certificate({ publicKey: publicKeyOf('strict leaf', { behind: junk }) }))
    ).toThrow('left over after the key')
  })
})

describe('T-3: names', () => {
  const canonical = (subject: Buffer): string => readCertificate(certificate({ subject })).subject.canonical

  it('that differ only in bytes that are no UTF-8 are never equal, since neither is read', () => {
    for (const hex of ['41ff42', '41fe42']) expect(() => canonical(name(hexBytes(hex)))).toThrow('no UTF-8')
  })

  it('in other kinds of string, case and spaces are equal all the same (RFC 5280 7.1)', () => {
    const plain = canonical(name('Some Root'))
    expect(canonical(name('some  ROOT ', tagOf.printable))).toBe(plain)
    expect(canonical(name(Buffer.from('Some Root', 'utf16le').swap16(), tagOf.bmp))).toBe(plain)
    expect(canonical(name('SomeRoot'))).not.toBe(plain)
  })
})

describe('T-3: a private key is refused', () => {
  const key = testKey('strict leaf')
  const pkcs1 = key.export({ type: 'pkcs1', format: 'der' })
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const read = (bytes: Buffer, format: 'pkcs1' | 'pkcs8'): unknown => readPrivateKey(bytes, format, ['pkcs1', 'pkcs8'])

  it('only for what is wrong with it', () => {
    expect(read(pkcs1, 'pkcs1')).toMatchObject({ asymmetricKeyType: 'rsa' })
    expect(read(pkcs8, 'pkcs8')).toMatchObject({ asymmetricKeyType: 'rsa' })
  })

  it.each<[string, Buffer, 'pkcs1' | 'pkcs8', string]>([
    [
      'a byte behind it in PKCS#1',
      Buffer.concat([pkcs1, Buffer.of(0)]),
      'pkcs1',
      'has 1 byte left over after the private key'
    ],
    [
      'a byte behind it in PKCS#8',
      Buffer.concat([pkcs8, Buffer.of(0)]),
      'pkcs8',
      'has 1 byte left over after the private key'
    ],
    [
      'a number more than it has',
      sequence(contentOf(pkcs1), integer('05')),
      'pkcs1',
      'has 3 bytes left over after the private key'
    ],
    [
      'a padded number',
      sequence(integer('0000'), contentOf(pkcs1).subarray(3)),
      'pkcs1',
      "has a version that is not in DER's shortest form"
    ],
    ['a number too few', sequence(contentOf(pkcs1).subarray(0, 3)), 'pkcs1', 'ends where modulus is due']
  ])('for %s, without quoting it', (_, bytes, format, sentence) => {
    let fault: unknown = null
    try {
      read(bytes, format)
    } catch (error) {
      fault = error
    }
    expect(fault).toMatchObject({ message: sentence })
    expect(JSON.stringify(fault)).not.toContain(pkcs1.toString('hex', 20, 28))
  })
})

function contentOf(element: Buffer): Buffer {
  const long = element[1]! & 0x7f
  return element.subarray(element[1]! < 0x80 ? 2 : 2 + long)
}
