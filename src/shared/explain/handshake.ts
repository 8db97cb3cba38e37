import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName, isFtp } from './far-end.ts'
import { dialledBy, dialText } from './last-dial.ts'
import { struck } from './on-purpose.ts'
import { atFarEnd, dialAgain, profileNow, securitySetting, storeSlot } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { bytesText, listText, secondsText } from './words.ts'

/** Handshakes and records that fail for other reasons than a certificate (guide chapters 2.2 and 4). */

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
    // What leaves everything readable comes last.
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

/** There is a certificate, and it is not what CertificateRequest asks for (RFC 2246 7.4.6). */
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

export const alertReceived: Builder = (story) => {
  const alert = story.fact('alert')
  return {
    title: `The server ended the connection: ${alert?.name ?? 'an alert'}`,
    happened: [
      shown(story.failure.sentence, story.evidence.message('Alert', 'in')),
      ...(alert ? [shown(`At that moment the module was waiting for ${alert.expected}.`)] : []),
      // Its first record under the new keys is the module's Finished.
      ...(alert && unreadable.test(alert.name) && alert.expected === 'ChangeCipherSpec'
        ? [
            shown(
              'It could not decrypt the data of the module: its private key may not belong to the certificate that it sent.',
              story.evidence.message('Certificate', 'in')
            )
          ]
        : [])
    ],
    values: ownValues(story, 'next message'),
    remedies: (now) => [
      atFarEnd("See the server's log: only the server knows why."),
      dialAgain(story, now, (begins) => `${begins} again.`)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

/** Alerts of a far end whose keys have become others than the module's. */
const unreadable = /^(bad_record_mac|decrypt_error|decryption_failed)/

export const farEndLeft: Builder = (story) => {
  const { expected, sentence } = story.failure
  const hello = story.evidence.message('ServerHello', 'in')
  const alert = story.evidence.message('Alert', 'in')
  return {
    title: 'The server closed the connection during the handshake',
    happened: [
      shown(
        `The module was waiting for ${expected ?? 'the next message'}.`,
        story.evidence.message('ClientHello', 'out')
      ),
      shown(`${sentence}${alert === null ? ' No alert says why.' : ''}`, story.evidence.last('tcp')),
      ...(hello !== null
        ? [shown('It had answered in TLS 1.0 before, so port and version are right.', hello)]
        : silentLeavers(story).map((words) => shown(words)))
    ],
    values: ownValues(story, 'next message'),
    remedies: (now) => [
      atFarEnd(whyItLeft(story, hello !== null)),
      dialAgain(story, now, (begins) => `${begins} again.`)
    ],
    parts: ['far-end', 'handshake', 'ssl']
  }
}

/** Who leaves without an answer to ClientHello: nothing of it where a fault did it. */
function silentLeavers(story: Story): string[] {
  if (struck(story)) return []
  // It has taken AUTH TLS.
  if (isFtp(story.command)) return ['Servers that no longer speak TLS 1.0 often do just that.']
  return ['Servers that no longer speak TLS 1.0, and ports that speak no TLS at all, often do just that.']
}

function whyItLeft(story: Story, answered: boolean): string {
  if (struck(story)) return 'Clear the fault if it is still armed.'
  if (answered) return "See the server's log: only the server knows why it closed the connection."
  return isFtp(story.command)
    ? 'Check whether the server still accepts TLS 1.0.'
    : 'Check whether this port speaks TLS, and whether the server still accepts TLS 1.0.'
}

export const handshakeSilent: Builder = (story) => {
  const limitMs = story.fact('timer')!.limitMs
  return {
    title: `No data was received for ${secondsText(limitMs)} in the handshake`,
    happened: [
      shown(
        `The module was waiting for the next complete record from ${farEndName(story)}.`,
        story.evidence.message('ClientHello', 'out')
      ),
      shown(
        `The limit of ${secondsText(limitMs)} for one record expired. The whole handshake may take ten times as long.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('next record', `within ${secondsText(limitMs)}`, 'nothing')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      ...(struck(story) ? [] : [...fasterClock(story, now), ...longer(story, now, limitMs)]),
      atFarEnd(struck(story) ? 'Clear the fault if it is still armed.' : 'Find out why the server is silent.')
    ],
    parts: ['timer:handshake', 'far-end', 'ssl']
  }
}

/** Records came, each in time, and all of them took too long (D-4). */
export const handshakeSlow: Builder = (story) => {
  const limitMs = story.fact('timer')!.limitMs
  return {
    title: `The handshake took longer than ${secondsText(limitMs)}`,
    happened: [
      shown(`${farEndName(story)} sent records, each within its limit.`, story.evidence.message('ClientHello', 'out')),
      shown(
        `The whole handshake may take ten times the limit of one record. These ${secondsText(limitMs)} expired.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('handshake', `complete within ${secondsText(limitMs)}`, 'not complete')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      ...fasterClock(story, now),
      ...longer(story, now, limitMs / 10),
      atFarEnd('Find out why the server sends so slowly.')
    ],
    parts: ['timer:handshake', 'far-end', 'ssl']
  }
}

export const processorBusy: Builder = (story) => {
  const { limitMs = 0 } = story.fact('timer') ?? {}
  return {
    title: 'The processor was too slow for the certificates',
    happened: [
      shown(`${farEndName(story)} sent its certificates in time.`, story.evidence.message('Certificate', 'in')),
      shown(
        `Large certificates and keys over 2048 bits keep this processor busy for a long time. It did not answer within ${secondsText(limitMs)}.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('answer of the module', `within ${secondsText(limitMs)}`, 'a busy processor')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      { sentence: 'Speed up the processor during the handshake: 2 doubles its clock.', commands: ['AT#CPUMODE=2'] },
      { sentence: 'Or quadruple its clock, for even larger certificates.', commands: ['AT#CPUMODE=4'] },
      ...longer(story, now, limitMs),
      atFarEnd('Give the server smaller certificates: keys of 2048 bits, a shorter chain.')
    ],
    parts: ['timer:handshake', 'ssl', 'far-end']
  }
}

export const finishedWrong: Builder = (story) => ({
  title: 'The handshake was modified in transit, or the server computes Finished wrongly',
  happened: [shown(story.failure.sentence, story.evidence.last('tls-failure'))],
  values: ownValues(story, 'Finished'),
  remedies: (now) => [
    dialAgain(story, now, (begins) => `${begins} again; if it happens twice, the server is at fault.`),
    atFarEnd("See the server's log.")
  ],
  parts: ['far-end', 'handshake', 'ssl']
})

export const notTls: Builder = (story) => ({
  title: 'The server at this port does not speak TLS',
  happened: [shown(story.failure.sentence, story.evidence.last('tls-failure'))],
  values: ownValues(story, 'first bytes'),
  remedies: () =>
    isFtp(story.command)
      ? [atFarEnd('Configure the server to begin TLS once it has accepted AUTH TLS.')]
      : [
          { sentence: 'Dial the TLS port of the server; for HTTPS it is 443.', commands: portOf(story, '443') },
          atFarEnd('Configure the server to use TLS on this port.')
        ],
  parts: ['far-end', 'handshake']
})

export const recordTooLarge: Builder = (story) => {
  const { gotBytes, limitBytes } = story.fact('size')!
  const own = limitBytes < 16_384
  return {
    title: `A record of ${bytesText(gotBytes)} exceeds the limit of ${limitBytes}`,
    happened: [
      shown(`The server sent a record of ${bytesText(gotBytes)}.`, story.evidence.last('tls-failure')),
      shown(
        own ? `This product accepts at most ${limitBytes}, although TLS allows 16384.` : 'That is more than TLS allows.'
      )
    ],
    values: [compared('record', `${limitBytes} bytes at most`, `${gotBytes} bytes`)],
    picture: { kind: 'size', label: 'record', gotBytes, limitBytes },
    remedies: (now) => [
      atFarEnd(`Configure the server to send records of at most ${limitBytes} bytes, or request less data at once.`),
      ...(own
        ? [
            {
              sentence: 'Choose a product without this limit: a GE910.',
              commands: [],
              act: 'choose-product'
            } satisfies Remedy
          ]
        : []),
      dialAgain(story, now, (_, dial) => `The connection is closed: ${dial} again.`)
    ],
    parts: ['far-end', 'ssl']
  }
}

export const recordDamaged: Builder = (story) => ({
  title: 'A record was modified in transit',
  happened: [
    shown(story.failure.sentence, story.evidence.last('tls-failure')),
    shown('A record that cannot be verified ends the connection; the data before it was good.')
  ],
  values: ownValues(story, 'record'),
  remedies: (now) => [
    dialAgain(story, now, (begins) => `${begins} again.`),
    atFarEnd(
      struck(story)
        ? 'Clear the fault if it is still armed.'
        : 'If it happens again, something on the path changes the bytes.'
    )
  ],
  parts: ['far-end', 'ssl']
})

export const protocolBroken: Builder = (story) => ({
  title: story.failure.error === 'sslEncryption' ? 'The connection failed during transfer' : 'The handshake failed',
  happened: [shown(story.failure.sentence, story.evidence.last('tls-failure'))],
  values: ownValues(story, 'protocol'),
  remedies: (now) => [dialAgain(story, now, (begins) => `${begins} again.`), atFarEnd("See the server's log.")],
  parts: ['far-end', 'handshake', 'ssl']
})

/** Suite 0 where one alone was proposed; the family's others where that is not enough. */
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

/** G-4.1-6: where certificates take the processor long. */
function fasterClock({ evidence }: Story, now: Snapshot): Remedy[] {
  if (!profileNow(now).hasCpuMode || evidence.message('ServerHello', 'in') === null) return []
  return [{ sentence: 'Speed up the processor: large certificates take it a long time.', commands: ['AT#CPUMODE=2'] }]
}

/** Three times the time: at the dial where it gave one, else as defTo for all. */
function longer(story: Story, now: Snapshot, limitMs: number): Remedy[] {
  const limit100ms = Math.min(5000, Math.max(10, Math.ceil((3 * limitMs) / 100)))
  if (limit100ms * 100 <= limitMs) return []
  const dial = dialledBy(story)
  const sentence = `Wait longer: ${secondsText(limit100ms * 100)}.`
  if (story.fact('timer')?.name === 'ftp') return [{ sentence, commands: [`AT#FTPTO=${limit100ms}`] }]
  if (dial && dial.timeout100ms !== null)
    return [{ sentence, commands: [dialText({ ...dial, timeout100ms: limit100ms })] }]
  const { pktSize, maxToS, txTo100ms } = now.ssl.config
  return [{ sentence, commands: [`AT#SSLCFG=1,1,${pktSize},${maxToS},${limit100ms},${txTo100ms}`] }]
}

function portOf(story: Story, port: string): string[] {
  const dial = dialledBy(story)
  return dial && dial.port !== port ? [dialText({ ...dial, port })] : []
}
