import type { EventPage, EventQuery } from '../../shared/api.ts'
import type { Clock } from '../../shared/clock.ts'
import type { TimelineEvent, TimelineFact, TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * Everything that happened, in order, within a budget of bytes: what falls off the old end is counted and said.
 * Appending never waits.
 */
export class TimelineStore implements TimelineReporter {
  private events: TimelineEvent[] = []
  /** Index in `events` of the oldest one that still counts; the array is cut when this grows large. */
  private first = 0
  private nextSeqValue = 0
  private usedBytes = 0
  private droppedEvents = 0
  private readonly listeners = new Set<(event: TimelineEvent) => void>()

  constructor(
    private readonly clock: Clock,
    private readonly budgetBytes = DEFAULT_BUDGET_BYTES
  ) {}

  get nextSeq(): number {
    return this.nextSeqValue
  }

  get dropped(): number {
    return this.droppedEvents
  }

  report(what: TimelineFact, cause: number | null = null, instance: number | null = null): number {
    const seq = this.nextSeqValue++
    const event: TimelineEvent = { seq, moduleMs: this.clock.nowMs(), wallMs: this.clock.worldMs(), cause, instance, what }
    this.events.push(event)
    this.usedBytes += costBytes(what)
    if (this.usedBytes > this.budgetBytes) this.dropOldest()
    for (const listener of this.listeners) listener(event)
    return seq
  }

  query({ fromSeq, limit }: EventQuery): EventPage {
    const firstSeq = this.nextSeqValue - (this.events.length - this.first)
    const start = this.first + Math.max(0, fromSeq - firstSeq)
    return { events: this.events.slice(start, start + limit), firstSeq, nextSeq: this.nextSeqValue, dropped: this.droppedEvents }
  }

  subscribe(listener: (event: TimelineEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private dropOldest(): void {
    while (this.usedBytes > this.budgetBytes && this.first < this.events.length - 1) {
      this.usedBytes -= costBytes(this.events[this.first]!.what)
      this.first += 1
      this.droppedEvents += 1
    }
    // Cutting the array costs its length; done now and then, an append stays cheap on average.
    if (this.first < this.events.length / 2) return
    this.events = this.events.slice(this.first)
    this.first = 0
  }
}

/** Enough for some hundred thousand events; a long session's memory stays bounded. */
const DEFAULT_BUDGET_BYTES = 64 * 1024 * 1024
/** What an event costs beside its payload, roughly. */
const EVENT_BYTES = 200

function costBytes(what: TimelineFact): number {
  switch (what.kind) {
    case 'bytes':
      return EVENT_BYTES + what.bytes.length
    case 'line':
    case 'command':
    case 'urc':
      return EVENT_BYTES + what.text.length * 2
    default:
      return EVENT_BYTES
  }
}
