import { MatchWriter } from '../../shared/timeline/matches.ts'
import { lineOf } from '../../shared/timeline/reading.ts'
import { ROOT, type Chunk } from './chunk.ts'
import type { LinePattern } from './pattern.ts'
import { SLAB_BYTES } from './slab-pool.ts'
import { appendLine, isWide, lastSeqOf, searchSlab, type LineQuery, type TextSlab } from './text-slab.ts'

export interface Found {
  readonly count: number
  /** As `decodeMatches` reads it, from `fromSeq` of the query. */
  readonly matches: Uint8Array
}

/**
 * The lines of all events as text that can be searched. Lives in a worker, or beside the store where there is none; it
 * alone writes and reads the slabs, so a slab whose lines fell off is used again without asking anybody.
 */
export class TextIndex {
  private readonly narrow: TextSlab[]
  private readonly wide: TextSlab[]
  private readonly spare: SharedArrayBuffer[] = []
  private nextId: number

  /** `slabs`: what an index before this one had made. */
  constructor(slabs: readonly TextSlab[] = []) {
    this.narrow = slabs.filter((slab) => !slab.wide)
    this.wide = slabs.filter((slab) => slab.wide)
    this.nextId = Math.max(-1, ...slabs.map(({ id }) => id)) + 1
  }

  get slabs(): readonly TextSlab[] {
    return [...this.narrow, ...this.wide]
  }

  /** Makes the lines of a chunk's events `fromSeq` up to and without `toSeq`, which follow what was made before. Answers the slabs that changed. */
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

  /** Forgets lines of events that fell off, slab by slab. */
  drop(firstSeq: number): void {
    for (const slabs of [this.narrow, this.wide]) {
      while (slabs.length > 1 && slabs[1]!.baseSeq <= firstSeq) this.spare.push(slabs.shift()!.buffer)
      if (slabs.length === 1 && lastSeqOf(slabs[0]!) < firstSeq) this.spare.push(slabs.shift()!.buffer)
    }
    if (this.spare.length > MOST_SPARE) this.spare.length = MOST_SPARE
  }

  /** Searches slab by slab; between two the caller may do something else. */
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

/** A fact that does not read as a line must not cost the search of all others. */
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

/** As many as fall off between two that are begun, and some. */
const MOST_SPARE = 8
