import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { dialCommand } from '../../state/sentence/dial.ts'
import { seconds } from '../../state/sentence/formats.ts'
import { dataStateOf } from '../../state/sentence/sentence.ts'

/** One line of a first session: what is typed, why, and how one sees what it did. */
export interface SessionStep {
  readonly id: string
  /** What it is for, before it is typed. */
  readonly aim: string
  /** What goes to the module. */
  readonly text: (snapshot: Snapshot) => string
  /** Needs the guard time of silence before it. */
  readonly alone?: boolean
  /** What it did, once that can be seen; null while it cannot. `since`: the events after it was typed. */
  readonly did: (snapshot: Snapshot, since: readonly TimelineEvent[]) => string | null
  /** It need not be typed: what it is for is so already. */
  readonly already?: (snapshot: Snapshot) => string | null
}

const FAR = 'Hello from the board\r'

export const sessionSteps: readonly SessionStep[] = [
  {
    id: 'at',
    aim: 'Asks whether the module listens.',
    text: () => 'AT\r',
    did: (_, since) => (answered(since) ? 'OK: it listens.' : null)
  },
  {
    id: 'context',
    aim: 'Asks the network for an address.',
    text: () => 'AT#SGACT=1,1\r',
    did: ({ context }, since) =>
      answered(since) && context.address !== null ? `The network gave ${context.address}.` : null,
    already: ({ context }) => (context.address === null ? null : `The context is active, as ${context.address}.`)
  },
  {
    id: 'enable',
    aim: 'Enables the SSL socket.',
    text: () => 'AT#SSLEN=1,1\r',
    did: (snapshot, since) =>
      answered(since) && snapshot.ssl.status > 0 ? '#SSLS rose from 0, disabled, to 1, closed.' : null,
    already: ({ ssl }) => (ssl.status > 0 ? 'The SSL socket is enabled.' : null)
  },
  {
    id: 'dial',
    aim: 'Dials the TLS echo of the lab.',
    text: ({ lab }) => `${dialCommand(lab)}\r`,
    did: (snapshot) => {
      const { handshake, ssl } = snapshot
      if (dataStateOf(snapshot, 0) !== 'online' || !handshake || handshake.outcome !== 'open') return null
      const ms = Math.round((handshake.finishedMs ?? handshake.startedMs) - handshake.startedMs)
      return `CONNECT: ${handshake.messages.length} messages in ${ms} ms agreed on ${ssl.suite?.name ?? 'a suite'} and keys.`
    },
    already: (snapshot) =>
      dataStateOf(snapshot, 0) === 'online' ? `It is online with ${snapshot.ssl.farEnd ?? 'a far end'}.` : null
  },
  {
    id: 'data',
    aim: 'Is sent to the echo, encrypted.',
    text: () => FAR,
    did: ({ ssl }, since) => {
      const back = since.some(({ what }) => what.kind === 'bytes' && what.direction === 'rx' && what.data)
      return back
        ? `It waited ${seconds(ssl.config.txTo100ms * 100)} s for more (txTo), left as one record, and the echo sent it back.`
        : null
    }
  },
  {
    id: 'escape',
    aim: 'Back to commands; the connection stays.',
    text: () => '+++',
    alone: true,
    did: (snapshot) =>
      dataStateOf(snapshot, 0) === 'command'
        ? 'Silence, +++, silence: it hears commands again. #SSLS is still 2, open.'
        : null
  },
  {
    id: 'close',
    aim: 'Closes the connection.',
    text: () => 'AT#SSLH=1\r',
    did: (snapshot, since) =>
      answered(since) && snapshot.ssl.status === 1 ? 'close_notify went out, the far end hung up. #SSLS is 1.' : null,
    already: ({ ssl }) => (ssl.status === 1 ? 'The far end has hung up.' : null)
  }
]

/** What went wrong with a step, one sentence; null when nothing did. */
export function stepFailure(snapshot: Snapshot, since: readonly TimelineEvent[]): string | null {
  const failed = since.find(
    ({ what }) => what.kind === 'result' && (what.failure !== null || /ERROR|NO CARRIER/.test(what.word))
  )
  if (failed?.what.kind !== 'result') return null
  return `It answered ${failed.what.word}${snapshot.ssl.lastFailure ? `: ${snapshot.ssl.lastFailure}` : '.'}`
}

/** A text as it can be shown: without the CR that ends it. */
export function shownText(text: string): string {
  return text.replace(/\r$/, '')
}

function answered(since: readonly TimelineEvent[]): boolean {
  return since.some(({ what }) => what.kind === 'result' && what.word === 'OK')
}
