import type { Place } from '../../state/timeline/places.ts'

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

/** A row of the list as the rail needs it; null while its event is being fetched. */
export interface RailRow {
  readonly seq: number
  readonly place: Place
}

/**
 * The rail of a stretch of the list, in one pass. `isAbove` tells whether an event stands in a row before the stretch: its line
 * comes from there.
 */
export function railOf(rows: readonly (RailRow | null)[], isAbove: (seq: number) => boolean): readonly RailCell[] {
  const open = [
    covered(spansOf(rows, rootLine, isAbove), rows.length),
    covered(spansOf(rows, branchLine, isAbove), rows.length)
  ] as const
  return rows.map((row, at) => ({
    column: Math.min(row?.place.depth ?? 0, 2),
    // A line is open above a row when some chain that began earlier still goes on to this row or past it.
    up: [open[0][at]! > 0, open[1][at]! > 0],
    down: [open[0][at + 1]! > 0, open[1][at + 1]! > 0]
  }))
}

/** From the row where a line begins (-1: above the stretch) to the last row that hangs on it. */
interface Span {
  readonly first: number
  readonly last: number
}

/** The line of the first column: from a root to the last thing it caused directly. */
function rootLine({ place }: RailRow): number | null {
  return place.depth <= 1 ? place.rootSeq : null
}

/** The line of the second column: from a direct consequence to the last of all that followed from it. */
function branchLine({ place }: RailRow): number | null {
  return place.branchSeq
}

function spansOf(
  rows: readonly (RailRow | null)[],
  lineOf: (row: RailRow) => number | null,
  isAbove: (seq: number) => boolean
): readonly Span[] {
  const spans = new Map<number, { first: number; last: number }>()
  for (const [at, row] of rows.entries()) {
    const name = row && lineOf(row)
    if (name === null) continue
    const span = spans.get(name)
    if (span) span.last = at
    else spans.set(name, { first: isAbove(name) ? -1 : at, last: at })
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

/** Which stretch of the way from the selected event up to its root runs through the list, by rows; -1: not in the list. */
export interface HotRail {
  readonly root: number
  readonly branch: number
  readonly selected: number
}

/** The lit stretch of row `at` in the list, as a path; empty when the way does not run through it. */
export function hotPath(at: number, { root, branch, selected }: HotRail): string {
  const parts: string[] = []
  if (branch >= 0) {
    if (at === root && root < branch) parts.push('M5 8.5V17')
    else if (at > root && root >= 0 && at < branch) parts.push('M5 0V17')
    else if (at === branch) parts.push('M5 0V8.5H16')
    if (selected > branch) {
      if (at === branch) parts.push('M14 8.5V17')
      else if (at > branch && at < selected) parts.push('M14 0V17')
      else if (at === selected) parts.push('M14 0V8.5H25')
    }
  }
  return parts.join('')
}

export function railPath({ column, up, down }: RailCell): string {
  const path = [
    up[0] && 'M5 0V8.5',
    down[0] && 'M5 8.5V17',
    up[1] && 'M14 0V8.5',
    down[1] && 'M14 8.5V17',
    column === 1 && 'M5 8.5H16',
    column === 2 && 'M14 8.5H25'
  ]
  return path.filter(Boolean).join('')
}
