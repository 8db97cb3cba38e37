import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import type { PlacedEvent } from '../store/placed-event.ts'
import { joinTyped } from '../store/typed-run.ts'
import { SeqList } from './seqs.ts'

/** More than a person types in years. Beyond it, the oldest lines become single bytes again. */
const MAX_JOINED = 100_000

/** How many rows back a typed byte may be joined. */
const DEPTH = 2

/** Which events are shown in the row of an earlier one: typed bytes and their echo are shown as one line each. */
export class TypedJoins {
  /** Events without their own row. */
  readonly hidden = new SeqList()
  private readonly owners = new Map<number, number>()
  private readonly parts = new Map<number, readonly number[]>()
  private recent: PlacedEvent[] = []
  private newest = -1

  /** Returns the event in whose row another one is shown, for most events the event itself. */
  ownerOf(seq: number): number {
    return this.owners.get(seq) ?? seq
  }

  /** Returns the later events in the row of this one. */
  partsOf(seq: number): readonly number[] {
    return this.parts.get(seq) ?? []
  }

  /** Adds live events in their order. A gap ends a line. */
  live(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.newest) continue
      if (event.seq !== this.newest + 1) this.recent = []
      this.newest = event.seq
      this.recent = this.joined(this.recent, event).slice(-DEPTH)
    }
  }

  /** Adds past events in their order. Events that are joined already stay so. */
  past(events: readonly TimelineEvent[]): void {
    let rows: PlacedEvent[] = []
    let before = -1
    for (const event of events) {
      // The newest rows still grow live.
      const known =
        (this.newest >= 0 && event.seq >= this.newest - DEPTH) ||
        this.owners.has(event.seq) ||
        this.parts.has(event.seq)
      if (known || event.seq !== before + 1) rows = []
      if (!known) rows = this.joined(rows, event).slice(-DEPTH)
      before = event.seq
    }
  }

  dropBefore(firstSeq: number): void {
    this.hidden.dropBefore(firstSeq)
    for (const seq of this.owners.keys()) {
      if (seq >= firstSeq && this.owners.size <= MAX_JOINED) break
      this.parts.delete(this.owners.get(seq)!)
      this.owners.delete(seq)
    }
  }

  clear(): void {
    this.hidden.clear()
    this.owners.clear()
    this.parts.clear()
    this.recent = []
    this.newest = -1
  }

  private joined(rows: PlacedEvent[], event: TimelineEvent): PlacedEvent[] {
    if (!joinTyped(rows, event))
      return [...rows, { event, depth: event.cause === null ? 0 : 1, root: event, branchSeq: null, also: [] }]
    const row = rows.find(({ also }) => also.at(-1) === event.seq)!
    this.hidden.insert(event.seq)
    this.owners.set(event.seq, row.event.seq)
    this.parts.set(row.event.seq, row.also)
    return rows
  }
}
