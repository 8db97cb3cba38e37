import type { FailureFact } from '../rules/failure-facts.ts'
import type { Snapshot } from '../calls/snapshot.ts'
import type { Happening, Remedy } from './explanation.ts'
import { hasBegun, hasEnded } from '../tls/validity.ts'
import { farEndName } from './far-end.ts'
import { atFarEnd, setClock, setSwitch, storeSlot, verifyNothing } from './remedies.ts'
import { compared, ownValues, pictured, shown, type Builder, type Story } from './story.ts'
import { bytesText, commonName, dateText, distanceText } from './words.ts'

/** Certificates that are not taken (guide chapter 3.3, D-26): dates, signatures, sizes, with whose they are. */

type CertificateFact = Extract<FailureFact, { kind: 'certificate' }>

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

export const tooLarge: Builder = (story) => {
  const { gotBytes, limitBytes } = story.fact('size')!
  const certificate = story.fact('certificate')
  return {
    title: `The server's certificate is larger than ${bytesText(limitBytes)}`,
    happened: [
      shown(
        `${certificate ? `${commonName(certificate.subject)} has` : 'A certificate has'} ${bytesText(gotBytes)} in DER.`,
        story.evidence.message('Certificate', 'in')
      ),
      shown(
        `The module can authenticate certificates of at most ${bytesText(limitBytes)}, so it stopped here.`,
        story.evidence.last('tls-failure')
      )
    ],
    values: [compared('size in DER', `${limitBytes} bytes at most`, `${gotBytes} bytes`)],
    picture: { kind: 'size', label: 'certificate', gotBytes, limitBytes },
    remedies: (now) => [
      atFarEnd('Give the server a smaller certificate: fewer names in it, a shorter key.'),
      ...verifyNothing(story, now)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

export const notTrusted: Builder = (story) => {
  const [link, anchor] = certificatesOf(story)
  const slotSubject = anchor?.subject ?? story.moment?.subjects['ca-certificate'] ?? null
  return {
    title: 'The server’s certificate was not issued by the stored CA',
    happened: [
      ...(link
        ? [
            shown(
              `${commonName(link.subject)} was issued by ${link.issuer}.`,
              story.evidence.message('Certificate', 'in')
            )
          ]
        : []),
      shown(
        `The stored CA certificate is that of ${slotSubject ?? 'nobody'}, and the server sent no certificate that links the two.`,
        story.evidence.last('tls-failure')
      )
    ],
    values: [compared('issuer', slotSubject, link?.issuer ?? null)],
    picture: link
      ? { kind: 'chain', links: [{ subject: link.subject, issuer: link.issuer, ok: false }], anchor: slotSubject }
      : null,
    remedies: (now) => [
      storeRoot(now, `Store the root certificate of the CA that issued the certificate of ${farEndName(story)}.`),
      atFarEnd('Configure the server to send its intermediate certificates too.'),
      ...verifyNothing(story, now)
    ],
    parts: ['nvm:ca-certificate', 'far-end', 'ssl', 'handshake']
  }
}

export const chainInCircle: Builder = (story) => {
  const told = notTrusted(story)
  return {
    ...told,
    title: "The server's chain is circular",
    happened: [shown(story.failure.sentence, story.evidence.message('Certificate', 'in'))],
    remedies: (now) => [
      atFarEnd(
        'Configure the server to send a chain in which each certificate was issued by the next one, up to its root.'
      ),
      ...told.remedies(now).filter(({ act }) => act !== 'mend-far-end')
    ]
  }
}

export const selfSigned: Builder = (story) => {
  const [link, anchor] = certificatesOf(story)
  // A root that the server sent behind its own certificate is somebody else's word.
  const own = link === undefined || link.position === 1
  return {
    ...notTrusted(story),
    title: own
      ? "The server's certificate is self-signed"
      : "The server's chain ends in a root other than the stored CA",
    happened: [
      shown(
        `${link ? commonName(link.subject) : 'The last certificate'}${own ? '' : `, certificate ${link.position} of the chain that the server sent,`} is signed with its own key.`,
        story.evidence.message('Certificate', 'in')
      ),
      shown(
        `Only the stored CA certificate (${anchor?.subject ?? 'none'}) is trusted, and it is a different certificate.`,
        story.evidence.last('tls-failure')
      )
    ],
    remedies: (now) => [
      storeSlot(
        now,
        'ca-certificate',
        own
          ? 'Store this certificate as the CA certificate: the module trusts the stored certificate as it is.'
          : `Store the root certificate of ${commonName(link.subject)} as the CA certificate, if it is to be trusted.`,
        null,
        own ? 'the certificate' : 'its root certificate'
      ),
      ...verifyNothing(story, now)
    ]
  }
}

export const signatureWrong: Builder = (story) => {
  const [link, issuer] = certificatesOf(story)
  const told = notTrusted(story)
  return {
    ...told,
    title: 'A signature in the chain does not fit',
    happened: [
      shown(
        `${link ? commonName(link.subject) : 'A certificate'} names ${link ? commonName(link.issuer) : 'an issuer'} as its issuer.`,
        story.evidence.message('Certificate', 'in')
      ),
      shown(
        `Its signature was not made with the key of ${issuer ? issuer.subject : 'that issuer'}: same name, another key.`,
        story.evidence.last('tls-failure')
      )
    ],
    values: ownValues(story, 'signature'),
    // The chain is complete: no further certificate would help.
    remedies: (now) => [
      storeRoot(
        now,
        `Store the certificate of ${link ? commonName(link.issuer) : 'the issuer'} whose key made the signature.`
      ),
      atFarEnd('Configure the server to send certificates that belong to one chain.'),
      ...verifyNothing(story, now)
    ]
  }
}

export const signatureRefused: Builder = (story) => {
  const certificate = story.fact('certificate')
  const name = certificate?.signature ?? story.failure.got ?? 'an algorithm'
  return {
    title: `This product does not check ${name} signatures`,
    happened: [
      shown(
        `${certificate ? commonName(certificate.subject) : 'A certificate'} is signed with ${name}.`,
        story.evidence.message('Certificate', 'in')
      ),
      shown(
        `The module checks ${story.failure.expected ?? 'RSA with MD5 or SHA-1'} and refuses the rest.`,
        story.evidence.last('tls-failure')
      )
    ],
    values: [compared('signature', story.failure.expected, name)],
    remedies: (now) => [
      atFarEnd('Give the server a chain that is signed with SHA-1.'),
      // No product of the guide reads any other.
      ...(/sha-?256/i.test(name) ? [setSwitch('sha256Chains', 'taken')] : []),
      ...verifyNothing(story, now)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

export const notAnAuthority: Builder = (story) => ({
  ...unusable(story),
  title: 'A certificate of the chain may not sign others',
  values: ownValues(story, 'authority'),
  remedies: (now) => [
    atFarEnd(
      'Give the server a chain in which every issuer is marked as an authority, with a path length that allows it.'
    ),
    ...verifyNothing(story, now)
  ]
})

export const criticalRefused: Builder = (story) => ({
  ...unusable(story),
  title: 'A critical extension that the module does not act upon',
  remedies: (now) => [
    setSwitch('criticalExtensions', 'ignored'),
    atFarEnd('Give the server a chain without critical nameConstraints, policies and extKeyUsage.'),
    ...verifyNothing(story, now)
  ]
})

export const keyNotRsa: Builder = (story) => ({
  ...unusable(story),
  title: "The server's key is not RSA",
  values: [compared('key', 'RSA', story.failure.got)],
  remedies: () => [atFarEnd('Give the server an RSA key; every suite of the module needs one.')]
})

export const unusable: Builder = (story) => {
  const certificate = story.fact('certificate')
  return {
    title: "The server's certificate cannot be used",
    happened: [
      shown(story.failure.sentence, story.evidence.message('Certificate', 'in')),
      ...(certificate ? [shown(`It belongs to ${certificate.subject} and was issued by ${certificate.issuer}.`)] : [])
    ],
    values: ownValues(story, 'certificate'),
    remedies: (now) => [
      atFarEnd('Give the server a certificate that follows RFC 2459, with an RSA key.'),
      ...verifyNothing(story, now)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

function datesOf(story: Story): { certificate: CertificateFact | null; clockMs: number } {
  return { certificate: story.fact('certificate'), clockMs: story.fact('clock')?.clockMs ?? 0 }
}

function certificatesOf({ failure }: Story): CertificateFact[] {
  return failure.facts.filter((fact) => fact.kind === 'certificate')
}

const whose = ({ position }: CertificateFact): string =>
  position === null
    ? 'The stored CA certificate'
    : position === 1
      ? "The server's certificate"
      : `Certificate ${position} of the server's chain`

function showsCertificate(story: Story, { position, subject, issuer }: CertificateFact): Happening {
  const told =
    position === null
      ? `The stored CA certificate is that of ${subject}.`
      : `The server sent the certificate of ${subject}, issued by ${commonName(issuer)}.`
  return shown(told, story.evidence.message('Certificate', 'in'))
}

function alertSent(story: Story): Happening[] {
  const seq = story.evidence.message('Alert', 'out')
  return seq === null
    ? []
    : [shown('The module sent a fatal alert and ended the connection before it had sent any secret.', seq)]
}

/** The module's clock was right when it judged: then the certificate has to change, not the clock. */
function isRealTime({ wallMs }: Snapshot, clockMs: number): boolean {
  return Math.abs(wallMs - clockMs) < CLOCK_TOLERANCE_MS
}

/** A judgement of yesterday is one of the right time still. */
const CLOCK_TOLERANCE_MS = 2 * 86_400_000

/** Setting the clock to what it is: only where that mends it. */
function trueTime(now: Snapshot, { notBeforeMs, notAfterMs }: CertificateFact, clockMs: number): Remedy[] {
  const nowMs = now.wallMs
  if (isRealTime(now, clockMs) || !hasBegun(nowMs, notBeforeMs) || hasEnded(nowMs, notAfterMs)) return []
  return [setClock(nowMs, `Set the module's clock to the present time: ${dateText(nowMs)}.`)]
}

const networkTime: Remedy = {
  sentence: 'Let the network set the clock: enable network time, then register again.',
  commands: ['AT#NITZ=7', 'AT+COPS=2', 'AT+COPS=0', 'AT#SGACT=1,1']
}

const storeRoot = (now: Snapshot, sentence: string): Remedy =>
  storeSlot(now, 'ca-certificate', sentence, null, 'its root certificate')

function renewed(now: Snapshot, { position }: CertificateFact): Remedy {
  if (position === null)
    return storeSlot(now, 'ca-certificate', 'Store a CA certificate that is valid now.', null, 'the CA certificate')
  return atFarEnd('Give the server a certificate that is valid now.')
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
