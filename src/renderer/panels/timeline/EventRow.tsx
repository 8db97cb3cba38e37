import { memo, type ReactNode } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { clockTime, sinceCause } from '../../state/sentence/formats.ts'
import type { ByteView } from '../../state/timeline/view.ts'
import { Mark } from './Mark.tsx'
import { RowText } from './RowText.tsx'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { timelineWords } from './words.ts'

interface EventRowProps {
  /** Null while it is being fetched: the row then shows itself only when that takes a while. */
  readonly event: TimelineEvent | null
  /** As it is written at the left: a clock's time, or one since another event. */
  readonly time: string
  readonly at: number
  readonly total: number
  /** What the rail draws here, and its lit stretch, as paths. */
  readonly rail: string
  readonly hot: string
  readonly view: ByteView
  /** The one that all panels mark. */
  readonly selected: boolean
  /** One of several that are selected. */
  readonly within: boolean
  readonly bookmarked: boolean
  readonly hit: boolean
}

/**
 * One row. Whatever it shows, it is made of the same elements: a row that scrolls out is drawn again as another one, and a browser lays out
 * and paints new text in old elements at a fraction of what new elements cost it.
 */
export const EventRow = memo(function EventRow(props: EventRowProps): ReactNode {
  const { event, time, at, total, rail, hot, view, selected, within, bookmarked, hit } = props
  // Called, not nested: its elements stand where those of a row do.
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

/** Stands where a row is being fetched; shows itself only when that takes a while. */
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

/** The time of a row. `before`: the row above, where it is at hand. */
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

/** Of lines of text: no two neighbours are of one length. */
const ghostWidths = [62, 38, 71, 45, 54, 33]
