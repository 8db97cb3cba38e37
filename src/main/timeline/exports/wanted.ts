import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import type { EventFilter, TextFilter } from '../../../shared/timeline/filter.ts'
import { lineOf } from '../../../shared/timeline/reading.ts'
import type { EventSource } from '../../../shared/timeline/source.ts'
import { linePattern } from '../pattern.ts'

/**
 * Which events a filter lets into an export: everything that is given must hold. Throws a PatternError when the pattern is no
 * regular expression.
 */
export function wantedBy(filter: EventFilter, source: EventSource): (event: TimelineEvent) => boolean {
  const { kinds, instances, chainOf, ancestorsOf, text } = filter
  const conditions: ((event: TimelineEvent) => boolean)[] = []
  if (kinds) conditions.push(({ what }) => kinds.includes(what.kind as (typeof kinds)[number]))
  if (instances) conditions.push(({ instance }) => instances.includes(instance))
  if (ancestorsOf !== undefined) conditions.push(isAmong(source.causes(ancestorsOf)))
  if (chainOf !== undefined) conditions.push(isAmong(wholeChain(chainOf, source)))
  if (text) conditions.push(holds(text))
  return (event) => conditions.every((condition) => condition(event))
}

function isAmong(events: readonly TimelineEvent[]): (event: TimelineEvent) => boolean {
  const seqs = new Set(events.map(({ seq }) => seq))
  return ({ seq }) => seqs.has(seq)
}

/** The root of the event, and what followed from it. */
function wholeChain(seq: number, source: EventSource): TimelineEvent[] {
  const root = source.causes(seq).at(-1)
  return root ? [root, ...source.effects(root.seq, MAX_CHAIN)] : []
}

function holds(text: TextFilter): (event: TimelineEvent) => boolean {
  const { single } = linePattern(text)
  return ({ what }) => single.test(lineOf(what))
}

/** A transfer of a day hangs on one command; an export of its chain may be as long. */
const MAX_CHAIN = 1_000_000
