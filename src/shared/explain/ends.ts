import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { ftpConfig, ignoresPassive } from './ftp-config.ts'
import { connectionOf, isPlain, openAgain } from './plain-socket.ts'
import { atFarEnd, dialAgain, sendAgain } from './remedies.ts'
import { readRest } from './socket.ts'
import { compared, shown, type Builder, type Story } from './story.ts'
import { secondsText } from './words.ts'

// Ends that the host did not ask for, and responses that are not errors but give nothing: NO CARRIER, DISCONNECTED,
// TIMEOUT (D-7).

export const farEndClosed: Builder = (story) => {
  const closed = story.source.causes(story.seq).find(({ what }) => what.kind === 'tcp')
  return {
    title: `${farEndName(story)} has closed the connection`,
    happened: [
      shown(
        closed?.what.kind === 'tcp' ? closed.what.sentence : 'The server ended the connection.',
        closed?.seq ?? null
      ),
      shown(`The module closed its side too and sent NO CARRIER; no ${isPlain(story) ? '#SH' : '#SSLH'} is needed.`)
    ],
    values: [compared('connection', 'open', 'closed by the server')],
    remedies: (now) => [dialAgain(story, now, (begins) => `${begins} again.`)],
    parts: isPlain(story) ? ['far-end', 'at'] : ['far-end', 'ssl']
  }
}

export const maxTo: Builder = (story) => {
  const limitMs = story.fact('timer')?.limitMs ?? 0
  const longerS = Math.min(MAX_TO_S, Math.ceil((3 * limitMs) / 1000))
  const expired = story.source.causes(story.seq).find(({ what }) => what.kind === 'timer')
  return {
    title: `The connection carried no data for ${secondsText(limitMs)}`,
    happened: [
      shown(
        `${isPlain(story) ? 'The' : 'In online mode the'} module closes a connection that carries no data for the time maxTo, here ${secondsText(limitMs)}.`,
        expired?.seq ?? null
      ),
      shown('It closed the connection and returned to command mode.')
    ],
    values: [compared('data within maxTo', `some within ${secondsText(limitMs)}`, 'none')],
    picture: { kind: 'timer', name: 'maxTo', limitMs, elapsedMs: limitMs },
    remedies: (now) => {
      if (isPlain(story)) return longerMaxTo(story, now)
      const { pktSize, defTo100ms, txTo100ms } = now.ssl.config
      const config = (maxToS: number): string => `AT#SSLCFG=1,1,${pktSize},${maxToS},${defTo100ms},${txTo100ms}`
      const longer = again(story, now, `Or set a longer limit: ${secondsText(longerS * 1000)}.`, config(longerS))
      return [
        again(story, now, 'Turn the limit off (maxTo 0) and dial again.', config(0)),
        ...(longerS * 1000 > limitMs ? [longer] : [])
      ]
    },
    parts: isPlain(story) ? ['timer:maxTo', 'at'] : ['timer:maxTo', 'ssl']
  }
}

export const readTimeout: Builder = (story) => {
  const limitMs = story.fact('timer')?.limitMs ?? 0
  const bytes = /^#SSLRECV=\s*1\s*,\s*(\d+)/i.exec(story.command?.text ?? '')?.[1] ?? '100'
  const longer = Math.min(TIMEOUT_100MS, Math.ceil((3 * limitMs) / 100))
  return {
    title: `No data was received within ${secondsText(limitMs)}`,
    happened: [
      shown(
        `The read waited for its full time of ${secondsText(limitMs)}, and ${farEndName(story)} sent nothing.`,
        story.evidence.expiredTimer
      ),
      shown('The connection is still open; TIMEOUT is an answer, not an error.')
    ],
    values: [compared('data', `within ${secondsText(limitMs)}`, '0 bytes')],
    picture: { kind: 'timer', name: 'command', limitMs, elapsedMs: limitMs },
    remedies: () => [
      {
        sentence: longer * 100 > limitMs ? `Read again, and wait longer: ${secondsText(longer * 100)}.` : 'Read again.',
        commands: [`AT#SSLRECV=1,${bytes},${longer}`]
      }
    ],
    parts: ['timer:command', 'far-end']
  }
}

export const readDisconnected: Builder = (story) => ({
  ...farEndClosed(story),
  title: 'The connection ended while a read was waiting',
  happened: [
    shown('The read was waiting on an empty buffer.', story.command?.seq ?? null),
    shown(`${story.failure.sentence} NO CARRIER follows, and the socket is closed.`, story.evidence.last('tcp'))
  ],
  remedies: (now) => [
    ...(now.ssl.heldBytes > 0 ? [readRest(now.ssl.heldBytes)] : []),
    dialAgain(story, now, (begins) => `${begins} again.`)
  ]
})

export const transferOver: Builder = (story) => ({
  title: 'The file was not transferred completely',
  happened: [shown(story.failure.sentence, story.evidence.last('ftp') ?? story.evidence.last('tcp'))],
  values: [compared('file', 'complete', 'incomplete')],
  remedies: () => [
    ...reuseDemanded(story),
    { sentence: "See the server's last word.", commands: ['AT#FTPMSG'] },
    ...sendAgain(story, 'Begin the transfer again.')
  ],
  parts: ['ftp', 'far-end']
})

/** Only the server can change this: the modules make a full handshake for each data connection (G-5-4). */
function reuseDemanded(story: Story): Remedy[] {
  if (story.fact('reply')?.code !== SESSION_REUSE_DEMANDED) return []
  return [
    atFarEnd(
      'Configure the server to accept data connections with their own full handshake, as these modules make them (vsftpd: require_ssl_reuse=NO).'
    )
  ]
}

/** The highest maxTo of #SSLCFG and timeout of #SSLRECV (D-3). */
const MAX_TO_S = 65_535
const TIMEOUT_100MS = 5000

/** RFC 4217 10.2. */
const SESSION_REUSE_DEMANDED = 522

export const transferRefused: Builder = (story) => ({
  ...transferOver(story),
  title: 'The data connection could not be opened',
  values: [compared('data connection', 'open', 'none')],
  remedies: () => [
    ...reuseDemanded(story),
    { sentence: "See the server's last word.", commands: ['AT#FTPMSG'] },
    ...wrongAddress(story),
    ...sendAgain(story, 'Begin the transfer again.')
  ]
})

/** Only if neither the server refused nor TLS failed: in both cases there was a connection. */
function wrongAddress(story: Story): Remedy[] {
  if (story.fact('reply') || story.failure.under !== null || ignoresPassive(story)) return []
  return [
    {
      sentence:
        'Use the address of the control connection for data connections, and ignore the address that the server sends (as for a server behind a router).',
      commands: [ftpConfig(story, { ignorePassive: 1 })]
    }
  ]
}

/** #SCFG takes a change only while the connection is closed, as it is now. */
function longerMaxTo(story: Story, now: Snapshot): Remedy[] {
  const connId = connectionOf(story)
  const { commands } = openAgain(story, now, '')
  return [
    {
      sentence: 'Turn the limit off (maxTo 0) and dial again.',
      commands: [`AT#SCFG=${connId},1,300,0,600,50`, ...commands]
    }
  ]
}

function again(story: Story, now: Snapshot, sentence: string, config: string): Remedy {
  return { sentence, commands: [config, ...dialAgain(story, now).commands] }
}
