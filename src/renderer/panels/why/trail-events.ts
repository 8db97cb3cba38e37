import { cmeErrors } from '../../../shared/rules/errors.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** An event of the chain that led to a failure, in a word or two: `AT#SSLD`, `Certificate`, `check`, `839`. */
export function trailWord({ what }: TimelineEvent): string {
  switch (what.kind) {
    case 'command':
      return `AT${what.name}`
    case 'line':
      return what.text
    case 'result':
      return what.failure?.error ? String(cmeErrors[what.failure.error].code) : what.word
    case 'tls':
      return what.trace.kind === 'message' ? (what.trace.name === 'Alert' ? 'alert' : what.trace.name) : 'TLS'
    case 'tls-failure':
      return 'check'
    case 'tcp':
      return `TCP ${what.what}`
    case 'timer':
      return `${what.name} ran out`
    case 'transition':
      return `${what.chart} ${what.to}`
    case 'ftp':
      return `FTP ${what.text.slice(0, 3)}`
    case 'nvm':
      return 'NVM'
    case 'bytes':
      return what.direction === 'tx' ? 'typed' : 'printed'
    case 'dns':
      return 'DNS'
    default:
      return what.kind
  }
}

/** As many as stand in a line of the panel. */
const MAX_LINKS = 5

/** The events of a chain that are worth a link: what was typed is the command, and where there are many, the telling ones. */
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

/** What goes first where there are too many. */
const lessTelling: readonly ((event: TimelineEvent) => boolean)[] = [
  ({ what }) => what.kind === 'transition' || what.kind === 'segment' || what.kind === 'note',
  (event) => isMessage(event, ['ClientHello', 'ServerHello']),
  ({ what }) => what.kind === 'tcp' && what.what !== 'refused',
  () => true
]
