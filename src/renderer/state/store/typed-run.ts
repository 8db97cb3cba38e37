import type { TimelineEvent, TimelineFact } from '../../../shared/timeline/events.ts'
import type { PlacedEvent } from './placed-event.ts'

/** A longer pause begins a new row. Shorter than the guard time of `+++`, which must be in a row of its own. */
const JOIN_MS = 800

/** Most bytes in a row that grows, which is as many as a row shows. */
const JOIN_BYTES = 160

/** Bytes that end a typed text: CR, LF, Ctrl-Z and ESC. */
const endings = new Set([13, 10, 26, 27])

/**
 * Joins a typed byte, or its echo, to an earlier row. Bytes that are typed one by one would otherwise hide all other
 * rows. The typed text grows in one row and its echo in the next, until a byte ends it. Changes the last rows of
 * `rows`, and returns whether the event was joined to one of them.
 */
export function joinTyped(rows: PlacedEvent[], event: TimelineEvent): boolean {
  const { what } = event
  if (what.kind !== 'bytes') return false
  const last = rows.at(-1)
  if (what.direction === 'tx') {
    const at = isTyped(last) ? rows.length - 1 : isEchoOf(last, rows.at(-2)) ? rows.length - 2 : -1
    const typed = rows[at]
    if (!typed || event.cause !== null || !canGrow(typed, event, what)) return false
    const grown = joined(typed, event, what)
    rows[at] = { ...grown, root: grown.event }
    return true
  }
  const typed = rows.at(-2)
  if (
    !last ||
    !typed ||
    !isEchoOf(last, typed) ||
    event.cause === null ||
    !covers(typed, event.cause) ||
    !canGrow(last, event, what)
  )
    return false
  rows[rows.length - 1] = { ...joined(last, event, what), root: typed.event }
  return true
}

type BytesFact = Extract<TimelineFact, { readonly kind: 'bytes' }>

function isTyped(row: PlacedEvent | undefined): boolean {
  return row?.event.what.kind === 'bytes' && row.event.what.direction === 'tx' && row.depth === 0
}

/** Returns whether `row` is the echo of `typed`, which must be the row before it. */
function isEchoOf(row: PlacedEvent | undefined, typed: PlacedEvent | undefined): boolean {
  const what = row?.event.what
  const cause = row?.event.cause ?? null
  return (
    what?.kind === 'bytes' &&
    what.direction === 'rx' &&
    !what.data &&
    typed !== undefined &&
    isTyped(typed) &&
    cause !== null &&
    covers(typed, cause)
  )
}

function covers(row: PlacedEvent, seq: number): boolean {
  return row.event.seq === seq || row.also.includes(seq)
}

function canGrow({ event }: PlacedEvent, next: TimelineEvent, { bytes, data }: BytesFact): boolean {
  const what = event.what as BytesFact
  return (
    event.instance === next.instance &&
    what.data === data &&
    next.moduleMs - event.moduleMs <= JOIN_MS &&
    what.bytes.length + bytes.length <= JOIN_BYTES &&
    !endings.has(what.bytes.at(-1) ?? 13)
  )
}

/** Returns the row with the bytes of `next` added. It keeps its number and takes the time of the newest byte. */
function joined(row: PlacedEvent, next: TimelineEvent, { bytes }: BytesFact): PlacedEvent {
  const what = row.event.what as BytesFact
  const all = new Uint8Array(what.bytes.length + bytes.length)
  all.set(what.bytes)
  all.set(bytes, what.bytes.length)
  const event: TimelineEvent = {
    ...row.event,
    moduleMs: next.moduleMs,
    wallMs: next.wallMs,
    what: { ...what, bytes: all }
  }
  return { ...row, event, also: [...row.also, next.seq] }
}
