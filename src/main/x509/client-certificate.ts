import { RSA_SIGN, certificateTypes as typeNames } from '../../shared/tls/certificate-types.ts'
import type { Certificate } from './certificate.ts'
import { DerReader, derTags } from './der.ts'
import { readName } from './name.ts'
import type { DistinguishedName } from './name.ts'

/** The content of a CertificateRequest (RFC 2246 7.4.4). */
export interface CertificateWish {
  readonly certificateTypes: readonly number[]
  /** DER of the names of accepted authorities; empty for any. */
  readonly authorities: readonly Uint8Array[]
}

/**
 * Returns why the stored client certificate is not what the server asks for, as a clause without full stop, or `null`
 * when it fits. A client without a suitable certificate sends none (RFC 2246 7.4.6).
 */
export function whyUnfit(stored: Certificate, { certificateTypes, authorities }: CertificateWish): string | null {
  if (!certificateTypes.includes(RSA_SIGN)) {
    const types = certificateTypes.slice(0, MAX_LISTED).map((type) => typeNames[type] ?? `type ${type}`)
    return `the server takes ${types.join(', ') || 'no type'}, and the stored certificate is for rsa_sign`
  }
  if (authorities.length === 0) return null
  const names = authorities.map(nameOf).filter((name) => name !== null)
  const { issuer } = stored
  if (names.some(({ canonical }) => canonical === issuer.canonical)) return null
  const more = names.length > MAX_LISTED ? ' and others' : ''
  const listed = names
    .slice(0, MAX_LISTED)
    .map(({ shortText }) => shortText)
    .join(', ')
  return `the server takes certificates of ${listed || 'authorities whose names cannot be read'}${more}, and the stored one was issued by ${issuer.shortText}`
}

/** As many as fit a sentence. */
const MAX_LISTED = 3

/** Returns `null` for a name that cannot be parsed and so cannot match an issuer. */
function nameOf(der: Uint8Array): DistinguishedName | null {
  try {
    const outer = new DerReader(der)
    const element = outer.read('name', derTags.sequence)
    outer.end('the name')
    return readName(element)
  } catch {
    return null
  }
}
