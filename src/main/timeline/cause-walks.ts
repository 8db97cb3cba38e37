import type { Link } from './chunk.ts'
import { CAUSE, FIRST_EFFECT, NEWEST_FURTHER_EFFECT, NEXT_SIBLING } from './chunk.ts'
import type { FurtherCause } from './further-causes.ts'

export interface CauseLinks {
  /** Returns a distance to another event, 0 for none: `CAUSE` backwards, the others forwards. */
  link(seq: number, which: Link): number
  furtherCauses(seq: number): readonly FurtherCause[]
  isKept(seq: number): boolean
}

/**
 * Returns the event and all its causes that are kept, newest first. The cost depends on what is found, not on what is
 * kept.
 */
export function causesOf(seq: number, { link, furtherCauses, isKept }: CauseLinks): number[] {
  const found: number[] = []
  const next = new Smallest()
  next.push(-seq)
  for (let taken = next.pop(); taken !== null; taken = next.pop()) {
    const at = 0 - taken
    if (at === found.at(-1) || !isKept(at)) continue
    found.push(at)
    const back = link(at, CAUSE)
    if (back > 0) next.push(back - at)
    for (const { cause } of furtherCauses(at)) next.push(-cause)
  }
  return found
}

/**
 * Returns the first `limit` effects of an event, in order, including effects of effects. Follows the links from a cause
 * to its first effect and from an effect to the next of the same cause, so the cost depends on what is found.
 */
export function effectsOf(seq: number, limit: number, { link, furtherCauses }: CauseLinks): number[] {
  const found: number[] = []
  const next = new Smallest()
  // Twice the number of the event, plus 1 for an effect by a further cause, whose siblings are not effects.
  const follow = (from: number, which: typeof FIRST_EFFECT | typeof NEXT_SIBLING): void => {
    const distance = link(from, which)
    if (distance > 0) next.push(2 * (from + distance))
  }
  const followFurther = (cause: number): void => {
    const newest = link(cause, NEWEST_FURTHER_EFFECT)
    let effect = newest === 0 ? null : cause + newest
    while (effect !== null) {
      next.push(2 * effect + 1)
      effect = furtherCauses(effect).find((one) => one.cause === cause)?.olderEffect ?? null
    }
  }
  follow(seq, FIRST_EFFECT)
  followFurther(seq)
  while (found.length < limit) {
    const taken = next.pop()
    if (taken === null) break
    const effect = Math.floor(taken / 2)
    if (effect === found.at(-1)) continue
    found.push(effect)
    if (taken % 2 === 0) follow(effect, NEXT_SIBLING)
    follow(effect, FIRST_EFFECT)
    followFurther(effect)
  }
  return found
}

/** A binary heap of numbers, smallest first. */
class Smallest {
  private readonly heap: number[] = []

  push(value: number): void {
    const { heap } = this
    let at = heap.push(value) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]! <= value) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = value
  }

  pop(): number | null {
    const { heap } = this
    const smallest = heap[0]
    const last = heap.pop()
    if (smallest === undefined || last === undefined) return null
    if (heap.length === 0) return smallest
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1
      if (heap[child]! >= last) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
    return smallest
  }
}
