import type { SerializedDockview } from 'dockview-react'

/** Places of the default layout. Panels that share one are tabs there. */
export type Cell =
  'board' | 'module' | 'context' | 'socket' | 'nvm' | 'timers' | 'timeline' | 'terminal' | 'handshake' | 'why'

/** The layouts for a usual window, for a narrow one, and for a very small one or one zoomed to 200 %. */
export type Variant = 'wide' | 'narrow' | 'small'

type Split = { readonly share: number } & (
  { readonly cells: readonly Cell[] } | { readonly row: readonly Split[] } | { readonly column: readonly Split[] }
)

const cell = (share: number, ...cells: readonly Cell[]): Split => ({ share, cells })

/** Shares are pixels in a window of 1280 x 800, and of 1024 x 700. */
const splits: Readonly<Record<Variant, Split>> = {
  wide: {
    share: 1,
    column: [
      {
        share: 372,
        row: [
          cell(478, 'board'),
          cell(366, 'module'),
          {
            share: 434,
            column: [
              { share: 128, row: [cell(165, 'context'), cell(269, 'socket')] },
              cell(128, 'nvm'),
              cell(116, 'timers')
            ]
          }
        ]
      },
      {
        share: 333,
        row: [
          { share: 470, column: [cell(184, 'timeline'), cell(149, 'terminal')] },
          cell(494, 'handshake'),
          cell(314, 'why')
        ]
      }
    ]
  },
  narrow: {
    share: 1,
    column: [
      {
        share: 327,
        row: [
          cell(356, 'board'),
          cell(312, 'module'),
          {
            share: 356,
            column: [
              { share: 124, row: [cell(150, 'context'), cell(206, 'socket')] },
              cell(97, 'nvm'),
              cell(106, 'timers')
            ]
          }
        ]
      },
      {
        share: 279,
        row: [{ share: 478, column: [cell(147, 'timeline'), cell(132, 'terminal')] }, cell(546, 'handshake', 'why')]
      }
    ]
  },
  small: {
    share: 1,
    column: [
      cell(1, 'board', 'module', 'context', 'socket', 'nvm', 'timers'),
      cell(1, 'timeline', 'terminal', 'handshake', 'why')
    ]
  }
}

/** What the layout needs to know of a panel. */
export interface PlacedPanel {
  readonly id: string
  readonly title: string
  readonly cell: Cell
  /** Whether it is in front of the panels that share its place. */
  readonly front?: boolean
}

/** The smallest size of a panel when dragged: a tab strip and some three lines. */
const least = { minimumWidth: 100, minimumHeight: 60 } as const

/**
 * Returns the default layout of `panels` in `widthPx` x `heightPx`, in dockview's format. The neighbours of a place
 * without a panel take its room.
 */
export function defaultLayout(
  variant: Variant,
  panels: readonly PlacedPanel[],
  widthPx: number,
  heightPx: number
): SerializedDockview {
  const root = grid(splits[variant], panels, widthPx, heightPx, 'column')
  // The root of a grid must be a branch, even around a single leaf.
  const branch = root?.type === 'branch' ? root : { type: 'branch' as const, data: root ? [root] : [], size: widthPx }
  return {
    grid: { root: branch, width: widthPx, height: heightPx, orientation: 'VERTICAL' } as SerializedDockview['grid'],
    panels: Object.fromEntries(
      panels.map(({ id, title }) => [id, { id, contentComponent: 'panel', title, ...least }])
    ) as unknown as SerializedDockview['panels']
  }
}

interface GridNode {
  readonly type: 'leaf' | 'branch'
  readonly data: unknown
  readonly size: number
}

/**
 * Returns the node of a split; `null` when it has no panels. `along`: the direction of the branch around this node,
 * which decides which of its lengths is its size.
 */
function grid(
  split: Split,
  panels: readonly PlacedPanel[],
  widthPx: number,
  heightPx: number,
  along: 'row' | 'column'
): GridNode | null {
  if ('cells' in split) {
    const here = panels.filter((panel) => split.cells.includes(panel.cell))
    const [first] = here
    if (!first) return null
    const front = here.find((panel) => panel.front) ?? first
    const views = here.map(({ id }) => id)
    return {
      type: 'leaf',
      data: { views, activeView: front.id, id: `at-${first.cell}` },
      size: along === 'row' ? widthPx : heightPx
    }
  }
  const runs = 'row' in split ? 'row' : 'column'
  const children = 'row' in split ? split.row : split.column
  const kept = children.filter((child) => occupied(child, panels))
  if (kept.length === 0) return null
  const lengths = wholePixels(
    kept.map((child) => child.share),
    runs === 'row' ? widthPx : heightPx
  )
  const nodes = kept.map((child, at) =>
    grid(child, panels, runs === 'row' ? lengths[at]! : widthPx, runs === 'column' ? lengths[at]! : heightPx, runs)!
  )
  // Dockview gives a branch its size along the branch around it, and across its own children.
  return {
    type: 'branch',
    data: nodes,
    size: along === runs ? (runs === 'row' ? heightPx : widthPx) : along === 'row' ? widthPx : heightPx
  }
}

/** Divides `lengthPx` by shares into whole pixels, so that every separator is drawn on whole pixels. */
function wholePixels(shares: readonly number[], lengthPx: number): readonly number[] {
  const total = shares.reduce((sum, share) => sum + share, 0)
  let passed = 0
  return shares.map((share) => {
    const before = Math.round((passed / total) * lengthPx)
    passed += share
    return Math.round((passed / total) * lengthPx) - before
  })
}

function occupied(split: Split, panels: readonly PlacedPanel[]): boolean {
  if ('cells' in split) return panels.some((panel) => split.cells.includes(panel.cell))
  return ('row' in split ? split.row : split.column).some((child) => occupied(child, panels))
}
