import type { CmeErrorName } from '../rules/errors.ts'
import type { Snapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { TimelineEvent, TimelineKind } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import { isFailure } from './probe.ts'
import { endsProbes, isProbe } from './probe.ts'
import { resultOf } from './trail.ts'

/**
 * The newest failure that is still news: not one whose command has worked since, not one from before the module was last
 * switched off, not one for want of something that is there by now, not a probe once something else has happened, and not a read
 * that found nothing, which hosts that poll get every second. Null when there is none within the last `SCAN_EVENTS`.
 */
export function lastFailure(source: EventSource, snapshot: Snapshot): number | null {
  const settled = new Set<string>()
  let quiet = true
  const toSeq = Math.min(source.nextSeq, snapshot.timeline.nextSeq)
  for (const event of source.backwards(deciding, source.nextSeq - SCAN_EVENTS, toSeq)) {
    const { what } = event
    // Newest first: what else has happened came after this one.
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

/** Failures, what shows that one is settled or superseded, and the end of all news. */
const deciding: readonly TimelineKind[] = ['transition', 'command', 'result', 'tls-failure']

/** Looked through for each question of a window; a long transfer may push a failure out, and then it is old. */
const SCAN_EVENTS = 5000

function isNews(source: EventSource, event: TimelineEvent): boolean {
  const { what } = event
  if (what.kind === 'result') return what.because?.finding !== 'read-timeout'
  // A failure of TLS that the host has been told of is explained by what it was told.
  return what.kind === 'tls-failure' && resultOf(source, event) === null
}

/** What was missing is there: nothing stands in the way of trying again, and what is said of its absence would be wrong. */
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

/** A command that worked: what failed before it, under the same name, is done with. */
function settle(settled: Set<string>, source: EventSource, result: TimelineEvent): void {
  for (const topic of topicsOf(source, result)) settled.add(topic)
}

/** What a result is about: the command, and for a connection's end that there is none. */
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
/** Failures for want of a state that another command brings about: once that has worked, they are no news. */
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
/** Once one of these works, the end of an earlier connection is no news any more. */
const connecting = new Set(['#SSLD', '#SSLFASTD', '#SSLO', '#FTPGET', '#FTPPUT', '#FTPAPP', '#FTPLIST'])
