import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { EventFilter } from '../../../shared/timeline/filter.ts'
import { decodeMatches } from '../../../shared/timeline/matches.ts'
import { SeqList } from './seqs.ts'

/** Pause between two searches for new events, so that a flood does not cause many searches. */
const PAUSE_MS = 150

/** The events that match a filter, found by the simulator: first in the whole timeline, then among new events. */
export class MatchList {
  readonly seqs = new SeqList()
  /** Why the search stopped: the simulator's sentence, or `null`. */
  fault: string | null = null
  /** Whether the first search of this filter is running. `seqs` then still has the result of the filter before. */
  isNew = false
  private filter: EventFilter | null = null
  private scannedTo = 0
  private firstSeq = 0
  private nextSeq = 0
  private asking = false
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly api: Pick<SimulatorApi, 'findEvents'>,
    private readonly changed: () => void
  ) {}

  /** Begins with another filter; `null` finds nothing. The old rows stay until the first result. */
  find(filter: EventFilter | null): void {
    this.filter = filter
    this.fault = null
    this.isNew = filter !== null
    this.scannedTo = 0
    if (filter === null) this.seqs.clear()
    this.ask()
  }

  /** Sets the range of the timeline: from `firstSeq` to `nextSeq`, without `nextSeq`. */
  grow(firstSeq: number, nextSeq: number): void {
    this.firstSeq = firstSeq
    this.nextSeq = nextSeq
    this.seqs.dropBefore(firstSeq)
    if (this.filter === null || this.asking || this.timer !== null || this.fault !== null) return
    if (this.isNew) this.ask()
    else
      this.timer = setTimeout(() => {
        this.timer = null
        this.ask()
      }, PAUSE_MS)
  }

  private ask(): void {
    const { filter } = this
    if (filter === null || this.asking || this.fault !== null) return
    if (!this.isNew && this.scannedTo >= this.nextSeq) return
    this.asking = true
    void this.fetch(filter).finally(() => {
      this.asking = false
      // Another filter may have been chosen meanwhile.
      if (this.filter !== filter) this.ask()
    })
  }

  private async fetch(filter: EventFilter): Promise<void> {
    try {
      const fromSeq = Math.max(this.scannedTo, this.firstSeq)
      const found = await this.api.findEvents({ filter, fromSeq, toSeq: null })
      if (this.filter !== filter) return
      if (this.isNew) this.seqs.clear()
      this.isNew = false
      this.seqs.push(decodeMatches(found.matches, found.fromSeq, found.count))
      this.seqs.dropBefore(found.firstSeq)
      this.scannedTo = found.scannedTo
    } catch (error) {
      if (this.filter !== filter) return
      this.isNew = false
      this.fault = error instanceof Error ? error.message : String(error)
    }
    this.changed()
  }
}
