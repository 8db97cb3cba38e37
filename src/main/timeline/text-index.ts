import { MatchWriter } from '../../shared/timeline/matches.ts'
import { lineOf } from '../../shared/timeline/reading.ts'
import { ROOT, type Chunk } from './chunk.ts'
import type { LinePattern } from './pattern.ts'
import { SLAB_BYTES } from './slab-pool.ts'
import { appendLine, isWide, lastSeqOf, searchSlab, type LineQuery, type TextSlab } from './text-slab.ts'

export interface Found {
  readonly count: number
  /** As read by `decodeMatches`, counted from `fromSeq` of the query. */
  readonly matches: Uint8Array
}

/**
 * The lines of all events as searchable text. Runs in a worker, or in the store's thread where there is none. Only the
 * index uses its slabs, so it may use a slab again once all its lines are dropped.
 */
export class TextIndex {
  private readonly narrow: TextSlab[]
  private readonly wide: TextSlab[]
  private readonly spare: SharedArrayBuffer[] = []
  private nextId: number

  /** `slabs`: the lines made by an earlier index. */
  constructor(slabs: readonly TextSlab[] = []) {
    this.narrow = slabs.filter((slab) => !slab.wide)
    this.wide = slabs.filter((slab) => slab.wide)
    this.nextId = Math.max(-1, ...slabs.map(({ id }) => id)) + 1
  }

  get slabs(): readonly TextSlab[] {
    return [...this.narrow, ...this.wide]
  }

  /**
   * Makes the lines of a chunk's events from `fromSeq` to `toSeq`, without `toSeq`. They must follow the earlier ones.
   * Returns the slabs that changed.
   */
  make(chunk: Chunk, fromSeq: number, toSeq: number, words: readonly string[]): ReadonlySet<TextSlab> {
    const changed = new Set<TextSlab>()
    for (let seq = fromSeq; seq < toSeq; seq++) {
      const line = lineAt(chunk, seq, words)
      const wide = isWide(line)
      const slabs = wide ? this.wide : this.narrow
      const last = slabs.at(-1)
      const rootBack = chunk.link(seq, ROOT)
      if (last && appendLine(last, seq, chunk.tag(seq), rootBack, line)) {
        changed.add(last)
        continue
      }
      const slab = this.newSlab(wide, seq)
      appendLine(slab, seq, chunk.tag(seq), rootBack, line)
      slabs.push(slab)
      changed.add(slab)
    }
    return changed
  }

  /** Drops the lines of dropped events, slab by slab. */
  drop(firstSeq: number): void {
    for (const slabs of [this.narrow, this.wide]) {
      while (slabs.length > 1 && slabs[1]!.baseSeq <= firstSeq) this.spare.push(slabs.shift()!.buffer)
      if (slabs.length === 1 && lastSeqOf(slabs[0]!) < firstSeq) this.spare.push(slabs.shift()!.buffer)
    }
    if (this.spare.length > MOST_SPARE) this.spare.length = MOST_SPARE
  }

  /** Searches slab by slab, and yields between two. */
  *find(query: LineQuery, pattern: LinePattern | null): Generator<void, Found> {
    const writer = new MatchWriter(query.fromSeq)
    const wide = this.wide.filter((slab) => overlaps(slab, query))
    let waiting: number[] = []
    const addUpTo = (seq: number): void => {
      let taken = 0
      while (taken < waiting.length && waiting[taken]! < seq) writer.add(waiting[taken++]!)
      waiting = taken > 0 ? waiting.slice(taken) : waiting
    }
    for (const slab of this.narrow) {
      if (!overlaps(slab, query)) continue
      const last = lastSeqOf(slab)
      while (wide[0] && wide[0].baseSeq <= last) waiting = waiting.concat(searchSlab(wide.shift()!, query, pattern))
      let at = 0
      for (const seq of searchSlab(slab, query, pattern)) {
        while (at < waiting.length && waiting[at]! < seq) writer.add(waiting[at++]!)
        writer.add(seq)
      }
      waiting = waiting.slice(at)
      addUpTo(last)
      yield
    }
    for (const slab of wide) {
      waiting = waiting.concat(searchSlab(slab, query, pattern))
      yield
    }
    addUpTo(Infinity)
    return { count: writer.count, matches: writer.finish() }
  }

  private newSlab(wide: boolean, baseSeq: number): TextSlab {
    return {
      id: this.nextId++,
      buffer: this.spare.pop() ?? new SharedArrayBuffer(SLAB_BYTES),
      wide,
      baseSeq,
      lines: 0,
      usedBytes: 0
    }
  }
}

/**
 * Returns the line of an event. A fact without a line gives only its kind, so that the search of all others still
 * works.
 */
function lineAt(chunk: Chunk, seq: number, words: readonly string[]): string {
  const fact = chunk.fact(seq, words)
  try {
    return lineOf(fact)
  } catch {
    return fact.kind
  }
}

function overlaps(slab: TextSlab, { fromSeq, toSeq }: LineQuery): boolean {
  return slab.lines > 0 && slab.baseSeq < toSeq && lastSeqOf(slab) >= fromSeq
}

/** As many as are usually dropped between two new slabs, and some more. */
const MOST_SPARE = 8
