import type { TimelineEvent } from '../../shared/timeline/events.ts'

export type Listener = (events: readonly TimelineEvent[]) => void

/**
 * The listeners of the timeline. They receive events in batches: once per turn of the event loop, or when a batch is
 * full.
 */
export class Subscribers {
  private readonly listeners = new Set<Listener>()
  private events: TimelineEvent[] = []
  private due: NodeJS.Immediate | null = null

  get any(): boolean {
    return this.listeners.size > 0
  }

  subscribe(listener: Listener): () => void {
    // The new listener does not receive earlier events.
    this.flush()
    this.listeners.add(listener)
    return () => {
      this.flush()
      this.listeners.delete(listener)
    }
  }

  add(event: TimelineEvent): void {
    this.events.push(event)
    this.due ??= setImmediate(() => this.flush())
    if (this.events.length >= LARGEST_BATCH) this.flush()
  }

  flush(): void {
    if (this.due) clearImmediate(this.due)
    this.due = null
    if (this.events.length === 0) return
    const events = this.events
    this.events = []
    for (const listener of this.listeners) listener(events)
  }
}

/** Bounds what one turn can bring. At this size, each event costs the listeners little. */
const LARGEST_BATCH = 4096
