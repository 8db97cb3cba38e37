import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** Several screens in each direction; everything else is the simulator's. */
export const MAX_CACHED_EVENTS = 3000

/** Events with much in them (a file that is sent in large pieces) are fewer. */
const MAX_CACHED_BYTES = 8 * 1024 * 1024

/** Of an event its cause and its times are kept longer: the rail needs them of rows that are far away. */
const MAX_LINKS = 20_000

export interface EventLink {
  readonly cause: number | null
  readonly moduleMs: number
}

/** Events that were fetched or came by themselves; those that were not looked at for the longest time go first. */
export class EventCache {
  private readonly events = new Map<number, TimelineEvent>()
  private readonly links = new Map<number, EventLink>()
  private bytes = 0

  get size(): number {
    return this.events.size
  }

  get(seq: number): TimelineEvent | undefined {
    return this.events.get(seq)
  }

  link(seq: number): EventLink | undefined {
    return this.links.get(seq)
  }

  add(events: readonly TimelineEvent[]): void {
    for (const event of events) {
      this.remove(event.seq)
      this.events.set(event.seq, event)
      this.bytes += weightOf(event)
      this.links.delete(event.seq)
      this.links.set(event.seq, { cause: event.cause, moduleMs: event.moduleMs })
    }
    for (const seq of this.events.keys()) {
      if (this.events.size <= MAX_CACHED_EVENTS && this.bytes <= MAX_CACHED_BYTES) break
      this.remove(seq)
    }
    for (const seq of this.links.keys()) {
      if (this.links.size <= MAX_LINKS) break
      this.links.delete(seq)
    }
  }

  /** Marks an event as looked at. */
  touch(seq: number): void {
    const event = this.events.get(seq)
    if (!event) return
    this.events.delete(seq)
    this.events.set(seq, event)
  }

  clear(): void {
    this.events.clear()
    this.links.clear()
    this.bytes = 0
  }

  private remove(seq: number): void {
    const event = this.events.get(seq)
    if (!event) return
    this.events.delete(seq)
    this.bytes -= weightOf(event)
  }
}

function weightOf({ what }: TimelineEvent): number {
  if (what.kind === 'bytes' || what.kind === 'segment') return what.bytes.length
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw?.length ?? 0) : 0
}
