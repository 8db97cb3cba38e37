import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** An event with its place in the tree of causes, worked out once when it arrives. */
export interface PlacedEvent {
  readonly event: TimelineEvent
  /** 0 for an event without a cause, else one more than its cause. */
  readonly depth: number
  /** The first event of the chain, which is the event itself at depth 0. */
  readonly root: TimelineEvent
  /** `seq` of the ancestor at depth 1, which may be the event itself; `null` at depth 0. */
  readonly branchSeq: number | null
  /** Later events in the same row: bytes typed one by one are shown as one line. */
  readonly also: readonly number[]
}
