import { FIRST_EFFECT, NEXT_SIBLING } from './chunk.ts'

/**
 * What an event led to, in order: the first `limit` of it. Follows the links from a cause to its first effect and from
 * an effect to the next of the same cause, so that it costs what it finds and not what is kept. `link` tells a distance
 * forward, 0 for none.
 */
export function effectsOf(
  seq: number,
  limit: number,
  link: (seq: number, which: typeof FIRST_EFFECT | typeof NEXT_SIBLING) => number
): number[] {
  const found: number[] = []
  const next = new SmallestFirst()
  const follow = (from: number, which: typeof FIRST_EFFECT | typeof NEXT_SIBLING): void => {
    const distance = link(from, which)
    if (distance > 0) next.push(from + distance)
  }
  follow(seq, FIRST_EFFECT)
  while (found.length < limit) {
    const effect = next.pop()
    if (effect === null) break
    found.push(effect)
    follow(effect, NEXT_SIBLING)
    follow(effect, FIRST_EFFECT)
  }
  return found
}

/** A binary heap of numbers. */
class SmallestFirst {
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
