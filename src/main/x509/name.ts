import { DerReader, derTags, oidText } from './der.ts'
import type { DerElement } from './der.ts'
import { attributeNames } from '../../shared/tls/x509-oids.ts'

/** A distinguished name (RFC 2459 4.1.2.4). */
export interface DistinguishedName {
  /** As OpenSSL prints it, most general first: `C=IT, O=Example, CN=server`. */
  readonly text: string
  /** The common name or, without one, the whole text: short enough for a sentence. */
  readonly shortText: string
  /** Equal for names that RFC 2459 4.1.2.4 calls equal: case, spaces and the kind of string do not count. */
  readonly canonical: string
}

/** Reads the RDNSequence in `element`'s content. */
export function readName(element: DerElement): DistinguishedName {
  const sequence = new DerReader(element.content)
  const parts: string[] = []
  const canonicalParts: string[] = []
  let commonName: string | null = null
  while (!sequence.atEnd) {
    const set = sequence.enter('name component', derTags.set)
    const canonicalSet: string[] = []
    while (!set.atEnd) {
      const attribute = set.enter('name attribute', derTags.sequence)
      const oid = oidText(attribute.read('attribute type', derTags.oid).content)
      const value = valueText(attribute)
      const name = attributeNames[oid] ?? oid
      parts.push(`${name}=${printable(value)}`)
      canonicalSet.push(`${oid}=${JSON.stringify(value.trim().replace(/\s+/g, ' ').toLowerCase())}`)
      if (name === 'CN') commonName = printable(value)
    }
    canonicalParts.push(canonicalSet.sort().join('+'))
  }
  const text = cut(parts.length === 0 ? '(empty name)' : parts.join(', '), MAX_TEXT_CHARS)
  return { text, shortText: cut(commonName === null ? text : `CN=${commonName}`, MAX_SHORT_CHARS), canonical: canonicalParts.join('/') }
}

function valueText(attribute: DerReader): string {
  // Of any kind: not all that is signed keeps to the strings of RFC 2459 4.1.2.4.
  const value = attribute.any('attribute value')
  switch (value.tag) {
    case derTags.utf8String:
      return value.content.toString('utf8')
    case derTags.bmpString:
      return Buffer.from(value.content.subarray(0, value.content.length & ~1)).swap16().toString('utf16le')
    case derTags.numericString:
    case derTags.visibleString:
    case derTags.printableString:
    case derTags.ia5String:
    case derTags.teletexString:
      return value.content.toString('latin1')
    default:
      return `#${value.raw.toString('hex')}`
  }
}

/** RFC 2459 A.2 allows 64 characters for most attributes; a certificate may bring 100,000, and they would all go into a sentence. */
const MAX_TEXT_CHARS = 512
const MAX_SHORT_CHARS = 96

function cut(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}

/** Names come from strangers and are shown on a terminal; no more of one than is shown at all. */
function printable(text: string): string {
  return text.slice(0, MAX_TEXT_CHARS + 1).replace(/\p{Cc}/gu, '?')
}
