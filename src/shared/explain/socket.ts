import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { farEndName } from './far-end.ts'
import { dialledBy, dialText, type Dial } from './last-dial.ts'
import { towardsNetwork } from './network.ts'
import { struck } from './on-purpose.ts'
import { isPlain } from './plain-socket.ts'
import { activateContext, atFarEnd, beforeDial, dialAgain, enableSsl, hangUp } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore, seesAllBefore } from './trail.ts'
import { bytesText, secondsText } from './words.ts'

// The failures of the SSL socket (guide chapters 3.1, 4 and 6), and of the way to the server.

export const notEnabled: Builder = () => ({
  title: 'SSL is not enabled',
  happened: [
    shown('SSL is disabled after every power-on. Until AT#SSLEN=1,1, the socket cannot be configured, read or used.')
  ],
  values: [compared('#SSLEN', '1', '0')],
  remedies: () => [enableSsl],
  parts: ['ssl', 'at']
})

export const enabledAlready: Builder = () => ({
  title: 'SSL is already enabled on this AT instance',
  happened: [shown('SSL was enabled before, and needs to be enabled only once.')],
  values: [compared('#SSLEN', '0', '1')],
  remedies: () => [
    {
      sentence: 'Nothing needs to be done: dial. To start over, disable SSL and enable it again.',
      commands: ['AT#SSLEN=1,0', 'AT#SSLEN=1,1']
    }
  ],
  parts: ['ssl', 'at']
})

export const ownedByAnother: Builder = (story) => {
  const owner = story.fact('owner')?.instance ?? story.moment?.ssl.owner ?? null
  const here = story.instance ?? 0
  return {
    title: `AT instance ${owner ?? 'another'} owns the SSL socket`,
    happened: [
      shown(
        `SSL was enabled on instance ${owner}. Until it is disabled there, instance ${here} can only read settings.`
      )
    ],
    values: [compared('AT instance', `${owner}`, `${here}`)],
    remedies: ({ ssl }) =>
      owner === null || ssl.owner === null
        ? [enableSsl]
        : [
            {
              sentence: `Disable SSL on instance ${owner} and enable it here.`,
              commands: ['AT#SSLEN=1,0', 'AT#SSLEN=1,1'],
              instances: [owner, here]
            },
            ...(story.command && story.command.name !== '#SSLEN'
              ? [
                  {
                    sentence: `Send the command on instance ${owner}.`,
                    commands: [`AT${story.command.text}`],
                    instances: [owner]
                  }
                ]
              : [])
          ],
    parts: ['at', 'ssl']
  }
}

export const openAlready: Builder = (story) => ({
  title: `The socket is open to ${farEndName(story)}`,
  happened: [shown('There is only one SSL socket, with one connection at a time.')],
  values: [compared('SSL socket', 'closed', 'open')],
  remedies: () => [hangUp],
  parts: ['ssl']
})

export const notConnected: Builder = (story) => ({
  title: 'The SSL socket is not open',
  // The state at that moment: with SSL disabled the error would have been 836, so #SSLS was 1 (D-13).
  happened: [shown('The command needs an open connection, and #SSLS was 1: closed.'), ...lastEnd(story)],
  values: [compared('#SSLS', '2', '1')],
  remedies: (now) => [dialAgain(story, now, (begins) => `${begins} first.`)],
  parts: ['ssl']
})

/** 840: received data may still be held (D-7). */
export const disconnected: Builder = (story) => {
  const heldBytes = story.moment?.ssl.heldBytes ?? 0
  return {
    title: `${farEndName(story)} has closed the connection`,
    happened: [
      shown('No more data can be sent.', story.evidence.last('tcp')),
      ...(heldBytes > 0 ? [shown(`${bytesText(heldBytes)} that it had sent before can still be read.`)] : [])
    ],
    values: [compared('server', 'open', 'closed')],
    remedies: (now) => [
      ...(now.ssl.heldBytes > 0 ? [readRest(now.ssl.heldBytes)] : []),
      {
        sentence: 'Close this side and dial again.',
        commands: [...(now.ssl.status === 2 ? ['AT#SSLH=1'] : []), ...dialAgain(story, now).commands]
      }
    ],
    parts: ['far-end', 'ssl']
  }
}

export const noKeptSession: Builder = (story) => {
  const dial = dialledBy(story)
  const isLost = story.failure.rule === 'D-24'
  const keeping = dial ? dialText({ ...dial, closureType: 1, mode: 1 }) : 'AT#SSLD=1,<port>,"<host>",1,1'
  return {
    title: 'There is no TLS session that a fast dial could resume',
    happened: [isLost ? shown(story.failure.sentence, story.evidence.last('tcp')) : whyNoneKept(story, dial)],
    values: [
      compared(
        'kept session',
        isLost ? 'one whose connection ended with close_notify' : 'one, from closure type 1',
        'none'
      )
    ],
    remedies: (now) => [
      {
        sentence: 'Dial and close with closure type 1; after that, a fast dial works.',
        commands: [...beforeDial(now), keeping, 'AT#SSLH=1,1']
      }
    ],
    parts: ['ssl', 'handshake']
  }
}

/** Returns what the events since the last dial show or, if they show nothing, all possible reasons. */
function whyNoneKept({ source, seq: failed, command }: Story, dial: Dial | null): ReturnType<typeof shown> {
  const seq = command?.seq ?? failed
  const dialled = commandBefore(source, seq, ['#SSLD', '#SSLFASTD'])
  if (!dialled)
    return shown(seesAllBefore(source, seq) ? 'Nothing was dialled before, so there is no session.' : KEPT_BY)
  for (const { seq: at, what } of source.backwards(['transition', 'command', 'tls-failure'], dialled.seq + 1, seq)) {
    if (what.kind === 'tls-failure')
      return shown('The last connection ended with a fatal alert, and its session with it.', at)
    if (what.kind === 'transition' && what.chart === 'ssl' && what.event === 'POWER_LOST')
      return shown('The module has been switched off since, and the session was lost.', at)
    if (what.kind === 'transition' && what.chart === 'ssl' && what.event === 'DISABLE')
      return shown('SSL has been disabled since, and the session was lost.', at)
    if (what.kind === 'command' && /^#SSLH=\s*1\s*,\s*0/i.test(what.text))
      return shown('The connection was closed with closure type 0, which deletes the session.', at)
  }
  if (dial?.closureType === 0)
    return shown(
      'The last connection was dialled with closure type 0, which deletes the session when the connection ends.',
      dialled.seq
    )
  return shown(
    'The last connection left no session: it failed, it ended without close_notify, or the server sent no session id.',
    dialled.seq
  )
}

const KEPT_BY =
  'Closure type 1 in #SSLD or #SSLH keeps the session. Power-off, #SSLEN=1,0, #SSLH=1,0 and a fatal alert delete it.'

export const illegalState: Builder = (story) => ({
  title: 'The SSL socket cannot do this now',
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'SSL socket'),
  remedies: (now) => [
    { sentence: 'Read the state of the socket.', commands: ['AT#SSLS=1'] },
    dialAgain(story, now, (begins) => `${begins} once it is closed.`)
  ],
  parts: ['ssl']
})

export const tcpRefused: Builder = (story) => ({
  title: `${farEndName(story)} refused the TCP connection`,
  happened: [
    shown(story.failure.sentence, story.evidence.last('tcp')),
    shown(
      `${isPlain(story) ? 'The connection was not opened' : 'No handshake began'}${struck(story) ? '.' : ': nothing listens at this address and port, or something on the path rejects the connection.'}`
    )
  ],
  values: [compared('TCP', 'open', 'refused')],
  remedies: (now) => [
    atFarEnd(struck(story) ? CLEAR_FAULT : 'Start the server, or check the address and port.'),
    ...towardsLab(story, now)
  ],
  parts: ['far-end', 'network', 'ssl']
})

export const tcpSilent: Builder = (story) => {
  const limitMs = story.fact('timer')?.limitMs ?? 0
  return {
    title: `${farEndName(story)} did not answer`,
    happened: [
      shown(
        `TCP got no answer in ${secondsText(limitMs)}${struck(story) ? '.' : '; a firewall that drops packets looks like this.'}`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('TCP', `open within ${secondsText(limitMs)}`, 'no answer')],
    picture: { kind: 'timer', name: 'handshake', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      atFarEnd(struck(story) ? CLEAR_FAULT : 'Check whether the server can be reached from here.'),
      ...towardsLab(story, now)
    ],
    parts: ['far-end', 'network', 'timer:handshake']
  }
}

export const farEndStuck: Builder = (story) => {
  const limitMs = story.fact('timer')?.limitMs ?? 0
  return {
    title: 'The server does not read the data',
    happened: [
      shown(
        `It did not read the sent data, and TCP could take no more for ${secondsText(limitMs)}.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('data read', `within ${secondsText(limitMs)}`, 'none')],
    picture: { kind: 'timer', name: 'command', limitMs, elapsedMs: limitMs },
    remedies: (now) => [
      atFarEnd('Find out why the server does not read.'),
      ...(now.ssl.heldBytes > 0 ? [readRest(now.ssl.heldBytes)] : []),
      dialAgain(
        story,
        now,
        (begins) => `${begins} again. The connection was dropped so that no data of the failed send arrives later.`
      )
    ],
    parts: ['far-end', 'timer:command', 'ssl']
  }
}

export const contextLost: Builder = (story) => ({
  title: `PDP context ${story.fact('context')?.id ?? 1} was deactivated during the connection`,
  happened: [
    shown(story.failure.sentence, networkEvent(story)),
    shown('Every connection of a context ends with it, whether the network or a command deactivates it.')
  ],
  values: [compared(`context ${story.fact('context')?.id ?? 1}`, 'active', 'not active')],
  rule: 'G-2.1-4',
  remedies: (now) => [
    ...towardsNetwork(now),
    activateContext(story.fact('context')?.id ?? 1),
    {
      ...dialAgain(story, now, (_, dial) => `Activate it and ${dial} again.`),
      commands: [...new Set(['AT#SGACT=1,1', ...dialAgain(story, now).commands])]
    }
  ],
  parts: ['pdp', 'network', 'ssl']
})

export const readRest = (heldBytes: number): Remedy => ({
  sentence: `Read the remaining data: ${bytesText(heldBytes)}.`,
  commands: [`AT#SSLRECV=1,${Math.min(1000, heldBytes)}`]
})

/** Returns why the socket is not open, if that was reported before. */
function lastEnd(story: Story): ReturnType<typeof shown>[] {
  if (story.moment?.ssl.lastFailure) return [shown(`The last connection failed: ${story.moment.ssl.lastFailure}`)]
  const dial = commandBefore(story.source, story.seq, ['#SSLD', '#SSLFASTD'])
  if (!dial) return seesAllBefore(story.source, story.seq) ? [shown('No connection was dialled.')] : []
  for (const { seq, what } of story.source.backwards(['result'], dial.seq + 1, story.seq)) {
    if (what.kind === 'result' && what.word === 'NO CARRIER' && what.because)
      return [shown(`The last connection had ended with NO CARRIER: ${what.because.sentence}`, seq)]
  }
  return []
}

function networkEvent({ source, seq, evidence }: Story): number | null {
  return source.causes(seq).find(({ what }) => what.kind === 'network')?.seq ?? evidence.last('network')
}

const CLEAR_FAULT = 'Clear the fault if it is still armed.'

/** Suggests the built-in server, which always responds, unless it is the one that did not. It speaks TLS. */
function towardsLab(story: Story, { lab }: Snapshot): Remedy[] {
  if (isPlain(story)) return []
  const dial = dialledBy(story)
  const same =
    dial !== null &&
    lab.farEnds.some(({ host, port, dial: guide }) =>
      [`${host}:${port}`, `${guide.host}:${guide.port}`].includes(`${dial.host.replaceAll('"', '')}:${dial.port}`)
    )
  return lab.tls && !same
    ? [{ sentence: 'Try the built-in server.', commands: [`AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1`] }]
    : []
}
