import type { TextFilter } from '../../shared/timeline/filter.ts'
import type { Chunk } from './chunk.ts'
import type { Found } from './text-index.ts'
import type { LineQuery, TextSlab } from './text-slab.ts'

/** Where lines are made and searched: in a worker, or in slices beside everything else. One call at a time. */
export interface SearchEngine {
  /** How many lines one call of `make` may make. */
  readonly eventsAtOnce: number
  /** Makes the lines of some events of a chunk; `firstSeq` is the oldest event that is still kept. */
  make(chunk: Chunk, fromSeq: number, toSeq: number, words: readonly string[], firstSeq: number): Promise<void>
  /** Rejects with SearchStopped when the pattern takes longer than `limitMs`. */
  find(query: LineQuery, text: TextFilter | null, limitMs: number): Promise<Found>
  /** What has been made, for the engine after this one. */
  readonly slabs: readonly TextSlab[]
  close(): void
}

/** A search that was ended because it took too long. The message is one sentence. */
export class SearchStopped extends Error {
  override readonly name = 'SearchStopped'

  /** `limitMs`: the limit that was reached, for the whole timeline or for one part of it. */
  constructor(
    readonly limitMs: number,
    readonly scope: keyof typeof scopeWords = 'timeline'
  ) {
    super(
      `The pattern took longer than ${limitMs / 1000} s to search ${scopeWords[scope]} and was stopped; use a simpler one.`
    )
  }
}

const scopeWords = { timeline: 'the timeline', part: 'one part of the timeline' } as const

/** What the worker is told, and what it answers. */
export type ToWorker =
  | { readonly do: 'begin'; readonly slabs: readonly TextSlab[] }
  | {
      readonly do: 'make'
      readonly slab: SharedArrayBuffer
      readonly chunkSeq: number
      readonly fromSeq: number
      readonly toSeq: number
      readonly firstSeq: number
      /** Those that are new since the last message. */
      readonly words: readonly string[]
    }
  | { readonly do: 'find'; readonly query: LineQuery; readonly text: TextFilter | null }

export type FromWorker =
  /** It runs, and has what was made before. */
  | { readonly done: 'begun' }
  | { readonly done: 'made'; readonly changed: readonly TextSlab[]; readonly kept: readonly number[] }
  | { readonly done: 'found'; readonly found: Found }
  | { readonly done: 'failed'; readonly sentence: string }
