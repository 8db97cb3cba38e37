/**
 * Which events are failures, and which of those are news. Apart from `explain`, because the window needs this for its first
 * drawing, and all the sentences of `explain` only in the panel Why.
 */

import type { Finding } from '../rules/failure-facts.ts'
import type { TimelineEvent } from '../timeline/events.ts'

/** Whether `explain` has something to say of an event. */
export function isFailure({ what }: TimelineEvent): boolean {
  if (what.kind === 'urc') return what.because !== undefined
  return (
    (what.kind === 'result' && (what.failure !== null || what.because !== undefined)) || what.kind === 'tls-failure'
  )
}

/**
 * Probes: lines that the module refused before it did anything, because they are no command of it or not written as it wants them.
 * Programs that look for any modem send them by the dozen, and nothing in the module is different afterwards. So a probe is news
 * only until something else happens, and never hides a failure that is still true. Everything that tells the last failure asks here.
 */
export function isProbe({ what }: TimelineEvent): boolean {
  const finding = what.kind === 'result' ? what.failure?.finding : undefined
  return finding !== undefined && probes.has(finding)
}

/**
 * Whether an event is something else that happened, after which an earlier probe is no news: another command or result on any AT
 * instance, or a move of the module itself. The port's own chart does not count: it moves with the probe's answer.
 */
export function endsProbes({ what }: TimelineEvent): boolean {
  if (what.kind === 'transition') return what.chart !== 'data'
  return what.kind === 'command' || what.kind === 'result' || what.kind === 'tls-failure'
}

const probes: ReadonlySet<Finding> = new Set<Finding>([
  'unknown-command',
  'bad-parameter',
  'no-such-form',
  'line-too-long',
  'bad-syntax'
])
