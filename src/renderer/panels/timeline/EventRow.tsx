import { memo, type ReactNode } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { clockTime, sinceCause } from '../../state/sentence/formats.ts'
import type { ByteView } from '../../state/timeline/view.ts'
import { Mark } from './Mark.tsx'
import { RowText } from './RowText.tsx'
import { timelineWords } from './words.ts'

interface EventRowProps {
  /** `null` while the event is fetched. A placeholder then appears after a delay. */
  readonly event: TimelineEvent | null
  /** The text in the time column: a clock time, or the time since another event. */
  readonly time: string
  readonly at: number
  readonly total: number
  /** The lines of the rail in this row and its highlighted part, as SVG paths. */
  readonly rail: string
  readonly hot: string
  readonly view: ByteView
  /** Whether this is the event that all panels mark. */
  readonly selected: boolean
  /** Whether the row is in a selected range. */
  readonly within: boolean
  readonly bookmarked: boolean
  readonly hit: boolean
}

/**
 * One row. Every row consists of the same elements: a row that scrolls out is rendered again as another one, and new
 * text in old elements costs the browser a fraction of what new elements cost.
 */
export const EventRow = memo(function EventRow(props: EventRowProps): ReactNode {
  const { event, time, at, total, rail, hot, view, selected, within, bookmarked, hit } = props
  // Called as a function, not as a component: its elements then replace those of a row in place.
  if (!event) return RowSkeleton({ at })
  const row = rowOf(event)
  const states = [
    selected && 'sel',
    within && 'within',
    row.tone === 'err' && 'bad',
    row.tone === 'eng' && row.word === 'INJ' && 'inj',
    hit && 'hit'
  ]
  return (
    <div
      id={rowId(event.seq)}
      role="option"
      aria-selected={selected || within}
      aria-posinset={at + 1}
      aria-setsize={total}
      data-row={at}
      className={`ev-row k-${row.tone} ${states.filter(Boolean).join(' ')}`}
    >
      <span
        className="t"
        title={timelineWords.row.time(clockTime(event.wallMs), event.moduleMs, event.seq, event.instance)}
      >
        {bookmarked && <i className="flag" role="img" aria-label={timelineWords.row.bookmarked} />}
        {time}
      </span>
      <svg className="rail" viewBox="0 0 30 17" aria-hidden="true">
        <path d={rail} />
        {hot !== '' && <path className="hot" d={hot} />}
      </svg>
      <Mark name={row.mark} />
      <span className="k">{row.word}</span>
      <RowText event={event} view={view} />
    </div>
  )
})

/** Placeholder for a row that is fetched. It appears after a delay. */
export function RowSkeleton({ at }: { readonly at: number }): ReactNode {
  return (
    <div className="ev-row ghost-row" data-row={at} aria-hidden="true">
      <span className="t">
        <i />
      </span>
      <svg className="rail" viewBox="0 0 30 17" />
      <Mark name={null} />
      <span className="k">
        <i />
      </span>
      <span className="x">
        <i style={{ width: `${ghostWidths[at % ghostWidths.length]}%` }} />
      </span>
    </div>
  )
}

export function rowId(seq: number): string {
  return `event-${seq}`
}

/** Returns the time text of a row. `before`: the row above, or `null` if it is not known. */
export function timeOf(
  {
    event,
    place
  }: { readonly event: TimelineEvent; readonly place: { readonly depth: number; readonly rootMs: number } },
  before: TimelineEvent | null,
  view: 'cause' | 'wall' | 'delta'
): string {
  if (view === 'delta' && before) return sinceCause(event.moduleMs - before.moduleMs)
  return view === 'cause' && place.depth > 0 ? sinceCause(event.moduleMs - place.rootMs) : clockTime(event.wallMs)
}

/** Widths of the placeholder text in percent, different for adjacent rows. */
const ghostWidths = [62, 38, 71, 45, 54, 33]
