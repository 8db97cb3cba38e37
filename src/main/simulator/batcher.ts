import type { Batch } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { TimelineEvent } from '../../shared/timeline/events.ts'
import { isFailureEvent } from '../../shared/timeline/reading.ts'
import { NewestOutput } from './newest-output.ts'

/**
 * Collects events and output for the subscribers, and delivers a batch at most every 50 ms, since a window draws no
 * faster. During a flood that no batch can hold, batches come less often, because drawing takes processor time from the
 * port.
 */
export class Batcher {
  private readonly listeners = new Set<(batch: Batch) => void>()
  private events: TimelineEvent[] = []
  private readonly output = new NewestOutput(MAX_OUTPUT_BYTES)
  private timer: NodeJS.Timeout | null = null
  /** More happened since the last batch than a batch holds. */
  private flooded = false
  private restUntilMs = 0
  private heartbeat: NodeJS.Timeout | null = null
  private unwatch: (() => void) | null = null

  /**
   * `watch` starts collecting events, only while there are subscribers, and returns a function that stops it. `flush`
   * makes it deliver at once what it has collected.
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
    // Only now and then during a flood.
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
    // The snapshot already counts the events of this turn. Without them the window would fetch its newest rows each
    // time.
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
 * Returns what a window needs at once: the last rows of its list, and events that it reacts to. It fetches the rest
 * from the timeline when it shows it. Without this, a flood would be encoded for every window and slow down the port.
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

/** Events that a window shows elsewhere than in its list, or that change its state. */
const newsKinds: readonly ((event: TimelineEvent) => boolean)[] = [
  isFailureEvent,
  ({ what }) => what.kind === 'timer' && what.what === 'expired',
  ({ what }) => what.kind === 'transition' || what.kind === 'fault'
]

function weightOf({ what }: TimelineEvent): number {
  if (what.kind === 'bytes' || what.kind === 'segment' || what.kind === 'datagram') return what.bytes.length
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw?.length ?? 0) : 0
}

const INTERVAL_MS = 50
/** Interval after a batch that left out something. */
const FLOOD_INTERVAL_MS = 250
/** Interval without events, for clocks and progress bars. */
const HEARTBEAT_MS = 1000
/** More rows than a window shows. */
const MAX_EVENTS = 200
/** Some screens full of bytes. */
const MAX_EVENT_BYTES = 32 * 1024
/** Events of each kind in `newsKinds`, besides the last rows. */
const MAX_NEWS = 20
/** More than the scrollback of a terminal. */
const MAX_OUTPUT_BYTES = 1024 * 1024
