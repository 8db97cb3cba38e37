import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { dialCommand } from '../../state/sentence/dial.ts'
import { dataStateOf } from '../../state/sentence/sentence.ts'
import { sessionWords } from './words.ts'

/** One line of a first session: what is typed, why, and how its result is recognised. */
export interface SessionStep {
  readonly id: string
  /** The purpose, shown before the line is typed. */
  readonly aim: string
  /** The text for the module. */
  readonly text: (snapshot: Snapshot) => string
  /** Whether it needs the guard time of silence before it. */
  readonly alone?: boolean
  /** Returns what the step did, or `null` while that is not known. `since`: the events after it was typed. */
  readonly did: (snapshot: Snapshot, since: readonly TimelineEvent[]) => string | null
  /** Returns why the step is not necessary, because its purpose is fulfilled already; `null` when it is necessary. */
  readonly already?: (snapshot: Snapshot) => string | null
}

export const sessionSteps: readonly SessionStep[] = [
  {
    id: 'at',
    aim: sessionWords.at.aim,
    text: () => 'AT\r',
    did: (_, since) => (answered(since) ? sessionWords.at.did : null)
  },
  {
    id: 'context',
    aim: sessionWords.context.aim,
    text: () => 'AT#SGACT=1,1\r',
    did: ({ context }, since) =>
      answered(since) && context.address !== null ? sessionWords.context.did(context.address) : null,
    already: ({ context }) => (context.address === null ? null : sessionWords.context.already(context.address))
  },
  {
    id: 'enable',
    aim: sessionWords.enable.aim,
    text: () => 'AT#SSLEN=1,1\r',
    did: (snapshot, since) => (answered(since) && snapshot.ssl.status > 0 ? sessionWords.enable.did : null),
    already: ({ ssl }) => (ssl.status > 0 ? sessionWords.enable.already : null)
  },
  {
    id: 'dial',
    aim: sessionWords.dial.aim,
    text: ({ lab }) => `${dialCommand(lab)}\r`,
    did: (snapshot) => {
      const { handshake, ssl } = snapshot
      if (dataStateOf(snapshot, 0) !== 'online' || !handshake || handshake.outcome !== 'open') return null
      const ms = Math.round((handshake.finishedMs ?? handshake.startedMs) - handshake.startedMs)
      return sessionWords.dial.did(handshake.messages.length, ms, ssl.suite?.name ?? null)
    },
    already: (snapshot) =>
      dataStateOf(snapshot, 0) === 'online' ? sessionWords.dial.already(snapshot.ssl.farEnd) : null
  },
  {
    id: 'data',
    aim: sessionWords.data.aim,
    text: () => `${sessionWords.greeting}\r`,
    did: ({ ssl }, since) => {
      const back = since.some(({ what }) => what.kind === 'bytes' && what.direction === 'rx' && what.data)
      return back ? sessionWords.data.did(ssl.config.txTo100ms * 100) : null
    }
  },
  {
    id: 'escape',
    aim: sessionWords.escape.aim,
    text: () => '+++',
    alone: true,
    did: (snapshot) => (dataStateOf(snapshot, 0) === 'command' ? sessionWords.escape.did : null)
  },
  {
    id: 'close',
    aim: sessionWords.close.aim,
    text: () => 'AT#SSLH=1\r',
    did: (snapshot, since) => (answered(since) && snapshot.ssl.status === 1 ? sessionWords.close.did : null),
    already: ({ ssl }) => (ssl.status === 1 ? sessionWords.close.already : null)
  }
]

/** Returns why a step failed, one sentence; `null` when it did not. */
export function stepFailure(snapshot: Snapshot, since: readonly TimelineEvent[]): string | null {
  const failed = since.find(
    ({ what }) => what.kind === 'result' && (what.failure !== null || /ERROR|NO CARRIER/.test(what.word))
  )
  if (failed?.what.kind !== 'result') return null
  return sessionWords.failed(failed.what.word, snapshot.ssl.lastFailure)
}

/** Returns the text without its final CR, for display. */
export function shownText(text: string): string {
  return text.replace(/\r$/, '')
}

function answered(since: readonly TimelineEvent[]): boolean {
  return since.some(({ what }) => what.kind === 'result' && what.word === 'OK')
}
