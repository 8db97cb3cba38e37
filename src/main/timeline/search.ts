import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EventFilter, TextFilter } from '../../shared/timeline/filter.ts'
import { wantedTags } from './chunk.ts'
import { LocalEngine } from './local-engine.ts'
import { linePattern } from './pattern.ts'
import { SearchStopped, type SearchEngine } from './search-engine.ts'
import type { TimelineStore } from './store.ts'
import type { Found } from './text-index.ts'
import type { LineQuery } from './text-slab.ts'
import { WorkerEngine, WorkerLost } from './worker-engine.ts'

export interface SearchOptions {
  /** The built worker; `null` to search in this thread, in slices. */
  readonly worker?: string | null
  /** How long a pattern may take. */
  readonly limitMs?: number
  /** How long a pattern may block everything else at a time when it runs in this thread. */
  readonly sliceMs?: number
}

export interface SearchResult extends Found {
  /** The searched range begins here, which is also the base of `matches`. */
  readonly fromSeq: number
  /** The searched range ends before this event. */
  readonly scannedTo: number
}

/**
 * Finds events by kind, instance, cause and text. The text of an event is made when it is first needed, by a worker
 * that reads the store's memory, and is kept. Appending events does not take part. Searches run one after the other.
 */
export class TimelineSearch {
  private engine: SearchEngine | null = null
  private workerFile: string | null
  private readonly limitMs: number
  private readonly sliceMs: number | undefined
  /** Lines exist for the events before this one. */
  private madeTo = 0
  private readonly jobs: Job[] = []
  private running = false
  private awake = false
  private closed = false

  constructor(
    private readonly store: TimelineStore,
    { worker = builtWorker(), limitMs = DEFAULT_LIMIT_MS, sliceMs }: SearchOptions = {}
  ) {
    this.workerFile = worker
    this.sliceMs = sliceMs
    this.limitMs = limitMs
  }

  /** Whether a worker does the work, or would when there is some. */
  get hasWorker(): boolean {
    return this.workerFile !== null
  }

  /**
   * Makes the lines of each full chunk in the background from now on. A client that subscribes usually searches next.
   */
  wake(): void {
    if (this.awake) return
    this.awake = true
    this.store.whenSealed(() => this.run())
    this.run()
  }

  /**
   * Returns the matching events from `fromSeq` to `toSeq`, without `toSeq` (`null`: up to the newest). Rejects with one
   * sentence for a broken pattern, a pattern that takes too long, an unknown event, and too many waiting searches.
   */
  async find(filter: EventFilter, fromSeq: number, toSeq: number | null): Promise<SearchResult> {
    const query = this.queryOf(filter, fromSeq, toSeq)
    const text = filter.text && filter.text.pattern !== '' ? filter.text : null
    if (text) linePattern(text)
    if (this.closed) throw new Error('The timeline is closed.')
    if (this.jobs.length >= MOST_WAITING)
      throw new Error(`${MOST_WAITING} searches of the timeline are waiting already.`)
    this.wake()
    const found = await new Promise<Found>((resolve, reject) => {
      this.jobs.push({ query, text, resolve, reject })
      this.run()
    })
    return { ...found, fromSeq: query.fromSeq, scannedTo: query.toSeq }
  }

  /** Resolves when the lines of all events so far are made. */
  async ready(): Promise<void> {
    await this.find({}, this.store.nextSeq, null)
  }

  close(): void {
    this.closed = true
    this.engine?.close()
    for (const job of this.jobs.splice(0)) job.reject(new Error('The timeline is closed.'))
  }

  private queryOf(filter: EventFilter, from: number, to: number | null): LineQuery {
    const { store } = this
    const fromSeq = Math.min(Math.max(from, store.firstSeq), store.nextSeq)
    const toSeq = Math.max(fromSeq, Math.min(to ?? store.nextSeq, store.nextSeq))
    const root = filter.chainOf === undefined ? null : store.rootOf(filter.chainOf)
    if (filter.chainOf !== undefined && root === null) throw new Error(this.missing(filter.chainOf))
    const ancestors = filter.ancestorsOf === undefined ? null : store.ancestors(filter.ancestorsOf)
    if (ancestors?.length === 0) throw new Error(this.missing(filter.ancestorsOf!))
    return {
      fromSeq,
      toSeq,
      tags: wantedTags(filter.kinds, filter.instances),
      root,
      only: ancestors && new Set(ancestors)
    }
  }

  private missing(seq: number): string {
    return `Event ${seq} ${seq >= this.store.nextSeq ? 'has not happened yet' : 'has fallen off the timeline'}.`
  }

  private run(): void {
    if (this.running || this.closed) return
    this.running = true
    void this.work()
  }

  private async work(): Promise<void> {
    while (!this.closed) {
      const job = this.jobs[0]
      try {
        if (await this.makeNext(job)) continue
        if (!job) {
          if (this.jobs.length > 0) continue
          break
        }
        const found = await this.theEngine().find(job.query, job.text, this.limitMs)
        this.jobs.shift()
        job.resolve(found)
      } catch (error) {
        if (!this.recover(error)) break
      }
    }
    // Directly after the last check of the jobs, so that no job is missed.
    this.running = false
  }

  /**
   * Makes lines that the job needs, or those of a full chunk when there is no job. Returns false when there is nothing
   * to make.
   */
  private async makeNext(job: Job | undefined): Promise<boolean> {
    const { store } = this
    this.madeTo = Math.max(this.madeTo, store.firstSeq)
    const from = this.madeTo
    const chunk = store.hold(from)
    try {
      if (!chunk) return false
      const isFull = chunk.nextSeq < store.nextSeq
      if (job ? from >= job.query.toSeq : !isFull) return false
      const engine = this.theEngine()
      const to = Math.min(chunk.nextSeq, from + engine.eventsAtOnce)
      await engine.make(chunk, from, to, store.words, store.firstSeq)
      this.madeTo = to
      return true
    } finally {
      store.release()
    }
  }

  private theEngine(): SearchEngine {
    if (this.engine) return this.engine
    this.engine = this.workerFile === null ? new LocalEngine([], this.sliceMs) : new WorkerEngine(this.workerFile, [])
    return this.engine
  }

  /** Returns whether to go on, with another engine or with the next job. */
  private recover(error: unknown): boolean {
    if (this.closed) return false
    if (error instanceof WorkerLost) {
      // A search cannot make a worker end, so workers do not run on this machine.
      this.workerFile = null
      this.engine = new LocalEngine(this.engine?.slabs ?? [], this.sliceMs)
      return true
    }
    if (error instanceof SearchStopped && this.workerFile !== null)
      this.engine = new WorkerEngine(this.workerFile, this.engine?.slabs ?? [])
    const job = this.jobs.shift()
    job?.reject(error as Error)
    return job !== undefined
  }
}

interface Job {
  readonly query: LineQuery
  readonly text: TextFilter | null
  readonly resolve: (found: Found) => void
  readonly reject: (error: Error) => void
}

/**
 * A search of a million events takes a tenth of a second. One that takes this long even on a busy machine is hopeless.
 */
const DEFAULT_LIMIT_MS = 5000
/** A window has one or two searches at a time. */
const MOST_WAITING = 16

/** Returns the worker beside this bundle or in the folder above; `null` when the program runs from its sources. */
function builtWorker(): string | null {
  return (
    [import.meta.dirname, join(import.meta.dirname, '..')]
      .map((folder) => join(folder, 'timeline-search.js'))
      .find((file) => existsSync(file)) ?? null
  )
}
