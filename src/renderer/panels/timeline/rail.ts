import type { Place } from '../../state/timeline/places.ts'

/**
 * One row of the rail, which draws the tree of causes beside the list in three columns: events without a cause, their
 * direct effects, and all later effects. Deeper levels share the third column, to keep the rail narrow.
 */
export interface RailCell {
  /** 0, 1 or 2: the column of the row's own event. */
  readonly column: number
  /** Whether there is a vertical line in the first and second column, from the row's middle up and from its middle down. */
  readonly up: readonly [boolean, boolean]
  readonly down: readonly [boolean, boolean]
}

/** What the rail needs of a row. */
export interface RailRow {
  readonly seq: number
  readonly place: Place
}

/**
 * Returns the rail of consecutive rows, in one pass. `null` rows are still being fetched. `isAbove` returns whether an
 * event is in a row before the first: its line then begins above.
 */
export function railOf(rows: readonly (RailRow | null)[], isAbove: (seq: number) => boolean): readonly RailCell[] {
  const open = [
    covered(spansOf(rows, rootLine, isAbove), rows.length),
    covered(spansOf(rows, branchLine, isAbove), rows.length)
  ] as const
  return rows.map((row, at) => ({
    column: Math.min(row?.place.depth ?? 0, 2),
    // There is a line above a row if a chain that began earlier reaches this row or a later one.
    up: [open[0][at]! > 0, open[1][at]! > 0],
    down: [open[0][at + 1]! > 0, open[1][at + 1]! > 0]
  }))
}

/** A line from the row where it begins (-1 if above the first) to the last row that it connects. */
interface Span {
  readonly first: number
  readonly last: number
}

/**
 * Returns the line of the first column, from an event without a cause to its last direct effect; `null` if the row is
 * not on one.
 */
function rootLine({ place }: RailRow): number | null {
  return place.depth <= 1 ? place.rootSeq : null
}

/** Returns the line of the second column, from a direct effect to the last of its effects; `null` if the row is not on one. */
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

/** Returns, at index n, how many lines cross the border between row n - 1 and row n. */
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

/** The highlighted path from the selected event up to its root cause, as row indexes; -1 if that event is not in the list. */
export interface HotRail {
  readonly root: number
  readonly branch: number
  readonly selected: number
}

/** Returns the highlighted part of the rail in row `at`, as a path; empty if there is none. */
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
