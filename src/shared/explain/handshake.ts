import type { Remedy } from './explanation.ts'
import { isFtp } from './far-end.ts'
import { dialledBy, dialText } from './last-dial.ts'
import { struck } from './on-purpose.ts'
import { atFarEnd, dialAgain } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { bytesText } from './words.ts'

// Handshakes and records that fail for other reasons than certificates (guide chapters 2.2 and 4).

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

/** Alerts of a server whose keys differ from the module's. */
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

/** Who closes without answering ClientHello; empty when a fault did it. */
function silentLeavers(story: Story): string[] {
  if (struck(story)) return []
  // It has accepted AUTH TLS.
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

function portOf(story: Story, port: string): string[] {
  const dial = dialledBy(story)
  return dial && dial.port !== port ? [dialText({ ...dial, port })] : []
}
