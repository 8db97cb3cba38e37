import { useEffect, useState } from 'react'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { heldEvent } from './held-events.ts'
import { useStore, type Store } from './store.ts'

interface FoundEvents {
  /** In the order in which they were asked for, without those that fell off. */
  readonly events: readonly TimelineEvent[]
  /** The simulator has not answered yet for one that the window does not hold. */
  readonly looking: boolean
}

/** Events by their numbers: those that the window holds at once, older ones from the simulator. */
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
      // What was fetched before may still be wanted beside what has left the window since.
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
