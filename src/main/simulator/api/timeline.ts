import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { TimelineSearch } from '../../timeline/search.ts'
import type { TimelineStore } from '../../timeline/store.ts'

/** The API calls that read the timeline. */
export function timelineApi(
  store: TimelineStore,
  search: TimelineSearch
): Pick<SimulatorApi, 'events' | 'findEvents' | 'eventsAt'> {
  return {
    events: async (query) => store.query(query),
    async findEvents({ filter, fromSeq, toSeq }) {
      const found = await search.find(filter, fromSeq, toSeq)
      return {
        firstSeq: store.firstSeq,
        fromSeq: found.fromSeq,
        scannedTo: found.scannedTo,
        count: found.count,
        matches: found.matches
      }
    },
    eventsAt: async ({ seqs }) => seqs.flatMap((seq) => store.at(seq) ?? [])
  }
}
