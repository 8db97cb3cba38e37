/** Where an event stands in the tree of causes. */
export interface Place {
  /** 0: came by itself; else one more than its cause. */
  readonly depth: number
  /** First event of the chain, by the row in which it stands. */
  readonly rootSeq: number
  /** The ancestor at depth 1, the event itself included; null at depth 0. */
  readonly branchSeq: number | null
  /** Module time of the root. */
  readonly rootMs: number
}

/** Deeper trees than any command grows; a longer one is cut. */
const MAX_DEPTH = 64

/** The event, its cause, and so on up to the root or to the first that is not known. Never empty. */
export function placesOf(
  seq: number,
  linkOf: (seq: number) => { readonly cause: number | null } | undefined
): readonly number[] {
  const chain = [seq]
  for (let at = seq; chain.length < MAX_DEPTH;) {
    const cause = linkOf(at)?.cause ?? null
    // A cause is older than what it caused; anything else would walk in a circle.
    if (cause === null || cause >= at || linkOf(cause) === undefined) break
    chain.push(cause)
    at = cause
  }
  return chain
}
