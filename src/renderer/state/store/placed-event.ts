import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** An event with its place in the tree of causes, worked out once when it arrives. */
export interface PlacedEvent {
  readonly event: TimelineEvent
  /** 0: came by itself; else one more than its cause. */
  readonly depth: number
  /** First event of the chain: the event itself at depth 0. */
  readonly root: TimelineEvent
  /** `seq` of the ancestor at depth 1, the event itself included; null at depth 0. */
  readonly branchSeq: number | null
  /** Later events that this row stands for too: bytes typed one by one read as one line. */
  readonly also: readonly number[]
}
