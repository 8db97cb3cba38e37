import { useEffect, useState } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { heldEvent } from './held-events.ts'
import { useStore, type Store } from './store.ts'

interface FoundEvents {
  /** In the requested order, without events that were dropped. */
  readonly events: readonly TimelineEvent[]
  /** Whether an event is still being fetched from the simulator. */
  readonly looking: boolean
}

/** Returns events by their numbers: those that the window holds at once, older ones from the simulator. */
export function useEvents(store: Store, seqs: readonly number[]): FoundEvents {
  const held = useStore(store, (state) => state.events)
  const [fetched, setFetched] = useState<Fetched>({ asked: '', events: [] })
  const find = (seq: number): TimelineEvent | undefined =>
    heldEvent({ events: held }, seq) ?? fetched.events.find((one) => one.seq === seq)
  const missing = seqs.filter((seq) => !find(seq)).join()
  const key = seqs.join()
  useEffect(() => {
    if (missing === '') return
    let gone = false
    const answered = (found: readonly TimelineEvent[]): void => {
      if (gone) return
      // Events that were fetched before may still be needed, since the window may have dropped them.
      const wanted = new Set(key.split(',').map(Number))
      setFetched((before) => ({
        asked: missing,
        events: [...before.events.filter(({ seq }) => wanted.has(seq)), ...found]
      }))
    }
    store.api.eventsAt({ seqs: missing.split(',').map(Number) }).then(answered, () => {
      answered([])
    })
    return () => {
      gone = true
    }
  }, [store, key, missing])
  return { events: seqs.flatMap((seq) => find(seq) ?? []), looking: missing !== '' && missing !== fetched.asked }
}

/** `asked`: the numbers of the last question that was answered. */
interface Fetched {
  readonly asked: string
  readonly events: readonly TimelineEvent[]
}
