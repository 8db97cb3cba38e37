import type { Snapshot } from '../calls/snapshot.ts'
import { hasBegun, hasEnded } from '../tls/validity.ts'
import { alertSent, renewed, showsCertificate, whose, type CertificateFact } from './certificate-story.ts'
import { unusable } from './certificates.ts'
import type { Remedy } from './explanation.ts'
import { setClock, verifyNothing } from './remedies.ts'
import { compared, pictured, shown, type Builder, type Story } from './story.ts'
import { dateText, distanceText } from './words.ts'

// Certificates whose dates do not fit the clock of the module (guide chapter 3.3).

export const expired: Builder = (story) => {
  const { certificate, clockMs } = datesOf(story)
  if (!certificate) return unusable(story)
  const { notBeforeMs, notAfterMs } = certificate
  return {
    title: `${whose(certificate)} has expired`,
    happened: [
      showsCertificate(story, certificate),
      pictured(
        `It ended on ${dateText(notAfterMs)}; the module's clock said ${dateText(clockMs)}, ${distanceText(clockMs - notAfterMs)} later.`,
        story.evidence.last('tls-failure')
      ),
      ...alertSent(story)
    ],
    values: [
      compared('notAfter', `${dateText(clockMs)} or later`, dateText(notAfterMs)),
      compared('certificate', null, certificate.subject)
    ],
    picture: { kind: 'validity', subject: certificate.subject, notBeforeMs, notAfterMs, clockMs },
    remedies: (now) => [
      ...trueTime(now, certificate, clockMs),
      renewed(now, certificate),
      clockBack(certificate),
      ...verifyNothing(story, now)
    ],
    parts: ['clock', certificate.position === null ? 'nvm:ca-certificate' : 'far-end', 'ssl', 'handshake']
  }
}

export const notYetValid: Builder = (story) => {
  const { certificate, clockMs } = datesOf(story)
  if (!certificate) return unusable(story)
  const { notBeforeMs, notAfterMs } = certificate
  const neverSet = new Date(clockMs).getUTCFullYear() < 1981
  const early = distanceText(notBeforeMs - clockMs)
  return {
    title: neverSet ? "The module's clock was never set" : `${whose(certificate)} is not valid yet`,
    happened: [
      showsCertificate(story, certificate),
      pictured(
        `It begins on ${dateText(notBeforeMs)}; the module's clock said ${dateText(clockMs)}, ${early} earlier.`,
        story.evidence.last('tls-failure')
      ),
      ...(neverSet ? [shown('Until the network or the host sets it, the clock shows January 1980.')] : []),
      ...alertSent(story)
    ],
    values: [
      compared('notBefore', `${dateText(clockMs)} or earlier`, dateText(notBeforeMs)),
      compared('certificate', null, certificate.subject)
    ],
    picture: { kind: 'validity', subject: certificate.subject, notBeforeMs, notAfterMs, clockMs },
    remedies: (now) => [
      ...trueTime(now, certificate, clockMs),
      ...(neverSet ? [networkTime] : []),
      ...(isRealTime(now, clockMs) ? [renewed(now, certificate), inside(certificate)] : []),
      ...verifyNothing(story, now)
    ],
    parts: ['clock', certificate.position === null ? 'nvm:ca-certificate' : 'far-end', 'ssl', 'handshake']
  }
}

function datesOf(story: Story): { certificate: CertificateFact | null; clockMs: number } {
  return { certificate: story.fact('certificate'), clockMs: story.fact('clock')?.clockMs ?? 0 }
}

/** Returns whether the module's clock was right at the check. Then the certificate must change, not the clock. */
function isRealTime({ wallMs }: Snapshot, clockMs: number): boolean {
  return Math.abs(wallMs - clockMs) < CLOCK_TOLERANCE_MS
}

/** A check of yesterday still counts as one at the right time. */
const CLOCK_TOLERANCE_MS = 2 * 86_400_000

/** Suggests setting the clock to the real time, if that helps. */
function trueTime(now: Snapshot, { notBeforeMs, notAfterMs }: CertificateFact, clockMs: number): Remedy[] {
  const nowMs = now.wallMs
  if (isRealTime(now, clockMs) || !hasBegun(nowMs, notBeforeMs) || hasEnded(nowMs, notAfterMs)) return []
  return [setClock(nowMs, `Set the module's clock to the present time: ${dateText(nowMs)}.`)]
}

const networkTime: Remedy = {
  sentence: 'Let the network set the clock: enable network time, then register again.',
  commands: ['AT#NITZ=7', 'AT+COPS=2', 'AT+COPS=0', 'AT#SGACT=1,1']
}

function clockBack(certificate: CertificateFact): Remedy {
  return inside(
    certificate,
    'Bench only: the module then accepts expired certificates.',
    certificate.notAfterMs - Math.min(86_400_000, (certificate.notAfterMs - certificate.notBeforeMs) / 2)
  )
}

function inside(
  { notBeforeMs, notAfterMs }: CertificateFact,
  warning = 'Bench only: the module then accepts certificates that are not valid yet.',
  ms = notBeforeMs + Math.min(86_400_000, (notAfterMs - notBeforeMs) / 2)
): Remedy {
  return setClock(ms, `Turn network time off and set the clock to ${dateText(ms)}.`, warning)
}
