/**
 * Returns up to three of `names` that are within two edits of `name`, the nearest first. An edit adds, drops, changes
 * or swaps letters.
 */
export function nearNames(name: string, names: Iterable<string>): readonly string[] {
  // Two different letters of four are no resemblance.
  const allowed = name.length < SHORT_CHARS ? 1 : MOST_EDITS
  if (name.length < SHORTEST_CHARS) return []
  return [...names]
    .filter(
      (one) =>
        one.length >= SHORTEST_CHARS &&
        one.charAt(0) === name.charAt(0) &&
        Math.abs(one.length - name.length) <= allowed
    )
    .map((one) => ({ one, edits: edits(name, one) }))
    .filter(({ edits: count }) => count > 0 && count <= allowed)
    .toSorted((a, b) => a.edits - b.edits || (a.one < b.one ? -1 : 1))
    .slice(0, MOST_NAMES)
    .map(({ one }) => one)
}

/** Returns the number of edits between two texts; swapping neighbours is one. For texts as short as command names. */
function edits(from: string, to: string): number {
  let [before, last] = [[] as number[], Array.from({ length: to.length + 1 }, (_, at) => at)]
  for (let row = 1; row <= from.length; row++) {
    const next = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const swap = swapped ? before[column - 2]! + 1 : Infinity
      next.push(Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + same, swap))
    }
    ;[before, last] = [last, next]
  }
  return last[to.length]!
}

const MOST_EDITS = 2
const MOST_NAMES = 3
/** With the prefix: `#SS`. */
const SHORTEST_CHARS = 3
const SHORT_CHARS = 5
