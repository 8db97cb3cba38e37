import type { Batch, Snapshot } from '../shared/api.ts'
import type { TimelineEvent } from '../shared/timeline/events.ts'

/**
 * Gathers what happens for those who watch, and hands it over at most every 50 ms: a window draws no faster, and a
 * flood of events must not become a flood of messages.
 */
export class Batcher {
  private readonly listeners = new Set<(batch: Batch) => void>()
  private events: TimelineEvent[] = []
  private output: { instance: number; bytes: Uint8Array }[] = []
  private outputBytes = 0
  private skippedEvents = 0
  private skippedOutputBytes = 0
  private timer: NodeJS.Timeout | null = null
  private heartbeat: NodeJS.Timeout | null = null
  private unwatch: (() => void) | null = null

  /** `watch`: gathers events in batches from then on, until the returned function is called; only while somebody listens. */
  constructor(
    private readonly snapshot: () => Snapshot,
    private readonly watch: (listener: (events: readonly TimelineEvent[]) => void) => () => void
  ) {}

  subscribe(listener: (batch: Batch) => void): () => void {
    this.listeners.add(listener)
    this.unwatch ??= this.watch((events) => this.happened(events))
    this.heartbeat ??= setInterval(() => this.schedule(), HEARTBEAT_MS)
    this.schedule()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) this.stop()
    }
  }

  private happened(events: readonly TimelineEvent[]): void {
    for (const event of events) this.events.push(event)
    // A window that wants all asks the timeline; a batch carries the newest.
    const excess = this.events.length - MAX_EVENTS
    if (excess > 0) this.skippedEvents += this.events.splice(0, excess).length
    this.schedule()
  }

  printed(instance: number, bytes: Uint8Array): void {
    if (this.listeners.size === 0) return
    this.output.push({ instance, bytes })
    this.outputBytes += bytes.length
    while (this.outputBytes > MAX_OUTPUT_BYTES) {
      const lost = this.output.shift()!.bytes.length
      this.outputBytes -= lost
      this.skippedOutputBytes += lost
    }
    this.schedule()
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    if (this.heartbeat) clearInterval(this.heartbeat)
    this.timer = null
    this.heartbeat = null
    this.unwatch?.()
    this.unwatch = null
    this.events = []
    this.output = []
    this.outputBytes = 0
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.deliver(), INTERVAL_MS)
  }

  private deliver(): void {
    this.timer = null
    const skipped = { events: this.skippedEvents, outputBytes: this.skippedOutputBytes }
    const complete = skipped.events === 0 && skipped.outputBytes === 0
    const batch: Batch = { snapshot: this.snapshot(), events: this.events, output: this.output, ...(complete ? {} : { skipped }) }
    this.skippedEvents = 0
    this.skippedOutputBytes = 0
    this.events = []
    this.output = []
    this.outputBytes = 0
    for (const listener of this.listeners) listener(batch)
  }
}

const INTERVAL_MS = 50
/** Clocks and bars move on though nothing happens. */
const HEARTBEAT_MS = 1000
/** As many rows as a window fetches at once. */
const MAX_EVENTS = 5000
/** More than a terminal scrolls back. */
const MAX_OUTPUT_BYTES = 1024 * 1024
