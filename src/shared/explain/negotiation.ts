import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { atFarEnd, profileNow, securitySetting } from './remedies.ts'
import { compared, shown, type Builder } from './story.ts'
import { listText } from './words.ts'

// Handshakes in which the two sides have no suite or version in common (guide chapter 2.2).

export const noCommonSuite: Builder = (story) => {
  const { offered, server } = story.fact('suites')!
  return {
    title: 'Module and server have no cipher suite in common',
    happened: [
      shown(`The module proposed ${listText(offered)}.`, story.evidence.message('ClientHello', 'out')),
      shown(
        `${farEndName(story)} answered with ${story.fact('alert')?.name ?? 'an alert'} instead of a ServerHello. This means that it accepts none of them; it does not say which suites it has.`,
        story.evidence.message('Alert', 'in')
      )
    ],
    values: [
      compared(
        'cipher suite',
        `one of ${offered.join(', ')}`,
        server?.join(', ') ?? `${story.fact('alert')?.name ?? 'an alert'}, and no ServerHello`
      )
    ],
    picture: { kind: 'suites', offered, server },
    rule: 'G-2.2-4',
    // The suite without encryption comes last.
    remedies: (now) => {
      const others = otherSuites(now, offered)
      return [
        ...others.filter(({ warning }) => !warning),
        atFarEnd(takes(offered)),
        ...others.filter(({ warning }) => warning)
      ]
    },
    parts: ['ssl', 'far-end', 'handshake']
  }
}

const takes = (offered: readonly string[]): string =>
  `Configure the server to accept ${offered.length > 1 ? 'one of ' : ''}${listText(offered, 'or')}.`

export const suiteNotProposed: Builder = (story) => {
  const { offered, server } = story.fact('suites')!
  return {
    title: `The server chose ${listText(server ?? [])}, which was not proposed`,
    happened: [
      shown(`The module proposed ${listText(offered)}.`, story.evidence.message('ClientHello', 'out')),
      shown(`The server chose ${listText(server ?? [])} nevertheless.`, story.evidence.message('ServerHello', 'in'))
    ],
    picture: { kind: 'suites', offered, server },
    values: [compared('cipher suite', offered.join(', '), server?.join(', ') ?? null)],
    remedies: (now) => [
      atFarEnd('Use another server, or another version of this one: it violates the protocol.'),
      ...otherSuites(now, offered)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

export const versionRefused: Builder = (story) => {
  const { offered, got } = story.fact('version')!
  const alert = story.evidence.message('Alert', 'in')
  return {
    title: `The server does not accept ${offered}`,
    happened: [
      shown(
        `The module offered ${offered}, the only version that it supports.`,
        story.evidence.message('ClientHello', 'out')
      ),
      got === null
        ? shown(
            `${farEndName(story)} refused it: ${story.fact('alert')?.name ?? 'protocol_version'}. Present-day servers require at least TLS 1.2.`,
            alert
          )
        : shown(
            `${farEndName(story)} answered in ${got}.`,
            story.evidence.message('ServerHello', 'in') ?? story.evidence.last('tls-failure')
          )
    ],
    values: [compared('protocol version', offered, got ?? 'a newer one')],
    rule: 'G-2.2-1',
    remedies: () => [
      atFarEnd(
        `Configure the server to accept ${offered} (with OpenSSL 3: MinProtocol TLSv1 and a cipher list at security level 0).`
      ),
      atFarEnd(`Put a proxy in between that speaks ${offered} to the module, or use the lab by --route.`)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

/** Suggests suite 0 if a single one was proposed, else the family's other suites. */
function otherSuites(now: Snapshot, offered: readonly string[]): Remedy[] {
  const { numbered, automatic } = profileNow(now).suites
  const more = automatic.map(({ shortName }) => shortName).filter((name) => !offered.includes(name))
  const single = numbered
    .map((suite, index) => ({ suite, number: index + 1 }))
    .filter(({ suite }) => !offered.includes(suite.shortName) && !automatic.includes(suite))
  return [
    ...(more.length > 0
      ? [
          {
            sentence: `Propose ${listText(automatic.map(({ shortName }) => shortName))} (suite 0).`,
            commands: [securitySetting(now, { suite: 0 })]
          }
        ]
      : []),
    ...single.map(({ suite, number }): Remedy => ({
      sentence: `Propose only ${suite.shortName} (suite ${number}).`,
      commands: [securitySetting(now, { suite: number })],
      ...(suite.bulk === 'null' ? { warning: 'Bench only: nothing is then encrypted.' } : {})
    }))
  ]
}
