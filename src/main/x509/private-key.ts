import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { RSA_ENCRYPTION, keyAlgorithmNames } from '../../shared/tls/x509-oids.ts'
import { readAlgorithm } from './algorithm.ts'
import { DerReader, contextTag, derTags, requireInteger } from './der.ts'
import { X509Fault } from './fault.ts'
import { encrypted } from './pem.ts'

export type PrivateKeyFormat = 'pkcs1' | 'pkcs8'

const formatNames: Readonly<Record<PrivateKeyFormat, string>> = {
  pkcs1: 'PKCS#1 (BEGIN RSA PRIVATE KEY)',
  pkcs8: 'PKCS#8 (BEGIN PRIVATE KEY)'
}

/** Returns the format that a PEM label announces. Throws an X509Fault for labels of other things. */
export function keyFormatOfLabel(label: string): PrivateKeyFormat {
  if (label === 'RSA PRIVATE KEY') return 'pkcs1'
  if (label === 'PRIVATE KEY') return 'pkcs8'
  if (label === 'ENCRYPTED PRIVATE KEY') throw encrypted()
  throw new X509Fault('is no RSA private key', { expected: 'RSA PRIVATE KEY', got: label, rule: 'G-3.3-1' })
}

/** Returns the format by its structure: after the version, PKCS#1 has the modulus and PKCS#8 the algorithm. */
export function keyFormatOfDer(der: Uint8Array): PrivateKeyFormat {
  const outer = new DerReader(der).enter('private key', derTags.sequence)
  const first = outer.read('version', derTags.integer, derTags.sequence)
  if (first.tag === derTags.sequence) throw encrypted()
  return outer.read('modulus or key algorithm', derTags.integer, derTags.sequence).tag === derTags.integer
    ? 'pkcs1'
    : 'pkcs8'
}

/**
 * Returns the RSA key in `der`. Throws an X509Fault when the product cannot read its format (D-32) or it is not an RSA
 * key.
 */
export function readPrivateKey(
  der: Buffer,
  format: PrivateKeyFormat,
  accepted: readonly PrivateKeyFormat[]
): KeyObject {
  if (!accepted.includes(format)) {
    throw new X509Fault('is in a format that this product does not read', {
      expected: accepted.map((name) => formatNames[name]).join(' or '),
      got: formatNames[format],
      rule: 'D-32',
      finding: 'key-format'
    })
  }
  if (format === 'pkcs8') requirePkcs8(der)
  else requirePkcs1(der)
  try {
    return createPrivateKey({ key: der, format: 'der', type: format })
  } catch {
    throw new X509Fault(`is no RSA key in ${formatNames[format]}`)
  }
}

/** Checks a PrivateKeyInfo (RFC 5208 5) of an RSA key, to its last byte. */
function requirePkcs8(der: Buffer): void {
  const info = wholeKey(der)
  requireInteger(info.read('version', derTags.integer), 'version')
  const oid = readAlgorithm(info.read('key algorithm', derTags.sequence), 'key algorithm')
  if (oid !== RSA_ENCRYPTION) {
    const name = keyAlgorithmNames[oid] ?? `algorithm ${oid}`
    throw new X509Fault('is no RSA key', { expected: 'RSA', got: name, rule: 'G-3.3-1' })
  }
  requirePkcs1(info.read('RSA key', derTags.octetString).content)
  info.optional('attributes', contextTag(0))
  info.end('the private key')
}

/** Checks an RSAPrivateKey (RFC 3447 A.1.2): version 0 and eight numbers. No fault quotes them. */
function requirePkcs1(der: Buffer): void {
  const key = wholeKey(der)
  for (const number of RSA_NUMBERS) requireInteger(key.read(number, derTags.integer), number)
  key.end('the private key')
}

const RSA_NUMBERS = [
  'version',
  'modulus',
  'public exponent',
  'private exponent',
  'first prime',
  'second prime',
  'first exponent',
  'second exponent',
  'coefficient'
] as const

function wholeKey(der: Buffer): DerReader {
  const outer = new DerReader(der)
  const key = outer.enter('private key', derTags.sequence)
  outer.end('the private key')
  return key
}
