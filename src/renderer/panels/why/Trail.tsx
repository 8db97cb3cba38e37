import { Fragment, type ReactNode } from 'react'
import { rowOf, type Row } from '../../../shared/timeline/reading.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { useEvents } from '../../state/store/use-events.ts'
import { Mark } from '../timeline/Mark.tsx'
import { trailOf, trailWord } from './trail-events.ts'
import { whyWords as words } from './words.ts'

/** Links to the events that led to a failure. */
export function Trail({ store, chain }: { readonly store: Store; readonly chain: readonly number[] }): ReactNode {
  const { events } = useEvents(store, chain)
  const selected = useStore(store, (state) => state.selected)
  if (events.length === 0) return null
  return (
    <p className="trail">
      <span className="dim">{words.causedBy}</span>
      {trailOf(events).map((event, at) => (
        <Fragment key={event.seq}>
          {at > 0 && <span aria-hidden="true">›</span>}
          <button
            type="button"
            className={`link${rowOf(event).tone === 'err' ? ' bad' : ''}`}
            aria-current={selected === event.seq ? 'true' : undefined}
            title={words.event.trailTitle(lineOf(rowOf(event)))}
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

/** A button with the mark of an event, beside the sentence that it supports. It selects the event. */
export function EventMark({ store, seq }: { readonly store: Store; readonly seq: number }): ReactNode {
  const {
    events: [event]
  } = useEvents(store, [seq])
  const row = event && rowOf(event)
  return (
    <button
      type="button"
      className={`event-mark k-${row?.tone ?? 'eng'}`}
      aria-label={words.event.label(row ? lineOf(row) : String(seq))}
      title={words.event.title}
      onClick={() => {
        store.select(seq)
      }}
    >
      <Mark name={row?.mark ?? 'note'} />
    </button>
  )
}

function lineOf({ word, strong, text }: Row): string {
  return [word, strong ?? '', text].filter((part) => part !== '').join(' ')
}
