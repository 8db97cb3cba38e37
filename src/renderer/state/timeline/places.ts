/** The place of an event in the tree of causes. */
export interface Place {
  /** 0 for an event without a cause, else one more than its cause. */
  readonly depth: number
  /** The first event of the chain, by the event of its row. */
  readonly rootSeq: number
  /** The ancestor at depth 1, which may be the event itself; `null` at depth 0. */
  readonly branchSeq: number | null
  /** Module time of the root. */
  readonly rootMs: number
}

/** Deeper than the tree of any command. A longer chain is cut. */
const MAX_DEPTH = 64

/** Returns the event, its cause, and so on, up to the root or to the last known event. Never empty. */
export function placesOf(
  seq: number,
  linkOf: (seq: number) => { readonly cause: number | null } | undefined
): readonly number[] {
  const chain = [seq]
  for (let at = seq; chain.length < MAX_DEPTH;) {
    const cause = linkOf(at)?.cause ?? null
    // A cause is older than its effect. Otherwise this would not end.
    if (cause === null || cause >= at || linkOf(cause) === undefined) break
    chain.push(cause)
    at = cause
  }
  return chain
}
