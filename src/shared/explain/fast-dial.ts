import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { atFarEnd } from './remedies.ts'
import { compared, shown, type Builder, type Story } from './story.ts'
import { listText } from './words.ts'

/** Fast dials that worked and were not fast (D-24): the connection stands, after a full handshake. */

export const sessionRefused: Builder = (story) => ({
  title: `${farEndName(story)} did not take the kept session up`,
  happened: [
    shown(
      'ClientHello offered the id of the kept session; the ServerHello answered with another one, or with none.',
      story.evidence.message('ServerHello')
    ),
    shown(
      'As TLS has it, a full handshake followed, certificates and all. The connection stands; it only took longer.'
    ),
    ...(story.moment?.ssl.sessionKept !== false
      ? []
      : [shown('The server gave no session id this time, so there is nothing to take up next time either.')])
  ],
  values: [compared('handshake', 'abbreviated, with the kept session', 'full')],
  remedies: (now) => [
    ...(now.ssl.sessionKept
      ? [takeUpNow(story, now, 'Close, and resume the session of this connection while the server still knows it.')]
      : []),
    atFarEnd(
      'See how long the server keeps sessions: it forgets them when it restarts, after a while, or where several servers share an address.'
    )
  ],
  parts: ['far-end', 'handshake', 'ssl']
})

export const sessionNotOffered: Builder = (story) => {
  const { offered, server } = story.fact('suites') ?? { offered: [], server: null }
  const kept = server?.[0] ?? 'another suite'
  return {
    title: 'The kept session is of a suite that is not proposed any more',
    happened: [
      shown(
        `The session was made with ${kept}. #SSLSECCFG has been changed since, and the module proposed ${listText(offered)}.`,
        story.evidence.message('ClientHello')
      ),
      shown(
        'A session goes with its suite, so it was not offered, and a full handshake was made. The connection stands.'
      )
    ],
    values: [compared('suite of the session', `one of ${listText(offered)}`, kept)],
    picture: { kind: 'suites', offered, server: [kept] },
    remedies: (now) =>
      now.ssl.sessionKept
        ? [takeUpNow(story, now, 'The session of this connection is kept instead: close, and resume it.')]
        : [],
    parts: ['ssl', 'handshake']
  }
}

function takeUpNow({ command }: Story, now: Snapshot, sentence: string): Remedy {
  const again = command?.name === '#SSLFASTD' ? `AT${command.text}` : 'AT#SSLFASTD=1,1'
  return { sentence, commands: [...(now.ssl.status === 2 ? ['AT#SSLH=1,1'] : []), again] }
}
