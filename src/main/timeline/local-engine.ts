import { createContext, Script, type Context } from 'node:vm'
import type { TextFilter } from '../../shared/timeline/filter.ts'
import type { Chunk } from './chunk.ts'
import { linePattern } from './pattern.ts'
import { SearchStopped, type SearchEngine } from './search-engine.ts'
import { TextIndex, type Found } from './text-index.ts'
import type { LineQuery, TextSlab } from './text-slab.ts'

/** Makes and searches lines in this thread, in slices. Used where no worker can be started. */
export class LocalEngine implements SearchEngine {
  readonly eventsAtOnce = SLICE_EVENTS
  private readonly index: TextIndex

  /** `sliceMs`: how long a pattern may block everything else at a time. */
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

  /**
   * Searches one part of the timeline, within the rest of the search's limit and within one slice. Throws SearchStopped
   * with the limit that was reached.
   */
  private matchPart<T>(step: () => T, limitMs: number, leftMs: number): T {
    if (leftMs <= 0) throw new SearchStopped(limitMs)
    const { sliceMs } = this
    const result = limited(step, Math.ceil(Math.min(leftMs, sliceMs)))
    if (result !== null) return result
    throw leftMs <= sliceMs ? new SearchStopped(limitMs) : new SearchStopped(sliceMs, 'part')
  }
}

/**
 * Returns the result of the action, or `null` when it took too long. Only a VM context can stop a regular expression.
 */
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
/** Made when first needed: it costs some milliseconds. */
let context: Context | null = null

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Takes well under a millisecond. */
const SLICE_EVENTS = 256
/** Far more than a slab needs on a busy machine. The longest time that a hopeless pattern blocks everything else. */
const SLICE_MS = 1000
