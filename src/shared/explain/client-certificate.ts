import { atFarEnd, securitySetting, storeSlot } from './remedies.ts'
import { compared, shown, type Builder, type Story } from './story.ts'

// Handshakes that fail at the client certificate (guide chapter 3.2).

export const clientCertificateWanted: Builder = (story) => {
  const withheld = story.fact('withheld')
  return withheld ? otherCertificateWanted(story, withheld.reason) : noCertificateSent(story)
}

const noCertificateSent: Builder = (story) => ({
  title: 'The server requires a client certificate',
  happened: [
    shown(
      'The server asked for a client certificate, and the module sent none.',
      story.evidence.message('Certificate', 'out')
    ),
    shown(
      `It ended the handshake with ${story.fact('alert')?.name ?? 'an alert'}.`,
      story.evidence.message('Alert', 'in')
    )
  ],
  values: [compared('auth mode', '2, both sides', story.moment ? `${story.moment.ssl.authMode}` : null)],
  rule: 'G-3.2-5',
  remedies: (now) => {
    const switchOn = securitySetting(now, { authMode: 2 })
    const stored = ['client-certificate', 'private-key'].every((slot) =>
      now.slots.some((one) => one.slot === slot && one.storedBytes > 0 && one.fault === null)
    )
    if (stored) return [{ sentence: 'Use the stored client certificate: auth mode 2.', commands: [switchOn] }]
    return [
      storeSlot(
        now,
        'client-certificate',
        'Store a client certificate that the server knows.',
        null,
        'the client certificate'
      ),
      storeSlot(now, 'private-key', 'Store its private key.', null, 'the private key'),
      { sentence: 'Then use them: auth mode 2.', commands: [switchOn] }
    ]
  },
  parts: ['nvm:client-certificate', 'nvm:private-key', 'ssl', 'far-end']
})

/** There is a certificate, but not one that CertificateRequest asks for (RFC 2246 7.4.6). */
function otherCertificateWanted(story: Story, reason: string): ReturnType<Builder> {
  return {
    title: 'The server wants another client certificate than the stored one',
    happened: [
      shown(`The module did not send its certificate: ${reason}.`, story.evidence.message('CertificateRequest', 'in')),
      shown(
        'It sent an empty Certificate, as TLS 1.0 requires of a client without a suitable certificate.',
        story.evidence.message('Certificate', 'out')
      ),
      shown(
        `The server ended the handshake with ${story.fact('alert')?.name ?? 'an alert'}.`,
        story.evidence.message('Alert', 'in')
      )
    ],
    values: [
      compared(
        'client certificate',
        'one of the type and issuer that CertificateRequest names',
        story.moment?.subjects['client-certificate'] ?? null
      )
    ],
    rule: 'RFC 2246 7.4.6',
    remedies: (now) => [
      storeSlot(
        now,
        'client-certificate',
        'Store a client certificate of a CA that the server names.',
        null,
        'the client certificate'
      ),
      atFarEnd(
        'Configure the server to accept the CA that issued the stored certificate, and certificates of type rsa_sign.'
      )
    ],
    parts: ['nvm:client-certificate', 'far-end', 'handshake']
  }
}

export const clientCertificateRefused: Builder = (story) => ({
  title: "The server does not trust the module's certificate",
  happened: [
    shown('The module sent its client certificate.', story.evidence.message('Certificate', 'out')),
    shown(
      `The server refused it with ${story.fact('alert')?.name ?? 'an alert'}.`,
      story.evidence.message('Alert', 'in')
    )
  ],
  values: [
    compared(
      'client certificate',
      'one whose issuer the server knows',
      story.moment?.subjects['client-certificate'] ?? null
    )
  ],
  remedies: (now) => [
    storeSlot(
      now,
      'client-certificate',
      'Store a client certificate of a CA that the server trusts.',
      null,
      'the client certificate'
    ),
    atFarEnd('Configure the server to trust the CA that issued it.')
  ],
  parts: ['nvm:client-certificate', 'far-end', 'handshake']
})
