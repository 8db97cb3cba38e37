import type { TextFilter } from '../../shared/timeline/filter.ts'
import type { Chunk } from './chunk.ts'
import type { Found } from './text-index.ts'
import type { LineQuery, TextSlab } from './text-slab.ts'

/** Makes and searches the lines of events, in a worker or in slices in this thread. One call at a time. */
export interface SearchEngine {
  /** How many lines one call of `make` may make. */
  readonly eventsAtOnce: number
  /** Makes the lines of some events of a chunk. `firstSeq` is the oldest event that is still kept. */
  make(chunk: Chunk, fromSeq: number, toSeq: number, words: readonly string[], firstSeq: number): Promise<void>
  /** Rejects with SearchStopped when the pattern takes longer than `limitMs`. */
  find(query: LineQuery, text: TextFilter | null, limitMs: number): Promise<Found>
  /** The lines made so far, for the engine that follows this one. */
  readonly slabs: readonly TextSlab[]
  close(): void
}

/** A search took too long and was stopped. The message is one sentence. */
export class SearchStopped extends Error {
  override readonly name = 'SearchStopped'

  /** `limitMs`: the limit that was reached. `scope`: whether it is that of the whole timeline or of one part. */
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

/** Messages to the worker, and its answers. */
export type ToWorker =
  | { readonly do: 'begin'; readonly slabs: readonly TextSlab[] }
  | {
      readonly do: 'make'
      readonly slab: SharedArrayBuffer
      readonly chunkSeq: number
      readonly fromSeq: number
      readonly toSeq: number
      readonly firstSeq: number
      /** Only words that are new since the last message. */
      readonly words: readonly string[]
    }
  | { readonly do: 'find'; readonly query: LineQuery; readonly text: TextFilter | null }

export type FromWorker =
  /** The worker runs, with the slabs of the engine before it. */
  | { readonly done: 'begun' }
  | { readonly done: 'made'; readonly changed: readonly TextSlab[]; readonly kept: readonly number[] }
  | { readonly done: 'found'; readonly found: Found }
  | { readonly done: 'failed'; readonly sentence: string }
