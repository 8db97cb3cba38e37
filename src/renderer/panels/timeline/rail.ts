import type { PlacedEvent } from '../../state/event-buffer.ts'

/**
 * The rail draws the tree of causes beside the rows, three columns deep: what came by itself, what it caused, and all
 * that followed from that. Deeper trees are drawn in the third column, which keeps the rail narrow.
 */
export interface RailCell {
  /** 0, 1 or 2: the column in which the row's own branch ends. */
  readonly column: number
  /** Vertical lines of the first and second column: from the row's middle up, and from its middle down. */
  readonly up: readonly [boolean, boolean]
  readonly down: readonly [boolean, boolean]
}

/** The rail of every row of a (filtered) list, in one pass. */
export function railOf(rows: readonly PlacedEvent[]): readonly RailCell[] {
  const columns: readonly (readonly Span[])[] = [spansOf(rows, rootSpan), spansOf(rows, branchSpan)]
  const open: readonly [Int32Array, Int32Array] = [covered(columns[0]!, rows.length), covered(columns[1]!, rows.length)]
  return rows.map(({ depth }, at) => {
    const column = Math.min(depth, 2)
    // A line is open above a row when some chain that began earlier still goes on to this row or past it.
    return {
      column,
      up: [open[0][at]! > 0, open[1][at]! > 0],
      down: [open[0][at + 1]! > 0, open[1][at + 1]! > 0]
    }
  })
}

/** From the row where a line begins to the last row that hangs on it. */
interface Span {
  readonly first: number
  readonly last: number
}

/** The line of the first column: from a root to the last thing it caused directly. */
function rootSpan(row: PlacedEvent): number | null {
  return row.depth <= 1 ? row.root.seq : null
}

/** The line of the second column: from a direct consequence to the last of all that followed from it. */
function branchSpan(row: PlacedEvent): number | null {
  return row.branchSeq
}

function spansOf(rows: readonly PlacedEvent[], key: (row: PlacedEvent) => number | null): readonly Span[] {
  const spans = new Map<number, { first: number; last: number }>()
  for (const [at, row] of rows.entries()) {
    const name = key(row)
    if (name === null) continue
    const span = spans.get(name)
    if (span) span.last = at
    else spans.set(name, { first: at, last: at })
  }
  return [...spans.values()]
}

/** At index n: how many lines run through the border between row n - 1 and row n. */
function covered(spans: readonly Span[], rows: number): Int32Array {
  const change = new Int32Array(rows + 2)
  for (const { first, last } of spans) {
    change[first + 1]! += 1
    change[last + 1]! -= 1
  }
  const open = new Int32Array(rows + 1)
  let now = 0
  for (let at = 0; at <= rows; at++) {
    now += change[at]!
    open[at] = now
  }
  return open
}
