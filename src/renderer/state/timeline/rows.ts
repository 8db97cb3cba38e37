import type { SeqList } from './seqs.ts'

/**
 * The order of events in rows. It is enough for the layout of the list, which fetches only the events of visible rows.
 */
export interface RowOrder {
  readonly count: number
  /** Returns the `seq` of the event in that row. The row must exist. */
  seqAt(row: number): number
  /** Returns the row of an event or, when it has none, that of the next event. `count` after the last. */
  rowOf(seq: number): number
  /** Returns whether the event has its own row. */
  has(seq: number): boolean
}

/** All kept events, one after the other. A `hidden` event is shown in the row of an earlier one. */
export class AllRows implements RowOrder {
  firstSeq = 0
  nextSeq = 0

  constructor(readonly hidden: SeqList) {}

  get count(): number {
    return Math.max(0, this.nextSeq - this.firstSeq - this.hidden.length)
  }

  seqAt(row: number): number {
    // A hidden event comes before the row when at most that many rows come before it.
    const before = this.hidden.search((index) => this.hidden.at(index) - this.firstSeq - index <= row)
    return this.firstSeq + row + before
  }

  rowOf(seq: number): number {
    const within = Math.min(Math.max(seq, this.firstSeq), this.nextSeq)
    return within - this.firstSeq - this.hidden.countBefore(within)
  }

  has(seq: number): boolean {
    return seq >= this.firstSeq && seq < this.nextSeq && !this.hidden.has(seq)
  }
}

/** The events that match a filter. */
export class MatchRows implements RowOrder {
  constructor(readonly seqs: SeqList) {}

  get count(): number {
    return this.seqs.length
  }

  seqAt(row: number): number {
    return this.seqs.at(row)
  }

  rowOf(seq: number): number {
    return this.seqs.countBefore(seq)
  }

  has(seq: number): boolean {
    return this.seqs.has(seq)
  }
}
