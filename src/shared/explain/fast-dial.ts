import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { atFarEnd } from './remedies.ts'
import { compared, shown, type Builder, type Story } from './story.ts'
import { listText } from './words.ts'

// Fast dials that succeeded with a full handshake (D-24).

export const sessionRefused: Builder = (story) => ({
  title: `${farEndName(story)} did not resume the kept TLS session`,
  happened: [
    shown(
      'ClientHello offered the id of the kept session; ServerHello contained another id, or none.',
      story.evidence.message('ServerHello')
    ),
    shown('Therefore a full handshake with certificates followed. The connection is open; dialling only took longer.'),
    ...(story.moment?.ssl.sessionKept !== false
      ? []
      : [shown('The server sent no session id this time, so the next dial has nothing to resume either.')])
  ],
  values: [compared('handshake', 'abbreviated, with the kept session', 'full')],
  remedies: (now) => [
    ...(now.ssl.sessionKept
      ? [takeUpNow(story, now, 'Close the connection, and resume its session while the server still knows it.')]
      : []),
    atFarEnd(
      'Check how long the server keeps sessions. It loses them when it restarts or after some time, and servers that share an address may not share sessions.'
    )
  ],
  parts: ['far-end', 'handshake', 'ssl']
})

export const sessionNotOffered: Builder = (story) => {
  const { offered, server } = story.fact('suites') ?? { offered: [], server: null }
  const kept = server?.[0] ?? 'another suite'
  return {
    title: 'The suite of the kept TLS session is no longer proposed',
    happened: [
      shown(
        `The session uses ${kept}. #SSLSECCFG has been changed since, and the module proposed ${listText(offered)}.`,
        story.evidence.message('ClientHello')
      ),
      shown(
        'A session can only be resumed with its own suite. So the module did not offer it and made a full handshake. The connection is open.'
      )
    ],
    values: [compared('suite of the session', `one of ${listText(offered)}`, kept)],
    picture: { kind: 'suites', offered, server: [kept] },
    remedies: (now) =>
      now.ssl.sessionKept
        ? [
            takeUpNow(
              story,
              now,
              'The session of this connection is kept instead: close the connection, and resume the session.'
            )
          ]
        : [],
    parts: ['ssl', 'handshake']
  }
}

function takeUpNow({ command }: Story, now: Snapshot, sentence: string): Remedy {
  const again = command?.name === '#SSLFASTD' ? `AT${command.text}` : 'AT#SSLFASTD=1,1'
  return { sentence, commands: [...(now.ssl.status === 2 ? ['AT#SSLH=1,1'] : []), again] }
}
