import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** Several screens in each direction. All other events stay in the simulator. */
export const MAX_CACHED_EVENTS = 3000

/** Limits the number of large events, such as a file sent in large pieces. */
const MAX_CACHED_BYTES = 8 * 1024 * 1024

/** Cause and times of an event are kept longer: the rail needs them of rows that are far away. */
const MAX_LINKS = 20_000

export interface EventLink {
  readonly cause: number | null
  readonly moduleMs: number
}

/** Events that were fetched or arrived live. Those not used for the longest time are dropped first. */
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

  /** Marks an event as used. */
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
  if (what.kind === 'bytes' || what.kind === 'segment' || what.kind === 'datagram') return what.bytes.length
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw?.length ?? 0) : 0
}
