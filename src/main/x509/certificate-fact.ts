import type { FailureFact } from '../../shared/rules/failure-facts.ts'
import type { Certificate } from './certificate.ts'
import { signatureName } from './signature.ts'

/** What an explanation tells of a certificate. `position`: 1 is the far end's own; null: it is a stored one. */
export function certificateFact(certificate: Certificate, position: number | null): FailureFact {
  const { subject, issuer, notBeforeMs, notAfterMs, der, signatureOid } = certificate
  return {
    kind: 'certificate',
    position,
    subject: subject.text,
    issuer: issuer.text,
    notBeforeMs,
    notAfterMs,
    bytes: der.length,
    signature: signatureName(signatureOid)
  }
}
