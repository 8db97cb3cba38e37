import { certificatesOf, storeRoot } from './certificate-story.ts'
import { farEndName } from './far-end.ts'
import { atFarEnd, setSwitch, storeSlot, verifyNothing } from './remedies.ts'
import { compared, ownValues, shown, type Builder } from './story.ts'
import { bytesText, commonName } from './words.ts'

// Refused certificates (guide chapter 3.3, D-26): dates, signatures, sizes, and whose they are.

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
  // A root after the server's own certificate belongs to another issuer.
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
      // No product of the guide supports any other.
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
