import { BASIC_CONSTRAINTS, KEY_USAGE, knownExtensions, unreadExtensions } from '../../shared/tls/x509-oids.ts'
import { DerReader, derTags, naturalNumber, oidText, readBoolean, setBits } from './der.ts'
import type { DerElement } from './der.ts'
import { X509Fault } from './fault.ts'

/** The extensions of a version 3 certificate (RFC 2459 4.2) that matter here. */
export interface Extensions {
  /** `null` when the certificate does not have it. */
  readonly basicConstraints: BasicConstraints | null
  /** Names of the set bits; `null` when key usage is not restricted. */
  readonly keyUsage: readonly string[] | null
  /** Object identifiers of critical extensions that are not known here. */
  readonly unknownCritical: readonly string[]
  /** Names of critical extensions that restrict a certificate and that the modules ignore (D-26). */
  readonly unreadCritical: readonly string[]
}

export interface BasicConstraints {
  readonly isCa: boolean
  /** Number of intermediates that may follow below; `null` for any number. */
  readonly pathLength: number | null
}

const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly'
]

/** Reads the content of `[3]` in a certificate; `null` gives the empty set. Throws an X509Fault. */
export function readExtensions(explicit: DerElement | null): Extensions {
  let basicConstraints: BasicConstraints | null = null
  let keyUsage: readonly string[] | null = null
  const unknownCritical: string[] = []
  const unreadCritical: string[] = []
  if (explicit) {
    const seen = new Set<string>()
    const outer = new DerReader(explicit.content)
    const list = outer.enter('extensions', derTags.sequence)
    outer.end('the extensions')
    if (list.atEnd) throw new X509Fault('has an empty list of extensions', { rule: 'RFC 5280 4.1' })
    while (!list.atEnd) {
      const extension = list.enter('extension', derTags.sequence)
      const oid = oidText(extension.read('extension identifier', derTags.oid).content)
      const critical = flag(extension, 'critical flag')
      const value = extension.read('extension value', derTags.octetString).content
      extension.end('an extension')
      if (seen.has(oid)) throw new X509Fault(`has the extension ${knownExtensions[oid] ?? oid} twice`)
      seen.add(oid)
      if (oid === BASIC_CONSTRAINTS) basicConstraints = readBasicConstraints(value)
      else if (oid === KEY_USAGE) keyUsage = readKeyUsage(value)
      else if (critical && oid in unreadExtensions) unreadCritical.push(unreadExtensions[oid]!)
      else if (critical && !(oid in knownExtensions)) unknownCritical.push(oid)
    }
  }
  return { basicConstraints, keyUsage, unknownCritical, unreadCritical }
}

function readBasicConstraints(value: Buffer): BasicConstraints {
  const outer = new DerReader(value)
  const constraints = outer.enter('basicConstraints', derTags.sequence)
  outer.end('basicConstraints')
  const isCa = flag(constraints, 'CA flag')
  const length = constraints.optional('path length', derTags.integer)
  constraints.end('basicConstraints')
  return { isCa, pathLength: length === null ? null : smallNumber(naturalNumber(length, 'path length')) }
}

function smallNumber(bytes: Buffer): number {
  // Longer than any chain; the exact value does not matter.
  return bytes.length > 4 ? 2 ** 31 : bytes.readUIntBE(0, bytes.length)
}

function readKeyUsage(value: Buffer): string[] {
  const outer = new DerReader(value)
  const bits = setBits(outer.read('keyUsage', derTags.bitString), 'keyUsage')
  outer.end('keyUsage')
  return keyUsageBits.filter((_, bit) => bits.has(bit))
}

/** Reads a BOOLEAN DEFAULT FALSE. */
function flag(reader: DerReader, what: string): boolean {
  const element = reader.optional(what, derTags.boolean)
  return element !== null && readBoolean(element, what)
}
