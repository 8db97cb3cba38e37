import { createPrivateKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { DerReader, derTags, oidText } from './der.ts'
import { X509Fault } from './fault.ts'
import { RSA_ENCRYPTION, keyAlgorithmNames } from '../../shared/tls/x509-oids.ts'
import { encrypted } from './pem.ts'

export type PrivateKeyFormat = 'pkcs1' | 'pkcs8'

const formatNames: Readonly<Record<PrivateKeyFormat, string>> = {
  pkcs1: 'PKCS#1 (BEGIN RSA PRIVATE KEY)',
  pkcs8: 'PKCS#8 (BEGIN PRIVATE KEY)'
}

/** The container that a PEM label announces. Throws X509Fault for labels that announce no usable key. */
export function keyFormatOfLabel(label: string): PrivateKeyFormat {
  if (label === 'RSA PRIVATE KEY') return 'pkcs1'
  if (label === 'PRIVATE KEY') return 'pkcs8'
  if (label === 'ENCRYPTED PRIVATE KEY') throw encrypted()
  throw new X509Fault('is no RSA private key', { expected: 'RSA PRIVATE KEY', got: label, rule: 'G-3.3-1' })
}

/** The container by its structure: after the version PKCS#1 goes on with the modulus, PKCS#8 with the algorithm. */
export function keyFormatOfDer(der: Uint8Array): PrivateKeyFormat {
  const outer = new DerReader(der).enter('private key', derTags.sequence)
  const first = outer.read('version', derTags.integer, derTags.sequence)
  if (first.tag === derTags.sequence) throw encrypted()
  return outer.read('modulus or key algorithm', derTags.integer, derTags.sequence).tag === derTags.integer ? 'pkcs1' : 'pkcs8'
}

/** The RSA key in `der`. Throws X509Fault when the product cannot read its format (D-32) or it is no RSA key. */
export function readPrivateKey(der: Buffer, format: PrivateKeyFormat, accepted: readonly PrivateKeyFormat[]): KeyObject {
  if (!accepted.includes(format)) {
    throw new X509Fault('is in a format that this product does not read', {
      expected: accepted.map((name) => formatNames[name]).join(' or '), got: formatNames[format], rule: 'D-32', finding: 'key-format'
    })
  }
  if (format === 'pkcs8') requireRsa(der)
  try {
    return createPrivateKey({ key: der, format: 'der', type: format })
  } catch {
    throw new X509Fault(`is no RSA key in ${formatNames[format]}`)
  }
}

function requireRsa(der: Buffer): void {
  const info = new DerReader(der).enter('private key', derTags.sequence)
  info.read('version', derTags.integer)
  const oid = oidText(info.enter('key algorithm', derTags.sequence).read('key algorithm', derTags.oid).content)
  if (oid === RSA_ENCRYPTION) return
  const name = keyAlgorithmNames[oid] ?? `algorithm ${oid}`
  throw new X509Fault('is no RSA key', { expected: 'RSA', got: name, rule: 'G-3.3-1' })
}
