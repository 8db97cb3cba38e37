import { Fragment, useEffect, useState, type ReactNode } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { rowOf } from '../../../shared/timeline/reading.ts'
import { heldEvent } from '../../state/held-events.ts'
import { useStore, type Store } from '../../state/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { trailOf, trailWord } from './trail-words.ts'

/** The events that led to a failure, each one click away. */
export function Trail({ store, chain }: { readonly store: Store; readonly chain: readonly number[] }): ReactNode {
  const events = useEvents(store, chain)
  const selected = useStore(store, (state) => state.selected)
  if (events.length === 0) return null
  return (
    <p className="trail">
      <span className="dim">Led here:</span>
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
  const [event] = useEvents(store, [seq])
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

/** Events by their numbers: those that the window holds at once, older ones from the simulator. */
export function useEvents(store: Store, seqs: readonly number[]): readonly TimelineEvent[] {
  const held = useStore(store, (state) => state.events)
  const [older, setOlder] = useState<readonly TimelineEvent[]>([])
  const key = seqs.join()
  const find = (seq: number): TimelineEvent | undefined => heldEvent({ events: held }, seq) ?? older.find((one) => one.seq === seq)
  const missing = seqs.filter((seq) => !find(seq)).join()
  useEffect(() => {
    if (missing === '') return
    let gone = false
    // An event that fell off is no link; there is nothing to be said about it.
    void store.api.eventsAt({ seqs: missing.split(',').map(Number) }).then(
      (found) => {
        if (!gone) setOlder(found)
      },
      () => undefined
    )
    return () => {
      gone = true
    }
  }, [store, key, missing])
  return seqs.flatMap((seq) => find(seq) ?? [])
}
