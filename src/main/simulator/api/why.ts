import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { WhyCalls, WhyQuery } from '../../../shared/explain/calls.ts'
import { explain } from '../../../shared/explain/explain.ts'
import { lastFailure } from '../../../shared/explain/last-failure.ts'
import { present } from '../../../shared/explain/present.ts'
import type { EventSource } from '../../../shared/timeline/source.ts'

/** The API call `why`. Events are read from the timeline; hints are those for the module as it is now. */
export function whyApi({ source, snapshot }: WhyParts): WhyCalls {
  return {
    why: async ({ seq }: WhyQuery) => {
      const now = snapshot()
      const asked = seq ?? lastFailure(source, now)
      return { failure: asked === null ? null : explain(source, asked, now), present: present(now, source) }
    }
  }
}

export interface WhyParts {
  readonly source: EventSource
  snapshot(): Snapshot
}
