import type { Snapshot } from '../calls/snapshot.ts'
import type { FailureFact } from '../rules/failure-facts.ts'
import type { Happening, Remedy } from './explanation.ts'
import { atFarEnd, storeSlot } from './remedies.ts'
import { shown, type Story } from './story.ts'
import { commonName } from './words.ts'

// What all explanations of a certificate share: which one it was, its arrival, and what is stored or issued instead.

export type CertificateFact = Extract<FailureFact, { kind: 'certificate' }>

export function certificatesOf({ failure }: Story): CertificateFact[] {
  return failure.facts.filter((fact) => fact.kind === 'certificate')
}

export const whose = ({ position }: CertificateFact): string =>
  position === null
    ? 'The stored CA certificate'
    : position === 1
      ? "The server's certificate"
      : `Certificate ${position} of the server's chain`

export function showsCertificate(story: Story, { position, subject, issuer }: CertificateFact): Happening {
  const told =
    position === null
      ? `The stored CA certificate is that of ${subject}.`
      : `The server sent the certificate of ${subject}, issued by ${commonName(issuer)}.`
  return shown(told, story.evidence.message('Certificate', 'in'))
}

export function alertSent(story: Story): Happening[] {
  const seq = story.evidence.message('Alert', 'out')
  return seq === null
    ? []
    : [shown('The module sent a fatal alert and ended the connection before it had sent any secret.', seq)]
}

export const storeRoot = (now: Snapshot, sentence: string): Remedy =>
  storeSlot(now, 'ca-certificate', sentence, null, 'its root certificate')

export function renewed(now: Snapshot, { position }: CertificateFact): Remedy {
  if (position === null)
    return storeSlot(now, 'ca-certificate', 'Store a CA certificate that is valid now.', null, 'the CA certificate')
  return atFarEnd('Give the server a certificate that is valid now.')
}
