import type { ServerCertificatePolicy } from '../../shared/contracts/security.ts'
import { counted } from '../../shared/english/counted.ts'
import type { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import { hasBegun, hasEnded } from '../../shared/tls/validity.ts'
import { factsOf } from './path-search.ts'
import type { CertificatePath, PathLink } from './path-search.ts'
import { refusal } from './refusal.ts'
import { signatureHash, signatureName } from './signature.ts'
import { timeText } from './time.ts'

/**
 * Returns why a path with valid signatures is not accepted (D-26), or `null`. Of the anchor only the dates are checked.
 * CA flag, path length and key usage are checked on intermediates of version 3.
 */
export function checkPath(path: CertificatePath, policy: ServerCertificatePolicy, clockMs: number): TlsFailure | null {
  for (const [index, link] of path.entries()) {
    const reason =
      datesRefusal(link, policy, clockMs) ??
      (link.isAnchor
        ? null
        : (contentRefusal(link, policy) ?? (index === 0 ? null : authorityRefusal(path, index, policy))))
    if (reason) return reason
  }
  return null
}

/** Returns remarks on an accepted path: what other software would refuse (D-26). */
export function remarksOn(path: CertificatePath): TlsRemark[] {
  return path.flatMap((link, index) =>
    link.isAnchor ? [] : [...unreadExtensions(link), ...(index === 0 ? [] : oldIssuer(link, path[index - 1]!))]
  )
}

function unreadExtensions({ certificate, title }: PathLink): TlsRemark[] {
  return certificate.extensions.unreadCritical.map((name) => ({
    id: 'critical-extension-ignored',
    rule: 'D-26',
    sentence: `${sentenceCase(title)} has the critical extension ${name}, which this module does not act upon: it would not have noticed a breach of it.`
  }))
}

function oldIssuer({ certificate: { version }, title }: PathLink, { title: issued }: PathLink): TlsRemark[] {
  if (version === 3) return []
  const sentence =
    `${sentenceCase(title)} is of version ${version}, which has no CA flag, and issued ${issued}: ` +
    'whoever has its key can issue certificates for anybody, and this module takes them.'
  return [{ id: 'issuer-of-old-version', rule: 'D-26', sentence }]
}

function sentenceCase(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`
}

function datesRefusal(link: PathLink, policy: ServerCertificatePolicy, clockMs: number): TlsFailure | null {
  const { certificate, title } = link
  const facts = [...factsOf(link), { kind: 'clock', clockMs } as const]
  const clock = timeText(clockMs)
  if (policy.checkExpiry && hasEnded(clockMs, certificate.notAfterMs)) {
    const notAfter = timeText(certificate.notAfterMs)
    return refusal(
      'certificate_expired',
      `${title} expired: its notAfter is ${notAfter}, the module's clock says ${clock}`,
      {
        expected: `notAfter at or after ${clock}`,
        got: `notAfter ${notAfter}`,
        rule: 'G-3.3-10',
        finding: 'certificate-expired',
        facts
      }
    )
  }
  if (policy.checkNotBefore && !hasBegun(clockMs, certificate.notBeforeMs)) {
    const notBefore = timeText(certificate.notBeforeMs)
    return refusal(
      'certificate_expired',
      `${title} is not valid yet: its notBefore is ${notBefore}, the module's clock says ${clock}`,
      {
        expected: `notBefore at or before ${clock}`,
        got: `notBefore ${notBefore}`,
        rule: 'D-26',
        finding: 'certificate-not-yet-valid',
        facts
      }
    )
  }
  return null
}

function contentRefusal(link: PathLink, policy: ServerCertificatePolicy): TlsFailure | null {
  const { certificate, title } = link
  const facts = factsOf(link)
  const [unknown] = certificate.extensions.unknownCritical
  if (unknown !== undefined && policy.refuseUnknownCritical !== false) {
    return refusal(
      'unsupported_certificate',
      `${title} has the critical extension ${unknown}, which the module does not know`,
      {
        expected: 'known critical extensions only',
        got: `critical extension ${unknown}`,
        rule: 'RFC 2459 4.2',
        finding: 'certificate-unusable',
        facts
      }
    )
  }
  const [unread] = certificate.extensions.unreadCritical
  if (unread !== undefined && policy.criticalExtensions === 'refused') {
    return refusal(
      'unsupported_certificate',
      `${title} has the critical extension ${unread}, which the module does not act upon`,
      {
        expected: 'critical extensions that are acted upon',
        got: `critical extension ${unread}`,
        rule: 'D-26',
        finding: 'critical-extension-refused',
        facts
      }
    )
  }
  const hash = signatureHash(certificate)
  if (!policy.acceptSha256Signatures && hash !== 'md5' && hash !== 'sha1') {
    const name = signatureName(certificate.signatureOid)
    return refusal('unsupported_certificate', `${title} is signed with ${name}, which this product does not check`, {
      expected: 'RSA with MD5 or SHA-1',
      got: name,
      rule: 'D-26',
      finding: 'signature-refused',
      facts
    })
  }
  return null
}

function authorityRefusal(path: CertificatePath, index: number, policy: ServerCertificatePolicy): TlsFailure | null {
  const { certificate, title } = path[index]!
  const facts = factsOf(path[index]!)
  if (certificate.version !== 3) return null
  const signed = path[index - 1]!.title
  const constraints = certificate.extensions.basicConstraints
  if (!constraints?.isCa) {
    return refusal('bad_certificate', `${title} signed ${signed} but is no authority: its CA flag is not set`, {
      expected: 'basicConstraints with CA TRUE',
      got: constraints ? 'CA FALSE' : 'no basicConstraints',
      rule: 'D-26',
      finding: 'not-an-authority',
      facts
    })
  }
  const { keyUsage } = certificate.extensions
  if (keyUsage && !keyUsage.includes('keyCertSign') && policy.checkKeyUsage !== false) {
    return refusal('bad_certificate', `${title} signed ${signed}, which its key usage does not allow`, {
      expected: 'keyUsage with keyCertSign',
      got: `keyUsage ${keyUsage.join(', ') || 'of nothing'}`,
      rule: 'RFC 2459 4.2.1.3',
      finding: 'not-an-authority',
      facts
    })
  }
  // Self-issued certificates, which renew an authority's key, do not count (RFC 3280 4.2.1.10).
  const below = path
    .slice(1, index)
    .filter(({ certificate: { issuer, subject } }) => issuer.canonical !== subject.canonical).length
  if (constraints.pathLength !== null && below > constraints.pathLength) {
    return refusal(
      'bad_certificate',
      `${title} allows ${counted(constraints.pathLength, 'authority', 'authorities')} below it, the path has ${below}`,
      {
        expected: `path length at most ${constraints.pathLength}`,
        got: `${below}`,
        rule: 'D-26',
        finding: 'not-an-authority',
        facts
      }
    )
  }
  return null
}
