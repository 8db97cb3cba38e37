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
import { usePointerSelection } from './use-pointer-selection.ts'
import type { Selection } from './selection.ts'
import { timelineWords } from './words.ts'

/** Equals --h-row: the list is laid out by arithmetic, so rows have one height. */
export const ROW_PX = 17

interface EventListProps {
  readonly model: TimelineModel
  readonly selection: Selection
  readonly selected: number | null
  /** Up to this event the list was followed; null: it is still. */
  readonly heldAt: number | null
  readonly onHold: (heldAt: number | null) => void
  /** Another object whenever the panels were laid out anew: what was moved in the document has lost its place, at the same size too. */
  readonly layout: unknown
  readonly onMenu: (row: HTMLElement, seq: number) => void
  /** Keys that the list itself has no use for; true: taken. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly children: ReactNode
}

/** The rows that are seen, of however many there are. */
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
  /** The first visible row, to stay on it while older ones fall off above. */
  const anchor = useRef({ seq: -1, offsetPx: 0 })
  /** `heldAt`, as a failure has set it and nobody has touched the list since; `null`: a person holds it, or it follows. */
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
    // Only a person gets here, and only one who scrolls up wants it to be still.
    heldByFailure.current = null
    if (following && !atEnd && toPx < fromPx) onHold(model.nextSeq - 1)
    else if (!following && atEnd && toPx > fromPx) onHold(null)
  }

  const { count } = order
  const first = model.firstSeq
  useLayoutEffect(() => {
    if (following) {
      scroll.scrollTo(Infinity)
      // Whatever holds it next, a key, a button or a failure, holds it here.
      holdOn(Math.max(0, count * ROW_PX + leadPx - heightPx))
    } else if (anchor.current.seq >= 0)
      scroll.scrollTo(order.rowOf(anchor.current.seq) * ROW_PX + anchor.current.offsetPx)
    // `order` is another one with another filter only.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [count, first, following, heightPx, look.filter, layout])

  /** Brings a row into view, in the middle when it is far away. */
  function show(row: number): void {
    const y = row * ROW_PX + leadPx
    if (y >= topPx && y + ROW_PX <= topPx + heightPx) return
    const near = y >= topPx - ROW_PX * 1.5 && y <= topPx + heightPx + ROW_PX * 0.5
    // In whole rows, so that none is cut at the edges.
    const toPx = near ? (y < topPx ? y : y + ROW_PX - heightPx) : y - Math.floor(heightPx / ROW_PX / 2) * ROW_PX
    const px = Math.max(0, Math.min(toPx, count * ROW_PX + leadPx - heightPx))
    holdOn(px)
    scroll.scrollTo(px)
  }

  // It holds still by itself when something fails, so that what failed is not carried off by what follows. A newer failure moves it, and
  // the host's next command lets it follow again, unless a person has touched it meanwhile.
  const [seenFailure, setSeenFailure] = useState(model.failureSeq)
  const { failureSeq: failure, commandSeq: command } = model
  useLayoutEffect(() => {
    const isOurs = heldAt !== null && heldByFailure.current === heldAt
    if (failure === seenFailure) {
      if (isOurs && command > failure) onHold(null)
      return
    }
    if (failure >= 0 && (following || isOurs)) {
      // Under a filter it may come a moment later, or never.
      if (!order.has(failure)) return
      show(order.rowOf(failure))
      heldByFailure.current = model.nextSeq - 1
      onHold(heldByFailure.current)
    }
    setSeenFailure(failure)
    // Only new events may hold the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [failure, command, count])

  // Selecting from another panel (the cause of a move) brings the row into view.
  useLayoutEffect(() => {
    const seq = selected === null ? -1 : model.ownerOf(selected)
    if (!order.has(seq)) return
    const row = order.rowOf(seq)
    const y = row * ROW_PX + leadPx
    heldByFailure.current = null
    if (y >= topPx && y + ROW_PX <= topPx + heightPx) return
    onHold(heldAt ?? model.nextSeq - 1)
    show(row)
    // Only a new selection may move the list; new rows may not.
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
                // By its place in what is drawn: its elements are used again for the row that is there next.
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

/** How many rows there are after the one up to which the list was followed. */
export function newRows(model: TimelineModel, heldAt: number | null): number {
  return heldAt === null ? 0 : model.order.count - model.order.rowOf(heldAt + 1)
}

/** Floats over a list that is held. */
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
