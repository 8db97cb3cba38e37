import type { TimelineEvent } from '../timeline/events.ts'
import type { Seen } from './lesson.ts'

/** A result code event. */
type Result = Extract<TimelineEvent['what'], { readonly kind: 'result' }>

/** Returns the last result of a command of this name, or `null`. */
export function resultOf({ events }: Seen, name: string): Result | null {
  const command = events.findLast(({ what }) => what.kind === 'command' && what.name === name)
  const result = command && events.find(({ seq, what }) => seq > command.seq && what.kind === 'result')
  return result?.what.kind === 'result' ? result.what : null
}

/** Returns whether a command of this name ended with that result code. */
export function answered(seen: Seen, name: string, word: string): boolean {
  return resultOf(seen, name)?.word === word
}

/** Returns the last command of that name as typed, without AT, or `null`. */
export function commandText({ events }: Seen, name: string): string | null {
  const found = events.findLast(({ what }) => what.kind === 'command' && what.name === name)
  return found?.what.kind === 'command' ? found.what.text : null
}

/** Returns the module's responses, without data. */
export const printed = (seen: Seen): string => textOf(seen, 'rx', false)

/** Returns the data of online mode: received from the server, or sent to it. */
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

/** Returns the last failed result as one sentence, or `null`. */
export function badAnswer({ events }: Seen): string | null {
  const found = events.findLast(({ what }) => what.kind === 'result')
  if (found?.what.kind !== 'result') return null
  const { word, failure, because } = found.what
  if (failure === null && because === undefined && !/ERROR|NO CARRIER/.test(word)) return null
  return `It answered ${word}${failure ? `: ${failure.sentence}` : because ? `: ${because.sentence}` : '.'}`
}
