import { createContext, Script, type Context } from 'node:vm'
import type { TextFilter } from '../../shared/timeline/filter.ts'
import type { Chunk } from './chunk.ts'
import { linePattern } from './pattern.ts'
import { SearchStopped, type SearchEngine } from './search-engine.ts'
import { TextIndex, type Found } from './text-index.ts'
import type { LineQuery, TextSlab } from './text-slab.ts'

/** Makes and searches lines in this thread, in slices: where a worker cannot be had. */
export class LocalEngine implements SearchEngine {
  readonly eventsAtOnce = SLICE_EVENTS
  private readonly index: TextIndex

  /** `sliceMs`: how long a pattern may hold up everything else at a time. */
  constructor(
    slabs: readonly TextSlab[],
    private readonly sliceMs = SLICE_MS
  ) {
    this.index = new TextIndex(slabs)
  }

  get slabs(): readonly TextSlab[] {
    return this.index.slabs
  }

  async make(chunk: Chunk, fromSeq: number, toSeq: number, words: readonly string[], firstSeq: number): Promise<void> {
    this.index.drop(firstSeq)
    this.index.make(chunk, fromSeq, toSeq, words)
    await turn()
  }

  async find(query: LineQuery, text: TextFilter | null, limitMs: number): Promise<Found> {
    const pattern = text && linePattern(text)
    const search = this.index.find(query, pattern)
    const untilMs = performance.now() + limitMs
    for (;;) {
      const step = pattern ? this.matchPart(() => search.next(), limitMs, untilMs - performance.now()) : search.next()
      if (step.done) return step.value
      await turn()
    }
  }

  close(): void {}

  /** One part of the timeline, within what is left of the search's limit and within one slice: whichever is reached is named. */
  private matchPart<T>(step: () => T, limitMs: number, leftMs: number): T {
    if (leftMs <= 0) throw new SearchStopped(limitMs)
    const { sliceMs } = this
    const result = limited(step, Math.ceil(Math.min(leftMs, sliceMs)))
    if (result !== null) return result
    throw leftMs <= sliceMs ? new SearchStopped(limitMs) : new SearchStopped(sliceMs, 'part')
  }
}

/** What the action answers, or null when it was stopped: the engine ends a regular expression at no other place. */
function limited<T>(action: () => T, ms: number): T | null {
  let result: T | null = null
  sandbox.run = () => {
    result = action()
  }
  context ??= createContext(sandbox)
  try {
    script.runInContext(context, { timeout: ms })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null
    throw error
  }
  return result
}

const script = new Script('run()')
const sandbox: { run: () => void } = { run: () => {} }
/** Costs some milliseconds, and is seldom needed. */
let context: Context | null = null

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Well under a millisecond of work. */
const SLICE_EVENTS = 256
/** Far more than a slab takes on a busy machine, and the longest that a hopeless pattern can hold everything up. */
const SLICE_MS = 1000
