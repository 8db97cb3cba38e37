import { X509Certificate } from 'node:crypto'
import type { ChainCertificate, FetchedChain } from '../../shared/calls/nvm.ts'
import type { ServerCertificatePolicy } from '../../shared/contracts/security.ts'
import { isSelfIssued, readCertificate, rsaKey } from '../x509/certificate.ts'
import { X509Fault } from '../x509/fault.ts'
import { signatureName } from '../x509/signature.ts'
import { pemOf, storableCertificate } from '../x509/slot-file.ts'
import type { SlotRules } from '../x509/slot-rules.ts'
import { pathRefusal } from '../x509/would-work.ts'
import type { CompleteChain } from './complete-chain.ts'
import { describePublicKey } from './public-key.ts'

/** What a chain is judged by: the product, its settings and its clock. */
export interface ChainJudge {
  readonly rules: SlotRules
  readonly policy: ServerCertificatePolicy
  readonly clockMs: number
}

/**
 * Describes a chain for a person: each certificate, whether it can be stored, and whether storing it would make the
 * module trust the server.
 */
export function describeChain(
  chain: CompleteChain,
  judge: ChainJudge,
  where: Pick<FetchedChain, 'source' | 'leadsTo' | 'protocol'>
): FetchedChain {
  const sent = chain.links.filter(({ origin }) => origin === 'sent').map(({ der }) => der)
  const certificates = chain.links.map(({ der, origin }, index): ChainCertificate => ({
    origin,
    ...describeOne(der, index, sent, judge)
  }))
  const last = certificates.at(-1)!
  const gap = chain.hasRoot
    ? null
    : `The server did not send its root, and this machine does not know ${nameOf(last.issuer)}; whoever runs the server has it.`
  return { ...where, certificates, gap, suggested: certificates.length - 1 }
}

function describeOne(
  der: Buffer,
  index: number,
  sent: readonly Buffer[],
  { rules, policy, clockMs }: ChainJudge
): Omit<ChainCertificate, 'origin'> {
  const pem = pemOf('CERTIFICATE', der)
  try {
    const certificate = readCertificate(der)
    const { subject, issuer, notBeforeMs, notAfterMs, signatureOid } = certificate
    const cannot = notRsa(() => rsaKey(certificate.publicKey)) ?? tooLarge(der, pem, rules)
    const stored = cannot === null ? storableCertificate(der, rules)! : null
    return {
      subject: subject.text,
      issuer: issuer.text,
      role: isSelfIssued(certificate) ? 'root' : index === 0 ? 'server' : 'intermediate',
      notBeforeMs,
      notAfterMs,
      key: describePublicKey(new X509Certificate(der).publicKey),
      signature: signatureName(signatureOid),
      sha1Fingerprint: new X509Certificate(der).fingerprint,
      pem,
      form: stored && { format: stored.length === der.length ? 'DER' : 'PEM', storedBytes: stored.length },
      cannot,
      refuses: cannot === null ? (pathRefusal(sent, certificate, policy, clockMs)?.sentence ?? null) : null
    }
  } catch (error) {
    if (!(error instanceof X509Fault)) throw error
    return unreadable(der, index, pem, error)
  }
}

/** Describes a certificate that Node.js can read and the module cannot. */
function unreadable(der: Buffer, index: number, pem: Uint8Array, fault: X509Fault): Omit<ChainCertificate, 'origin'> {
  const certificate = new X509Certificate(der)
  const oneLine = (name: string): string => name.split('\n').join(', ')
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    role: certificate.subject === certificate.issuer ? 'root' : index === 0 ? 'server' : 'intermediate',
    notBeforeMs: Date.parse(certificate.validFrom),
    notAfterMs: Date.parse(certificate.validTo),
    key: describePublicKey(certificate.publicKey),
    signature: 'not read',
    sha1Fingerprint: certificate.fingerprint,
    pem,
    form: null,
    cannot: `The module cannot read it: it ${fault.message}.`,
    refuses: null
  }
}

function notRsa(read: () => unknown): string | null {
  try {
    read()
    return null
  } catch (error) {
    if (!(error instanceof X509Fault)) throw error
    return `It ${error.message}; the module knows RSA alone.`
  }
}

function tooLarge(der: Uint8Array, pem: Uint8Array, rules: SlotRules): string | null {
  if (storableCertificate(der, rules)) return null
  return `It has ${pem.length} bytes as PEM${rules.readsDer ? ` and ${der.length} as DER` : ''}; a slot takes ${rules.capacityBytes}.`
}

function nameOf(name: string): string {
  return /CN=[^,]+/.exec(name)?.[0] ?? name
}
