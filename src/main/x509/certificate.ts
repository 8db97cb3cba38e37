import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { RSA_ENCRYPTION, keyAlgorithmNames } from '../../shared/tls/x509-oids.ts'
import { readAlgorithm } from './algorithm.ts'
import { DerReader, contextTag, derTags, naturalNumber, requireBits, requireInteger, wholeBytes } from './der.ts'
import type { DerElement } from './der.ts'
import { readExtensions } from './extensions.ts'
import type { Extensions } from './extensions.ts'
import { X509Fault } from './fault.ts'
import { readName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { readTime } from './time.ts'

/** A parsed certificate of version 1 to 3 (RFC 2459 4.1). Only its form has been checked. */
export interface Certificate {
  /** The whole certificate. */
  readonly der: Buffer
  /** The signed part. */
  readonly tbs: Buffer
  readonly version: 1 | 2 | 3
  readonly signatureOid: string
  readonly signature: Buffer
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  readonly notBeforeMs: number
  readonly notAfterMs: number
  readonly publicKey: SubjectPublicKey
  /** Empty for versions 1 and 2. */
  readonly extensions: Extensions
}

export interface SubjectPublicKey {
  readonly algorithmOid: string
  /** The key in the encoding of its algorithm. */
  readonly bytes: Buffer
}

/** Parses a certificate. The result holds views of `bytes`. Throws an X509Fault. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const { der, tbsElement, tail } = open(bytes)
  const signatureAlgorithm = tail.read('signature algorithm', derTags.sequence)
  const signatureOid = readAlgorithm(signatureAlgorithm, 'signature algorithm')
  const signature = wholeBytes(tail.read('signature', derTags.bitString), 'signature')
  tail.end('the signature')

  const tbs = new DerReader(tbsElement.content)
  const version = readVersion(tbs)
  requireInteger(tbs.read('serial number', derTags.integer), 'serial number')
  requireSame(tbs.read('signature algorithm', derTags.sequence), signatureAlgorithm)
  const issuer = readIssuer(tbs)
  const validity = tbs.enter('validity', derTags.sequence)
  const notBeforeMs = readTime(validity.read('notBefore', derTags.utcTime, derTags.generalizedTime), 'notBefore')
  const notAfterMs = readTime(validity.read('notAfter', derTags.utcTime, derTags.generalizedTime), 'notAfter')
  validity.end('the validity')
  const subject = readName(tbs.read('subject', derTags.sequence))
  const publicKey = readPublicKey(tbs)
  for (const number of [1, 2]) readUniqueIdentifier(tbs, number, version)
  const explicit = tbs.optional('extensions', contextTag(3))
  if (explicit && version !== 3)
    throw new X509Fault(`has extensions, which version ${version} does not have`, {
      expected: 'version 3',
      got: `version ${version}`
    })
  const extensions = readExtensions(explicit)
  tbs.end(explicit ? 'the extensions' : 'the public key')

  return {
    der,
    tbs: tbsElement.raw,
    version,
    signatureOid,
    signature,
    issuer,
    subject,
    notBeforeMs,
    notAfterMs,
    publicKey,
    extensions
  }
}

export function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.canonical === subject.canonical
}

/**
 * Reads the public key only, for a client that verifies nothing: faults in names, dates and extensions do not matter.
 * Throws an X509Fault.
 */
export function readSubjectPublicKey(bytes: Uint8Array): SubjectPublicKey {
  const tbs = new DerReader(open(bytes).tbsElement.content)
  readVersion(tbs)
  tbs.read('serial number', derTags.integer)
  for (const what of ['signature algorithm', 'issuer', 'validity', 'subject']) tbs.read(what, derTags.sequence)
  return readPublicKey(tbs)
}

/** Returns the RSA key, for encryption or to check a signature. Throws an X509Fault for other keys. */
export function rsaKey({ algorithmOid: oid, bytes }: SubjectPublicKey): KeyObject {
  if (oid !== RSA_ENCRYPTION) {
    const name = keyAlgorithmNames[oid] ?? `of algorithm ${oid}`
    throw new X509Fault(`has a key that is not RSA but ${name}`, {
      expected: 'RSA',
      got: name,
      rule: 'G-2.2-1',
      isUnsupported: true,
      finding: 'key-not-rsa'
    })
  }
  checkRsaNumbers(bytes)
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'pkcs1' })
  } catch {
    throw new X509Fault('has an RSA key that cannot be read')
  }
}

/** The limit of OpenSSL and BoringSSL. */
const MAX_MODULUS_BITS = 16_384
/** The limit of BoringSSL. Exponents in use are 3, 17 and 65537. */
const MAX_EXPONENT_BITS = 33

/**
 * Checks the requirements on an RSA key (RFC 3447 3.1). Crypto libraries accept different things, such as a negative
 * modulus or the exponent 1, or report an error only when the key is used.
 */
function checkRsaNumbers(bytes: Buffer): void {
  const outer = new DerReader(bytes)
  const key = outer.enter('RSA key', derTags.sequence)
  outer.end('the RSA key')
  const modulus = naturalNumber(key.read('RSA modulus', derTags.integer), 'RSA modulus')
  const exponent = naturalNumber(key.read('RSA exponent', derTags.integer), 'RSA exponent')
  key.end('the RSA exponent')
  const [modulusBits, exponentBits] = [bitsOf(modulus), bitsOf(exponent)]
  if ((modulus.at(-1)! & 1) === 0)
    throw new X509Fault('has an RSA key whose modulus is even', {
      expected: 'a product of odd primes',
      got: 'an even number'
    })
  if (modulusBits > MAX_MODULUS_BITS) {
    throw new X509Fault('has an RSA key that is too long', {
      expected: `at most ${MAX_MODULUS_BITS} bits`,
      got: `${modulusBits} bits`
    })
  }
  if (exponentBits < 2 || exponentBits > MAX_EXPONENT_BITS || (exponent.at(-1)! & 1) === 0) {
    const got =
      exponentBits > MAX_EXPONENT_BITS
        ? `a number of ${exponentBits} bits`
        : `${exponent.readUIntBE(0, exponent.length)}`
    throw new X509Fault('has an RSA key whose exponent cannot be one', {
      expected: `an odd number from 3, of at most ${MAX_EXPONENT_BITS} bits`,
      got
    })
  }
}

function bitsOf(natural: Buffer): number {
  return 8 * natural.length - (Math.clz32(natural[0]!) - 24)
}

function open(bytes: Uint8Array): { der: Buffer; tbsElement: DerElement; tail: DerReader } {
  const outer = new DerReader(bytes)
  const whole = outer.read('certificate', derTags.sequence)
  outer.end('the certificate')
  const tail = new DerReader(whole.content)
  const tbsElement = tail.read('certificate body', derTags.sequence)
  return { der: whole.raw, tbsElement, tail }
}

/** Checks that both algorithm identifiers agree (RFC 2459 4.1.1.2). Only the signed one is protected. */
function requireSame(signed: DerElement, outside: DerElement): void {
  if (signed.raw.equals(outside.raw)) return
  throw new X509Fault('names two signature algorithms', {
    expected: readAlgorithm(signed, 'signature algorithm'),
    got: readAlgorithm(outside, 'signature algorithm'),
    rule: 'RFC 2459 4.1.1.2'
  })
}

function readVersion(tbs: DerReader): 1 | 2 | 3 {
  const explicit = tbs.optional('version', contextTag(0))
  if (!explicit) return 1
  const reader = new DerReader(explicit.content)
  const element = reader.read('version', derTags.integer)
  requireInteger(element, 'version')
  reader.end('the version')
  const version = element.content.length === 1 ? element.content[0]! + 1 : null
  if (version === 1 || version === 2 || version === 3) return version
  throw new X509Fault('has an unknown version', {
    expected: '1, 2 or 3',
    got: version === null ? 'another number' : `${version}`
  })
}

/** Reads the issuer, which must have a name; a subject may be empty (RFC 5280 4.1.2.4). */
function readIssuer(tbs: DerReader): DistinguishedName {
  const element = tbs.read('issuer', derTags.sequence)
  if (element.content.length === 0) throw new X509Fault('has an issuer without a name', { rule: 'RFC 5280 4.1.2.4' })
  return readName(element)
}

function readUniqueIdentifier(tbs: DerReader, number: number, version: 1 | 2 | 3): void {
  const identifier = tbs.optional('unique identifier', contextTag(number, false))
  if (!identifier) return
  requireBits(identifier, 'unique identifier')
  if (version === 1)
    throw new X509Fault('has a unique identifier, which version 1 does not have', {
      expected: 'version 2 or 3',
      got: 'version 1'
    })
}

function readPublicKey(tbs: DerReader): SubjectPublicKey {
  const info = tbs.enter('public key', derTags.sequence)
  const oid = readAlgorithm(info.read('key algorithm', derTags.sequence), 'key algorithm')
  const bytes = wholeBytes(info.read('key', derTags.bitString), 'key')
  info.end('the key')
  return { algorithmOid: oid, bytes }
}
