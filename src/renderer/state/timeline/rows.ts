import type { SeqList } from './seqs.ts'

/** Which event stands in which row: the list is laid out from this alone, and fetches only the rows that are seen. */
export interface RowOrder {
  readonly count: number
  /** `seq` of the event in that row, which must be there. */
  seqAt(row: number): number
  /** The row in which an event stands, or, when it has none, that of the next event. `count` after the last. */
  rowOf(seq: number): number
  /** Whether the event has a row of its own. */
  has(seq: number): boolean
}

/** Every event that is kept, one after the other; but what is `hidden` stands in the row of an event before it. */
export class AllRows implements RowOrder {
  firstSeq = 0
  nextSeq = 0

  constructor(readonly hidden: SeqList) {}

  get count(): number {
    return Math.max(0, this.nextSeq - this.firstSeq - this.hidden.length)
  }

  seqAt(row: number): number {
    // A hidden event lies before the row when no more rows than that come before it.
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

/** The events that fit a filter. */
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
