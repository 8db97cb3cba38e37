import { counted } from '../../shared/english/counted.ts'
import { attributeNames } from '../../shared/tls/x509-oids.ts'
import { DerReader, derTags, oidText } from './der.ts'
import type { DerElement } from './der.ts'
import { X509Fault } from './fault.ts'

/** A distinguished name (RFC 2459 4.1.2.4). */
export interface DistinguishedName {
  /** In the format of OpenSSL, most general part first: `C=IT, O=Example, CN=server`. */
  readonly text: string
  /** The common name or, without one, the whole text, shortened to fit a sentence. */
  readonly shortText: string
  /** The same for names that RFC 2459 4.1.2.4 calls equal: case, spaces and string type do not count. */
  readonly canonical: string
}

/** Parses the RDNSequence in `element`. */
export function readName(element: DerElement): DistinguishedName {
  const sequence = new DerReader(element.content)
  const parts: string[] = []
  const canonicalParts: string[] = []
  let commonName: string | null = null
  while (!sequence.atEnd) {
    const set = sequence.enter('name component', derTags.set)
    if (set.atEnd) throw new X509Fault('has a name component without attributes', { rule: 'RFC 5280 4.1.2.4' })
    const canonicalSet: string[] = []
    let previous: Buffer | null = null
    while (!set.atEnd) {
      const element = set.read('name attribute', derTags.sequence)
      if (previous && Buffer.compare(previous, element.raw) > 0)
        throw new X509Fault("has a name component that is not in DER's order", { rule: 'X.690 11.6' })
      previous = element.raw
      const attribute = new DerReader(element.content)
      const oid = oidText(attribute.read('attribute type', derTags.oid).content)
      const value = valueText(attribute)
      attribute.end('a name attribute')
      const name = attributeNames[oid] ?? oid
      parts.push(`${name}=${printable(value)}`)
      canonicalSet.push(`${oid}=${JSON.stringify(value.trim().replace(/\s+/g, ' ').toLowerCase())}`)
      if (name === 'CN') commonName = printable(value)
    }
    canonicalParts.push(canonicalSet.sort().join('+'))
  }
  const text = cut(parts.length === 0 ? '(empty name)' : parts.join(', '), MAX_TEXT_CHARS)
  return {
    text,
    shortText: cut(commonName === null ? text : `CN=${commonName}`, MAX_SHORT_CHARS),
    canonical: canonicalParts.join('/')
  }
}

function valueText(attribute: DerReader): string {
  // Of any type: not all certificates keep to the strings of RFC 2459 4.1.2.4.
  const value = attribute.any('attribute value')
  switch (value.tag) {
    case derTags.utf8String:
      return utf8Text(value.content)
    case derTags.bmpString:
      if (value.content.length % 2 !== 0) {
        throw new X509Fault('has a name in BMPString that ends in the middle of a character', {
          got: counted(value.content.length, 'byte')
        })
      }
      return Buffer.from(value.content).swap16().toString('utf16le')
    case derTags.numericString:
    case derTags.visibleString:
    case derTags.printableString:
    case derTags.ia5String:
      // Otherwise a text could be encoded in two ways, and different names be equal.
      if (value.content.some((byte) => byte >= 0x80))
        throw new X509Fault('has a name with a character that its kind of string does not have')
      return value.content.toString('latin1')
    case derTags.teletexString:
      return value.content.toString('latin1')
    default:
      return `#${value.raw.toString('hex')}`
  }
}

/**
 * Decodes UTF-8 and refuses invalid bytes: they would all become the same replacement character, and different names be
 * equal.
 */
function utf8Text(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw new X509Fault('has a name that is no UTF-8')
  }
}

/**
 * RFC 2459 A.2 allows 64 characters for most attributes. A hostile certificate may have 100,000, and sentences quote
 * names.
 */
const MAX_TEXT_CHARS = 512
const MAX_SHORT_CHARS = 96

function cut(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars)}…` : text
}

/** Replaces control characters and cuts the text: names are untrusted and may be shown in a terminal. */
function printable(text: string): string {
  return text.slice(0, MAX_TEXT_CHARS + 1).replace(/\p{Cc}/gu, '?')
}
