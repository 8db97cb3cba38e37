import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** Returns the events in `[fromSeq, toSeq)` that are still kept, and how many came before the first of them. */
export async function fetchEvents(
  api: SimulatorApi,
  fromSeq: number,
  toSeq: number
): Promise<{ events: TimelineEvent[]; before: number }> {
  const events: TimelineEvent[] = []
  let before = 0
  for (let next = fromSeq; next < toSeq;) {
    const page = await api.events({ fromSeq: next, limit: PAGE_EVENTS })
    const [first, last] = [page.events[0], page.events.at(-1)]
    if (!first || !last) break
    if (events.length === 0) before = page.dropped + Math.max(0, first.seq - page.firstSeq)
    events.push(...page.events)
    next = last.seq + 1
  }
  return { events, before }
}

/** Most events in an answer to `events`. */
const PAGE_EVENTS = 5000
