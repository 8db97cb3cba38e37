import type { TimelineEvent } from '../timeline/events.ts'
import type { Seen } from './lesson.ts'

/** What a check reads from the events of a step. AT instance 0 is where lessons are done. */

type Result = Extract<TimelineEvent['what'], { readonly kind: 'result' }>

/** The last result that a command of this name had; null while it has none. */
export function resultOf({ events }: Seen, name: string): Result | null {
  const command = events.findLast(({ what }) => what.kind === 'command' && what.name === name)
  const result = command && events.find(({ seq, what }) => seq > command.seq && what.kind === 'result')
  return result?.what.kind === 'result' ? result.what : null
}

/** Whether a command of this name was run and answered with that word. */
export function answered(seen: Seen, name: string, word: string): boolean {
  return resultOf(seen, name)?.word === word
}

/** The last command of that name, as it was typed without AT; null when there is none. */
export function commandText({ events }: Seen, name: string): string | null {
  const found = events.findLast(({ what }) => what.kind === 'command' && what.name === name)
  return found?.what.kind === 'command' ? found.what.text : null
}

/** What the module printed of its own: answers, not data. */
export const printed = (seen: Seen): string => textOf(seen, 'rx', false)

/** Data that came from the far end in online mode, and data that went there. */
export const received = (seen: Seen): string => textOf(seen, 'rx', true)
export const sent = (seen: Seen): string => textOf(seen, 'tx', true)

function textOf({ events }: Seen, direction: 'tx' | 'rx', data: boolean): string {
  return events
    .map(({ what }) =>
      what.kind === 'bytes' && what.direction === direction && what.data === data
        ? String.fromCharCode(...what.bytes)
        : ''
    )
    .join('')
}

/** The last answer that was bad, as one sentence; null when there was none. */
export function badAnswer({ events }: Seen): string | null {
  const found = events.findLast(({ what }) => what.kind === 'result')
  if (found?.what.kind !== 'result') return null
  const { word, failure, because } = found.what
  if (failure === null && because === undefined && !/ERROR|NO CARRIER/.test(word)) return null
  return `It answered ${word}${failure ? `: ${failure.sentence}` : because ? `: ${because.sentence}` : '.'}`
}
