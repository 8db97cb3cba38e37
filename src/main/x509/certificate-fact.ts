import type { FailureFact } from '../../shared/rules/failure-facts.ts'
import type { Certificate } from './certificate.ts'
import { signatureName } from './signature.ts'

/**
 * Returns what an explanation shows of a certificate. `position` counts from 1, the server's own; `null` for a stored
 * certificate.
 */
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
