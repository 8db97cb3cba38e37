import type { TimelineEvent } from '../../shared/timeline/events.ts'

/**
 * One export format of the timeline: turns events into bytes. The file is the output of `begin`, each `add` and `end`,
 * in that order. Events are added in the order of their `seq`; some may be missing (a range, a filter, dropped events).
 * Used by the live recorder and by the exports of the API.
 */
export interface Exporter {
  /** Returns the head of the file. Called once, first. */
  begin(): Uint8Array
  /** Returns the bytes of an event, or `null` when it adds nothing at this point. */
  add(event: TimelineEvent): Uint8Array | null
  /** Returns what was held back, and the end of the file. Called once, last. */
  end(): Uint8Array
  /**
   * Returns lines of an NSS key log that belong to the events after them. Only in formats that can carry them, and only
   * called when secrets were requested.
   */
  addKeys?(lines: readonly string[]): Uint8Array
}

/** Returns the event with this `seq`, or `null` when it was dropped. */
export type EventLookUp = (seq: number) => TimelineEvent | null
