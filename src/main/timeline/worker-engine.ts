import { Worker } from 'node:worker_threads'
import type { TextFilter } from '../../shared/timeline/filter.ts'
import type { Chunk } from './chunk.ts'
import { SearchStopped, type FromWorker, type SearchEngine, type ToWorker } from './search-engine.ts'
import type { Found } from './text-index.ts'
import type { LineQuery, TextSlab } from './text-slab.ts'

/** The worker ended or could not start. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost'
}

/**
 * Makes and searches lines in a worker. Cannot be used any more after a call rejected with SearchStopped or WorkerLost.
 */
export class WorkerEngine implements SearchEngine {
  readonly eventsAtOnce = Infinity
  private readonly made = new Map<number, TextSlab>()
  private readonly worker: Worker
  /** Resolves when the thread runs. Starting it does not count towards a pattern's time limit. */
  private readonly begun: Promise<unknown>
  private sentWords = 0
  private waiting: { readonly resolve: (answer: FromWorker) => void; readonly reject: (error: Error) => void } | null =
    null
  private lost: WorkerLost | null = null

  /** Throws when a worker cannot be started. `file`: the built `search-worker.ts`. */
  constructor(file: string, slabs: readonly TextSlab[]) {
    for (const slab of slabs) this.made.set(slab.id, slab)
    // The worker does not inherit this process's options, such as a debugger or loaders.
    this.worker = new Worker(file, { execArgv: [], name: 'timeline-search' })
    this.worker.unref()
    this.worker.on('message', (answer: FromWorker) => {
      const { waiting } = this
      this.waiting = null
      this.worker.unref()
      waiting?.resolve(answer)
    })
    this.worker.on('error', (error) => this.lose(error.message))
    this.worker.on('exit', () => this.lose('it ended'))
    this.begun = this.ask({ do: 'begin', slabs })
    // The next call receives the error.
    this.begun.catch(() => {})
  }

  get slabs(): readonly TextSlab[] {
    return [...this.made.values()].toSorted((a, b) => a.id - b.id)
  }

  async make(chunk: Chunk, fromSeq: number, toSeq: number, words: readonly string[], firstSeq: number): Promise<void> {
    await this.begun
    const fresh = words.slice(this.sentWords)
    this.sentWords = words.length
    const answer = await this.ask({
      do: 'make',
      slab: chunk.slab,
      chunkSeq: chunk.firstSeq,
      fromSeq,
      toSeq,
      firstSeq,
      words: fresh
    })
    if (answer.done === 'made') this.keep(answer.changed, answer.kept)
    else if (answer.done === 'failed') throw new Error(answer.sentence)
  }

  async find(query: LineQuery, text: TextFilter | null, limitMs: number): Promise<Found> {
    await this.begun
    const limit = setTimeout(() => {
      const { waiting } = this
      this.waiting = null
      this.close()
      waiting?.reject(new SearchStopped(limitMs))
    }, limitMs)
    try {
      const answer = await this.ask({ do: 'find', query, text })
      if (answer.done === 'found') return answer.found
      throw new Error(answer.done === 'failed' ? answer.sentence : 'The search was answered with something else.')
    } finally {
      clearTimeout(limit)
    }
  }

  close(): void {
    this.lost ??= new WorkerLost('The search worker was stopped.')
    void this.worker.terminate()
  }

  private keep(changed: readonly TextSlab[], kept: readonly number[]): void {
    for (const slab of changed) this.made.set(slab.id, slab)
    const keep = new Set(kept)
    for (const id of this.made.keys()) if (!keep.has(id)) this.made.delete(id)
  }

  private ask(message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      if (this.lost) return reject(this.lost)
      this.waiting = { resolve, reject }
      // A pending call keeps the program alive.
      this.worker.ref()
      this.worker.postMessage(message)
    })
  }

  private lose(reason: string): void {
    this.lost ??= new WorkerLost(`The search worker is gone: ${reason}.`)
    const { waiting } = this
    this.waiting = null
    waiting?.reject(this.lost)
  }
}
