// Which events are failures, and which of those are probes. Separate from `explain`, because the window needs this at
// once, and the sentences of `explain` only in the panel Why.

import type { Finding } from '../rules/failure-facts.ts'
import type { TimelineEvent } from '../timeline/events.ts'

/** Returns whether `explain` can explain an event. */
export function isFailure({ what }: TimelineEvent): boolean {
  if (what.kind === 'urc') return what.because !== undefined
  return (
    (what.kind === 'result' && (what.failure !== null || what.because !== undefined)) || what.kind === 'tls-failure'
  )
}

/**
 * Returns whether an event is a probe: a line that was refused before any effect, because it is not a command of the
 * module or has the wrong form. Programs that look for any modem send dozens. A probe is relevant only until something
 * else happens, and never hides another failure. All code that determines the last failure uses this.
 */
export function isProbe({ what }: TimelineEvent): boolean {
  const finding = what.kind === 'result' ? what.failure?.finding : undefined
  return finding !== undefined && probes.has(finding)
}

/**
 * Returns whether an event makes earlier probes irrelevant: another command or result on any AT instance, or a
 * transition of the module. The chart of the port does not count, since it changes with the probe itself.
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
