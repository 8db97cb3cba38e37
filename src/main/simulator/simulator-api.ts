import { readFileSync } from 'node:fs'
import type { Batch, SimulatorApi, TypedInput } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { ArmedFaults } from '../lab/armed-faults.ts'
import type { Lab } from '../lab/lab.ts'
import type { AtPortHub } from '../ports/at-port-hub.ts'
import type { TimelineSearch } from '../timeline/search.ts'
import type { TimelineStore } from '../timeline/store.ts'
import type { TranscriptHead } from '../timeline/transcript/format.ts'
import { actCalls } from './api/acts.ts'
import { captureApi } from './api/capture.ts'
import { exportApi } from './api/exports.ts'
import { labApi } from './api/lab.ts'
import { nvmApi } from './api/nvm.ts'
import { portApi } from './api/ports.ts'
import { timelineApi } from './api/timeline.ts'
import { whyApi } from './api/why.ts'
import type { Board } from './board.ts'
import { productCatalog } from './product-catalog.ts'
import { dialFacts } from './snapshot.ts'

/** The parts of a simulator that the API needs. Some are created during the start. */
export interface SimulatorParts {
  readonly hubs: readonly AtPortHub[]
  readonly faults: ArmedFaults
  readonly timeline: TimelineStore
  readonly search: TimelineSearch
  readonly links: Parameters<typeof portApi>[1]
  board(): Board
  lab(): Lab | null
  routed: Parameters<typeof nvmApi>[0]['routed']
  snapshot(): Snapshot
  type(input: TypedInput): void
  readonly keyLog: Parameters<typeof exportApi>[0]['keyLog']
  transcriptHead(): TranscriptHead
  subscribe(listener: (batch: Batch) => void): () => void
}

/** Joins the handlers of all calls. Each group has its own file in `api`. */
export function simulatorApi(parts: SimulatorParts): SimulatorApi {
  const { hubs, faults, timeline, search, links, keyLog } = parts
  return {
    snapshot: async () => parts.snapshot(),
    catalog: async () => productCatalog(),
    ...timelineApi(timeline, search),
    type: async (input: TypedInput) => parts.type(input),
    ...actCalls(() => parts.board()),
    ...labApi({ faults, lab: () => parts.lab(), moduleFacts: () => dialFacts(parts.board().module) }),
    handshakes: async () => parts.board().module.handshakes.snapshots(),
    ...nvmApi({
      board: () => parts.board(),
      timeline,
      routed: (asked) => parts.routed(asked),
      labCaPem: () => {
        const lab = parts.lab()
        return lab ? readFileSync(lab.caFile) : null
      }
    }),
    ...captureApi(),
    ...portApi(hubs, links),
    ...whyApi({ source: timeline, snapshot: () => parts.snapshot() }),
    ...exportApi({
      source: timeline,
      search,
      timeline,
      keyLog,
      wallMs: () => Date.now(),
      transcriptHead: () => parts.transcriptHead()
    }),
    subscribe: (listener: (batch: Batch) => void) => parts.subscribe(listener)
  }
}
