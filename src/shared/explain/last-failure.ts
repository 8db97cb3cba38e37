import type { Snapshot } from '../calls/snapshot.ts'
import type { CmeErrorName } from '../rules/errors.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { TimelineEvent, TimelineKind } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import { isFailure } from './probe.ts'
import { endsProbes, isProbe } from './probe.ts'
import { resultOf } from './trail.ts'

/**
 * Returns the newest failure that is still relevant, or `null` when there is none in the last `SCAN_EVENTS`. Not
 * relevant are: a failure whose command has worked since; one from before the last power-off; one for lack of something
 * that is there now; a probe after which something else happened; and a read that found nothing, which polling hosts
 * get every second.
 */
export function lastFailure(source: EventSource, snapshot: Snapshot): number | null {
  const settled = new Set<string>()
  let quiet = true
  const toSeq = Math.min(source.nextSeq, snapshot.timeline.nextSeq)
  for (const event of source.backwards(deciding, source.nextSeq - SCAN_EVENTS, toSeq)) {
    const { what } = event
    // Newest first: what was seen so far happened after this event.
    const nothingSince = quiet
    if (endsProbes(event)) quiet = false
    if (what.kind === 'command') continue
    if (what.kind === 'transition' && what.chart === 'power' && (what.to === 'off' || what.to === 'booting'))
      return null
    if (!isFailure(event)) {
      if (what.kind === 'result') settle(settled, source, event)
      continue
    }
    if (isProbe(event)) {
      if (nothingSince) return event.seq
      continue
    }
    if (
      isNews(source, event) &&
      !isMended(event, snapshot) &&
      !topicsOf(source, event).some((topic) => settled.has(topic))
    )
      return event.seq
  }
  return null
}

/** Failures, events that make one irrelevant, and the end of the search. */
const deciding: readonly TimelineKind[] = ['transition', 'command', 'result', 'tls-failure']

/** Events examined for each question of a window. A failure that a long transfer has pushed further back is old. */
const SCAN_EVENTS = 5000

function isNews(source: EventSource, event: TimelineEvent): boolean {
  const { what } = event
  if (what.kind === 'result') return what.because?.finding !== 'read-timeout'
  // A TLS failure of which the host has got the result is explained by that result.
  return what.kind === 'tls-failure' && resultOf(source, event) === null
}

/** Returns whether what was missing is there now: a new try can succeed, and the explanation would be wrong. */
function isMended({ what }: TimelineEvent, snapshot: Snapshot): boolean {
  const error = what.kind === 'result' ? what.failure?.error : null
  if (!error || what.kind !== 'result' || what.failure?.finding === 'context-not-defined') return false
  switch (error) {
    case 'simNotInserted':
      return snapshot.sim.inserted
    case 'simPinRequired':
    case 'simPukRequired':
      return stateOf(snapshot, 'sim') === 'ready'
    case 'contextNotOpened':
    case 'contextAlreadyActivated':
    case 'ftpContextDown':
      return (
        stateOf(snapshot, 'pdp') === 'active' &&
        (error !== 'contextAlreadyActivated' || stateOf(snapshot, 'ssl').startsWith('open'))
      )
    case 'sslAlreadyActivated':
      return stateOf(snapshot, 'ssl').startsWith('open')
    case 'sslNotActivated':
      return stateOf(snapshot, 'ssl') !== 'disabled'
    default:
      return false
  }
}

/** Notes a command that worked, which makes earlier failures of it irrelevant. */
function settle(settled: Set<string>, source: EventSource, result: TimelineEvent): void {
  for (const topic of topicsOf(source, result)) settled.add(topic)
}

/** Returns what a result is about: its command, or the end of a connection. */
function topicsOf(source: EventSource, { cause, what }: TimelineEvent): string[] {
  const command = cause === null ? null : source.at(cause)
  const name = command?.what.kind === 'command' ? command.what.name : null
  if (what.kind === 'result' && what.word === 'NO CARRIER') return [CONNECTION]
  if (what.kind === 'tls-failure') return [CONNECTION]
  if (name === null) return []
  const error = what.kind === 'result' ? what.failure?.error : null
  return [name, ...(connecting.has(name) ? [CONNECTION] : []), ...((error && mendedBy[error]) ?? [])]
}

const CONNECTION = 'a connection'
/**
 * Failures for lack of a state, with the commands that reach it. Once such a command has worked, they are irrelevant.
 */
const mendedBy: Readonly<Partial<Record<CmeErrorName, readonly string[]>>> = {
  sslNotConnected: [CONNECTION],
  sslDisconnected: [CONNECTION],
  sslEncryption: [CONNECTION],
  sslAlreadyConnected: ['#SSLH'],
  ftpNotConnected: ['#FTPOPEN'],
  ftpAlreadyConnected: ['#FTPCLOSE'],
  ftpDataSocketOpen: ['#FTPCLOSE'],
  ftpDataSocketClosed: ['#FTPGETPKT', '#FTPPUT', '#FTPAPP']
}
/** Once one of these works, the end of an earlier connection is irrelevant. */
const connecting = new Set(['#SSLD', '#SSLFASTD', '#SSLO', '#FTPGET', '#FTPPUT', '#FTPAPP', '#FTPLIST'])
