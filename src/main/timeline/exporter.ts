import type { TimelineEvent } from '../../shared/timeline/events.ts'

/**
 * One format in which the timeline leaves the program: events in, bytes out, nothing else. What comes out of `begin`, each `add` and
 * `end`, one after the other, is the file. Events are added in the order of their `seq`; some may be missing (a range, a filter, what
 * fell off the store). Used by the live recorder and by the exports of the API alike.
 */
export interface Exporter {
  /** The head of the file; called once, first. */
  begin(): Uint8Array
  /** Null: this event adds nothing, now. */
  add(event: TimelineEvent): Uint8Array | null
  /** What was held back, and the foot of the file; called once, last. */
  end(): Uint8Array
  /**
   * Lines of an NSS key log that belong to what follows. Only of formats that carry them: a caller that was not asked for secrets never
   * calls it.
   */
  addKeys?(lines: readonly string[]): Uint8Array
}

/** Looks an event up by its `seq`; null when it fell off the store. */
export type EventLookUp = (seq: number) => TimelineEvent | null
