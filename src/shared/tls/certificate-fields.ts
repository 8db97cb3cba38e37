import type { FieldReader } from './field-reader.ts'
import { attributeNames, keyAlgorithmNames, knownExtensions, signatureNames } from './x509-oids.ts'

/**
 * Describes a certificate for a person (RFC 2459 4.1): names, dates, keys and extensions. It does not judge it. What is
 * not DER is shown as bytes.
 */
export function describeCertificate(certificate: FieldReader): void {
  const whole = constructed(certificate, 'certificate body and signature')
  if (!whole) return certificate.opaqueRest('no DER')
  const body = constructed(whole, 'certificate body')
  if (body) describeBody(body)
  describeAlgorithm(whole, 'signature algorithm')
  element(whole, 'signature', () => "the issuer's, over the certificate body")
}

function describeBody(body: FieldReader): void {
  if (tagOf(body) === CONTEXT_0) element(body, 'version', (content) => `version ${(content.at(-1) ?? 0) + 1}`)
  element(body, 'serial number')
  describeAlgorithm(body, 'signature algorithm')
  element(body, 'issuer', nameText)
  const validity = constructed(body, 'validity')
  if (validity) {
    element(validity, 'notBefore', ascii)
    element(validity, 'notAfter', ascii)
  }
  element(body, 'subject', nameText)
  const key = constructed(body, 'public key')
  if (key) {
    describeAlgorithm(key, 'key algorithm')
    element(key, 'key')
  }
  while (body.remaining > 0) {
    if (tagOf(body) === CONTEXT_3) describeExtensions(body)
    else element(body, 'unique identifier')
  }
}

function describeExtensions(body: FieldReader): void {
  const outer = constructed(body, 'extensions')
  if (!outer) return body.opaqueRest('extensions, no DER')
  const list = constructed(outer, 'extension list')
  while (list && list.remaining > 0) {
    const extension = constructed(list, 'extension')
    if (!extension) return list.opaqueRest('no DER')
    element(extension, 'identifier', (content) => knownExtensions[oidText(content)] ?? oidText(content))
    if (tagOf(extension) === BOOLEAN) element(extension, 'critical', (content) => (content[0] === 0 ? 'no' : 'yes'))
    element(extension, 'value')
  }
}

function describeAlgorithm(reader: FieldReader, name: string): void {
  element(reader, name, (content) => {
    const oid = content[0] === OID ? oidText(content.subarray(2, 2 + (content[1] ?? 0))) : ''
    return signatureNames[oid] ?? keyAlgorithmNames[oid] ?? (oid === '' ? null : oid)
  })
}

const BOOLEAN = 0x01
const OID = 0x06
const CONTEXT_0 = 0xa0
const CONTEXT_3 = 0xa3

interface Header {
  readonly headerBytes: number
  readonly contentBytes: number
}

function tagOf(reader: FieldReader): number {
  return reader.peek(1)[0] ?? 0
}

/** Returns the header of the next element, or `null` when there is no valid one. */
function elementHeader(reader: FieldReader): Header | null {
  const [, first = 0, ...more] = reader.peek(6)
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (reader.remaining < 2 || lengthBytes > 4 || (first >= 0x80 && lengthBytes === 0)) return null
  const contentBytes = lengthBytes === 0 ? first : more.slice(0, lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  const headerBytes = 2 + lengthBytes
  return headerBytes + contentBytes <= reader.remaining ? { headerBytes, contentBytes } : null
}

/** Records the next element as one field. `meaning` gets its content. */
function element(
  reader: FieldReader,
  name: string,
  meaning: ((content: Uint8Array) => string | null) | null = null
): void {
  const header = elementHeader(reader)
  if (!header) return reader.opaqueRest(`${name}, no DER`)
  const bytes = reader.peek(header.headerBytes + header.contentBytes)
  reader.opaque(bytes.length, name, () => meaning?.(bytes.subarray(header.headerBytes)) ?? null)
}

/** Records the next element and returns a reader of its content. */
function constructed(reader: FieldReader, name: string): FieldReader | null {
  const header = elementHeader(reader)
  if (!header || (tagOf(reader) & 0x20) === 0) return null
  const { headerBytes, contentBytes } = header
  return reader.element(headerBytes, contentBytes, name)
}

/** Returns an RDNSequence as `O=Example, CN=server`, with every attribute in order. */
function nameText(content: Uint8Array): string {
  const parts: string[] = []
  // An attribute is an OBJECT IDENTIFIER followed by a string. Nothing else in a name has this form.
  for (let i = 0; i + 4 < content.length; i++) {
    if (content[i] !== OID) continue
    const oidEnd = i + 2 + content[i + 1]!
    const length = content[oidEnd + 1] ?? 0
    if (length >= 0x80 || oidEnd + 2 + length > content.length) continue
    const oid = oidText(content.subarray(i + 2, oidEnd))
    parts.push(`${attributeNames[oid] ?? oid}=${ascii(content.subarray(oidEnd + 2, oidEnd + 2 + length))}`)
    i = oidEnd + 1 + length
  }
  return parts.join(', ')
}

function ascii(content: Uint8Array): string {
  return String.fromCharCode(...content.subarray(0, 256)).replace(/[^\x20-\x7e]/g, '?')
}

function oidText(content: Uint8Array): string {
  const arcs: number[] = []
  let arc = 0
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...rest] = arcs
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest].join('.')
}
