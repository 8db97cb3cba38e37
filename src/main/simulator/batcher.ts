import type { Batch } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../shared/timeline/events.ts'
import { isFailureEvent } from '../../shared/timeline/reading.ts'
import { NewestOutput } from './newest-output.ts'

/**
 * Gathers what happens for those who watch, and hands it over at most every 50 ms: a window draws no faster, and a
 * flood of events must not become a flood of messages. While more happens than a batch holds, a person reads none of it row by row:
 * batches are rarer then, because each drawing of the window takes the processor from the port.
 */
export class Batcher {
  private readonly listeners = new Set<(batch: Batch) => void>()
  private events: TimelineEvent[] = []
  private readonly output = new NewestOutput(MAX_OUTPUT_BYTES)
  private timer: NodeJS.Timeout | null = null
  /** More happened since the last batch than one holds. */
  private flooded = false
  private restUntilMs = 0
  private heartbeat: NodeJS.Timeout | null = null
  private unwatch: (() => void) | null = null

  /**
   * `watch`: gathers events in batches from then on, until the returned function is called; only while somebody listens. `flush`: has it
   * hand over at once what it has gathered.
   */
  constructor(
    private readonly snapshot: () => Snapshot,
    private readonly watch: (listener: (events: readonly TimelineEvent[]) => void) => () => void,
    private readonly flush: () => void
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
    // Not at every event of a flood.
    if (this.events.length > 4 * MAX_EVENTS) this.keepNews()
    this.schedule()
  }

  printed(instance: number, bytes: Uint8Array): void {
    if (this.listeners.size === 0) return
    this.output.add(instance, bytes)
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
    this.output.take()
    this.flooded = false
    this.restUntilMs = 0
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.deliver(), Math.max(INTERVAL_MS, this.restUntilMs - performance.now()))
  }

  private keepNews(): void {
    const news = newsOf(this.events)
    this.flooded ||= news.length < this.events.length
    this.events = news
  }

  private deliver(): void {
    // The snapshot counts what happened in this very turn: without those events the window would ask for its newest rows each time.
    this.flush()
    this.timer = null
    const { output, skippedBytes } = this.output.take()
    this.keepNews()
    if (this.flooded) this.restUntilMs = performance.now() + FLOOD_INTERVAL_MS
    this.flooded = false
    const skipped = skippedBytes === 0 ? {} : { skipped: { events: 0, outputBytes: skippedBytes } }
    const batch: Batch = { snapshot: this.snapshot(), events: this.events, output, ...skipped }
    this.events = []
    for (const listener of this.listeners) listener(batch)
  }
}

/**
 * What a window needs at once: the rows at the end of its list, and what it reacts to. Everything else it fetches from the timeline
 * when it shows it, so nothing is lost; a flood would else be written out for every window, and slow the port down.
 */
function newsOf(events: TimelineEvent[]): TimelineEvent[] {
  let from = Math.max(0, events.length - MAX_EVENTS)
  let bytes = 0
  for (let at = events.length - 1; at >= from; at--) {
    bytes += weightOf(events[at]!)
    if (bytes > MAX_EVENT_BYTES && at < events.length - 1) from = at + 1
  }
  if (from === 0) return events
  const news = new Set<TimelineEvent>()
  for (const isNews of newsKinds)
    for (const event of events.slice(0, from).filter(isNews).slice(-MAX_NEWS)) news.add(event)
  return [...[...news].toSorted((a, b) => a.seq - b.seq), ...events.slice(from)]
}

/** What a window holds its list for, shows to have run out, and draws elsewhere than in its list. */
const newsKinds: readonly ((event: TimelineEvent) => boolean)[] = [
  isFailureEvent,
  ({ what }) => what.kind === 'timer' && what.what === 'expired',
  ({ what }) => what.kind === 'transition' || what.kind === 'fault'
]

function weightOf({ what }: TimelineEvent): number {
  if (what.kind === 'bytes' || what.kind === 'segment') return what.bytes.length
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw?.length ?? 0) : 0
}

const INTERVAL_MS = 50
/** After a batch that left something out. */
const FLOOD_INTERVAL_MS = 250
/** Clocks and bars move on though nothing happens. */
const HEARTBEAT_MS = 1000
/** More rows than a window shows. */
const MAX_EVENTS = 200
/** Some screens full of bytes. */
const MAX_EVENT_BYTES = 32 * 1024
/** Of each kind of news, before those. */
const MAX_NEWS = 20
/** More than a terminal scrolls back. */
const MAX_OUTPUT_BYTES = 1024 * 1024
