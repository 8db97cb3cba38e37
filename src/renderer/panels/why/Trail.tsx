import { Fragment, type ReactNode } from 'react'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { useEvents } from '../../state/store/use-events.ts'
import { Mark } from '../timeline/Mark.tsx'
import { trailOf, trailWord } from './trail-words.ts'

/** The events that led to a failure, each one click away. */
export function Trail({ store, chain }: { readonly store: Store; readonly chain: readonly number[] }): ReactNode {
  const { events } = useEvents(store, chain)
  const selected = useStore(store, (state) => state.selected)
  if (events.length === 0) return null
  return (
    <p className="trail">
      <span className="dim">Caused by:</span>
      {trailOf(events).map((event, at) => (
        <Fragment key={event.seq}>
          {at > 0 && <span aria-hidden="true">›</span>}
          <button
            type="button"
            className={`link${rowOf(event).tone === 'err' ? ' bad' : ''}`}
            aria-current={selected === event.seq ? 'true' : undefined}
            title={`${rowOf(event).word} ${rowOf(event).strong ?? ''} ${rowOf(event).text}. Shows it in the timeline.`}
            onClick={() => {
              store.select(event.seq)
            }}
          >
            {trailWord(event)}
          </button>
        </Fragment>
      ))}
    </p>
  )
}

/** The mark of the event that shows a sentence; it leads there. */
export function EventMark({ store, seq }: { readonly store: Store; readonly seq: number }): ReactNode {
  const {
    events: [event]
  } = useEvents(store, [seq])
  const row = event && rowOf(event)
  return (
    <button
      type="button"
      className={`event-mark k-${row?.tone ?? 'eng'}`}
      aria-label={`Show the event: ${row ? `${row.word} ${row.strong ?? ''} ${row.text}` : seq}`}
      title="Shows it in the timeline"
      onClick={() => {
        store.select(seq)
      }}
    >
      <Mark name={row?.mark ?? 'note'} />
    </button>
  )
}
