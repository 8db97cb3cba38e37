import type { TimelineEvent } from '../../shared/timeline/events.ts'

export type Listener = (events: readonly TimelineEvent[]) => void

/** Those who want to know what happens, told in batches: once in a turn of the program, outside of what the module does. */
export class Subscribers {
  private readonly listeners = new Set<Listener>()
  private events: TimelineEvent[] = []
  private due: NodeJS.Immediate | null = null

  get any(): boolean {
    return this.listeners.size > 0
  }

  subscribe(listener: Listener): () => void {
    // What happened before is not the newcomer's.
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

/** What one turn can bring is bounded by nothing else; a batch of this size costs its listeners little for each event. */
const LARGEST_BATCH = 4096
