import { cmeErrors } from '../../../shared/rules/errors.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { whyWords } from './words.ts'

const words = whyWords.trail

/** Returns an event as one or two words: `AT#SSLD`, `Certificate`, `check`, `839`. */
export function trailWord({ what }: TimelineEvent): string {
  switch (what.kind) {
    case 'command':
      return words.command(what.name)
    case 'line':
      return what.text
    case 'result':
      return what.failure?.error ? String(cmeErrors[what.failure.error].code) : what.word
    case 'tls':
      return what.trace.kind === 'message' ? (what.trace.name === 'Alert' ? words.alert : what.trace.name) : words.tls
    case 'tls-failure':
      return words.check
    case 'tcp':
      return words.tcp(what.what)
    case 'timer':
      return words.ranOut(what.name)
    case 'transition':
      return words.transition(what.chart, what.to)
    case 'ftp':
      return words.ftp(what.text.slice(0, 3))
    case 'nvm':
      return words.nvm
    case 'bytes':
      return what.direction === 'tx' ? words.typed : words.printed
    case 'dns':
      return words.dns
    default:
      return what.kind
  }
}

/** As many as fit on a line of the panel. */
const MAX_LINKS = 5

/**
 * Returns the events of a chain that get a link: the command instead of its bytes, and only the most important if there
 * are many.
 */
export function trailOf(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const hasCommand = events.some(({ what }) => what.kind === 'command')
  let left = events.filter(({ what }) => !hasCommand || (what.kind !== 'bytes' && what.kind !== 'line'))
  for (const drop of lessTelling) {
    for (let at = left.length - 2; at > 0 && left.length > MAX_LINKS; at--)
      if (drop(left[at]!)) left = left.filter((_, index) => index !== at)
  }
  return left
}

const isMessage = (event: TimelineEvent, names: readonly string[]): boolean =>
  event.what.kind === 'tls' && event.what.trace.kind === 'message' && names.includes(event.what.trace.name)

/** What is left out first if there are too many events. */
const lessTelling: readonly ((event: TimelineEvent) => boolean)[] = [
  ({ what }) => what.kind === 'transition' || what.kind === 'segment' || what.kind === 'note',
  (event) => isMessage(event, ['ClientHello', 'ServerHello']),
  ({ what }) => what.kind === 'tcp' && what.what !== 'refused',
  () => true
]
