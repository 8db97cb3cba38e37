import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type ReactNode
} from 'react'
import { Icon } from '../../parts/icons.tsx'
import { useVirtualRows } from '../../parts/virtual-rows.ts'
import { CONTEXT_ROWS, type TimelineModel } from '../../state/timeline/model.ts'
import { EventRow, rowId, timeOf } from './EventRow.tsx'
import { hotPath, railOf, railPath, type HotRail } from './rail.ts'
import type { Selection } from './selection.ts'
import { usePointerSelection } from './use-pointer-selection.ts'
import { timelineWords } from './words.ts'

/** Must equal `--h-row` of the style sheet: positions are computed, so all rows have the same height. */
export const ROW_PX = 17

interface EventListProps {
  readonly model: TimelineModel
  readonly selection: Selection
  readonly selected: number | null
  /** The newest event when the list stopped following; `null` while it follows. */
  readonly heldAt: number | null
  readonly onHold: (heldAt: number | null) => void
  /**
   * A new object whenever the panels are laid out again: a list that was moved in the document loses its scroll
   * position, even at the same size.
   */
  readonly layout: unknown
  readonly onMenu: (row: HTMLElement, seq: number) => void
  /** Called for keys that the list does not use. Returns whether the key was used. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly children: ReactNode
}

/** The list of events. Only the visible rows are rendered. */
export function EventList({
  model,
  selection,
  selected,
  heldAt,
  onHold,
  layout,
  onMenu,
  onKey,
  children
}: EventListProps): ReactNode {
  useSyncExternalStore(model.subscribe, () => model.version)
  const { order, view: look } = model
  const list = useRef<HTMLDivElement>(null)
  const following = heldAt === null
  const leadPx = model.firstSeq > 0 && look.filter === null ? ROW_PX : 0
  /** The first visible row. The list stays on it while older rows are dropped above. */
  const anchor = useRef({ seq: -1, offsetPx: 0 })
  /** `heldAt` as set by a failure, until a person touches the list; `null` if a person holds the list or it follows. */
  const heldByFailure = useRef<number | null>(null)
  const scroll = useVirtualRows(list, { rowPx: ROW_PX, count: order.count, leadPx, following, onScroll: scrolled })
  const { from, to, topPx, heightPx } = scroll
  const within = (row: number): number => Math.max(0, Math.min(row, order.count))

  useEffect(() => {
    model.look(from, to)
  })

  function holdOn(px: number): void {
    const first = within(Math.floor((px - leadPx) / ROW_PX))
    anchor.current = { seq: first < order.count ? order.seqAt(first) : -1, offsetPx: px - first * ROW_PX }
  }

  function scrolled(toPx: number, fromPx: number): void {
    holdOn(toPx)
    const atEnd = toPx + heightPx >= order.count * ROW_PX + leadPx - 2
    // Only scrolling by a person gets here. Scrolling up stops the list; scrolling to its end lets it follow again.
    heldByFailure.current = null
    if (following && !atEnd && toPx < fromPx) onHold(model.nextSeq - 1)
    else if (!following && atEnd && toPx > fromPx) onHold(null)
  }

  const { count } = order
  const first = model.firstSeq
  useLayoutEffect(() => {
    if (following) {
      scroll.scrollTo(Infinity)
      // If a key, a button or a failure stops the list next, it stays at this position.
      holdOn(Math.max(0, count * ROW_PX + leadPx - heightPx))
    } else if (anchor.current.seq >= 0)
      scroll.scrollTo(order.rowOf(anchor.current.seq) * ROW_PX + anchor.current.offsetPx)
    // `order` is a new object only with a new filter.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [count, first, following, heightPx, look.filter, layout])

  /** Scrolls a row into view, to the middle if it is far away. */
  function show(row: number): void {
    const y = row * ROW_PX + leadPx
    if (y >= topPx && y + ROW_PX <= topPx + heightPx) return
    const near = y >= topPx - ROW_PX * 1.5 && y <= topPx + heightPx + ROW_PX * 0.5
    // By whole rows, so that none is cut off at the edges.
    const toPx = near ? (y < topPx ? y : y + ROW_PX - heightPx) : y - Math.floor(heightPx / ROW_PX / 2) * ROW_PX
    const px = Math.max(0, Math.min(toPx, count * ROW_PX + leadPx - heightPx))
    holdOn(px)
    scroll.scrollTo(px)
  }

  // A failure stops the list, so that later events do not scroll it away. A newer failure moves the list, and the
  // host's next command lets it follow again, unless a person has touched it meanwhile.
  const [seenFailure, setSeenFailure] = useState(model.failureSeq)
  const { failureSeq: failure, commandSeq: command } = model
  useLayoutEffect(() => {
    const isOurs = heldAt !== null && heldByFailure.current === heldAt
    if (failure === seenFailure) {
      if (isOurs && command > failure) onHold(null)
      return
    }
    if (failure >= 0 && (following || isOurs)) {
      // A filtered list may get the event later, or never.
      if (!order.has(failure)) return
      show(order.rowOf(failure))
      heldByFailure.current = model.nextSeq - 1
      onHold(heldByFailure.current)
    }
    setSeenFailure(failure)
    // Only new events may stop the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [failure, command, count])

  // A selection in another panel (the cause of a move) scrolls its row into view.
  useLayoutEffect(() => {
    const seq = selected === null ? -1 : model.ownerOf(selected)
    if (!order.has(seq)) return
    const row = order.rowOf(seq)
    const y = row * ROW_PX + leadPx
    heldByFailure.current = null
    if (y >= topPx && y + ROW_PX <= topPx + heightPx) return
    onHold(heldAt ?? model.nextSeq - 1)
    show(row)
    // Only a new selection may scroll the list; new rows may not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected])

  usePointerSelection(list, selection, (clientY) => {
    const box = list.current!.getBoundingClientRect()
    return within(Math.floor((topPx + clientY - box.top - leadPx) / ROW_PX))
  })

  function press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(heightPx / ROW_PX) - 1)
    const at = selected === null ? count : order.rowOf(model.ownerOf(selected))
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: count - 1
    }
    const next = steps[event.key]
    heldByFailure.current = null
    const mod = event.ctrlKey || event.metaKey
    if (next !== undefined && !event.altKey) selection.go(next, event.shiftKey)
    else if (mod && event.key.toLowerCase() === 'a') selection.all()
    else if (event.key === 'Escape') selection.none()
    else if (event.key === ' ') onHold(following ? model.nextSeq - 1 : null)
    else if (!onKey(event)) return
    event.preventDefault()
  }

  const rows = Array.from({ length: to - from }, (_, index) => model.rowAt(from + index))
  const contextFrom = within(from - CONTEXT_ROWS)
  const context = Array.from({ length: within(to + CONTEXT_ROWS) - contextFrom }, (_, index) => {
    const row = model.rowAt(contextFrom + index)
    return row && { seq: row.event.seq, place: row.place }
  })
  const rail = railOf(context, (seq) => order.has(seq) && order.rowOf(seq) < contextFrom)
  const hot = hotRail(model, selected)
  const selectedSeq = selected === null ? -1 : model.ownerOf(selected)
  const { range } = look
  const hits = model.hits

  return (
    <div
      ref={list}
      className={`tl v-${look.bytes}`}
      role="listbox"
      aria-label={timelineWords.list.label}
      aria-multiselectable="true"
      aria-busy={model.isSearching}
      tabIndex={0}
      onKeyDown={press}
      onContextMenu={(event) => {
        const element =
          (event.target as HTMLElement).closest<HTMLElement>('[data-row]') ??
          list.current!.querySelector<HTMLElement>('.sel')
        const row = Number(element?.dataset['row'] ?? -1)
        if (!element || row < 0 || row >= count) return
        event.preventDefault()
        onMenu(element, order.seqAt(row))
      }}
      aria-activedescendant={rows.some((row) => row?.event.seq === selectedSeq) ? rowId(selectedSeq) : undefined}
    >
      {children}
      <div className="tl-all" role="presentation" style={{ height: scroll.elementPx }}>
        <div className="tl-seen" role="presentation" style={{ transform: `translateY(${scroll.shiftPx}px)` }}>
          {from === 0 && leadPx > 0 && <p className="tl-fell">{timelineWords.list.dropped(first)}</p>}
          {rows.map((row, index) => {
            const at = from + index
            const seq = row?.event.seq ?? -1
            return (
              <EventRow
                // The key is the position on screen, so that the elements are reused for the next row at this position.
                // oxlint-disable-next-line react/no-array-index-key
                key={index}
                event={row?.event ?? null}
                time={row ? timeOf(row, rows[index - 1]?.event ?? model.rowAt(at - 1)?.event ?? null, look.times) : ''}
                at={at}
                total={count}
                rail={railPath(rail[at - contextFrom]!)}
                hot={hotPath(at, hot)}
                view={look.bytes}
                selected={row !== null && seq === selectedSeq}
                within={row !== null && range !== null && seq >= range.fromSeq && seq < range.toSeq}
                bookmarked={row !== null && look.hasBookmark(seq)}
                hit={row !== null && (hits?.has(seq) ?? false)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** Returns how many rows came after the list stopped following. */
export function newRows(model: TimelineModel, heldAt: number | null): number {
  return heldAt === null ? 0 : model.order.count - model.order.rowOf(heldAt + 1)
}

/** A button over a list that does not follow. It lets the list follow again. */
export function NewPill({ fresh, onFollow }: { readonly fresh: number; readonly onFollow: () => void }): ReactNode {
  return (
    <button type="button" className="pill" onClick={onFollow}>
      <Icon name="down" />
      {timelineWords.list.fresh(fresh)}
    </button>
  )
}

function hotRail(model: TimelineModel, selected: number | null): HotRail {
  if (selected === null) return { root: -1, branch: -1, selected: -1 }
  const chain = model.chainOf(selected)
  const rowOf = (seq: number | undefined): number =>
    seq !== undefined && model.order.has(seq) ? model.order.rowOf(seq) : -1
  return { root: rowOf(chain.at(-1)), branch: chain.length > 1 ? rowOf(chain.at(-2)) : -1, selected: rowOf(chain[0]) }
}
