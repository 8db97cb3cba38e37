import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { chainOf, indexOfSeq } from '../../state/event-buffer.ts'
import { grouped } from '../../state/formats.ts'
import { useStore, type Store } from '../../state/store.ts'
import { EventRow, hotPath, rowId } from './EventRow.tsx'
import { railOf } from './rail.ts'
import { isFailureEvent, searchText } from './rows.ts'

interface TimelinePanelProps {
  readonly store: Store
  readonly selected: number | null
  readonly onSelect: (seq: number | null) => void
}

/** Equals --h-row: the list is laid out by arithmetic, so rows have one height. */
const rowPx = 17

/** Rows drawn above and below what is visible, so that a quick scroll does not show a gap. */
const overscanRows = 8

/** Everything that happened, in order, joined by cause; the newest below. */
export function TimelinePanel({ store, selected, onSelect }: TimelinePanelProps): ReactNode {
  const { rows: all, older, newestSeq: newest } = useStore(store, (state) => state.events)
  const [filter, setFilter] = useState('')
  const [heldAt, setHeldAt] = useState<number | null>(null)
  const [view, setView] = useState({ top: 0, height: 0 })
  const list = useRef<HTMLDivElement>(null)
  /** The first visible row, to stay on it while older ones are dropped above. */
  const anchor = useRef({ seq: -1, offsetPx: 0 })

  /** Where the panel itself scrolled to: the event that follows is no wish of the person's. */
  const scrolledTo = useRef(-1)

  const wanted = filter.trim().toLowerCase()
  const rows = useMemo(() => (wanted === '' ? all : all.filter(({ event }) => searchText(event).includes(wanted))), [all, wanted])
  const rail = useMemo(() => railOf(rows), [rows])
  const following = heldAt === null
  const fresh = heldAt === null ? 0 : rows.length - firstAfter(rows, heldAt)

  useEffect(() => {
    const element = list.current
    if (!element) return
    const measure = new ResizeObserver(() => {
      setView((before) => ({ ...before, height: element.clientHeight }))
    })
    measure.observe(element)
    return () => {
      measure.disconnect()
    }
  }, [])

  useLayoutEffect(() => {
    const element = list.current
    if (!element) return
    if (following) element.scrollTop = element.scrollHeight
    else {
      const at = indexOfSeq(rows, anchor.current.seq)
      if (at >= 0) element.scrollTop = at * rowPx + anchor.current.offsetPx
    }
  }, [rows, following, view.height])

  // It holds still by itself when something fails, so that what failed is not carried off by what follows.
  const looked = useRef(-1)
  useLayoutEffect(() => {
    const element = list.current
    const from = looked.current
    looked.current = newest
    // What the window found when it opened, or after it was gone, is history.
    if (!element || from < 0 || newest <= from || !following) return
    const failure = rows.findLastIndex(({ event }) => event.seq > from && isFailureEvent(event))
    if (failure < 0) return
    showAround(element, failure)
    setHeldAt(newest)
    // Only new events may hold the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [newest])

  // Selecting from another panel (the cause of a move) brings the row into view.
  useLayoutEffect(() => {
    const element = list.current
    const at = selected === null ? -1 : indexOfSeq(rows, selected)
    if (!element || at < 0) return
    const y = at * rowPx
    if (y >= element.scrollTop && y + rowPx <= element.scrollTop + element.clientHeight) return
    setHeldAt((held) => held ?? newest)
    showAround(element, at)
    // Only a new selection may move the list; new rows may not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [selected])

  function scrolled(): void {
    const element = list.current!
    const { scrollTop: top, clientHeight, scrollHeight } = element
    setView({ top, height: clientHeight })
    holdAt(top)
    const own = Math.abs(top - scrolledTo.current) < 1
    scrolledTo.current = -1
    if (own) return
    const atEnd = top + clientHeight >= scrollHeight - 2
    const moved = clientHeight === view.height ? top - view.top : 0
    // Only a person scrolls up; a panel that is made smaller is no wish to hold.
    if (following && !atEnd && moved < 0) setHeldAt(newest)
    else if (!following && atEnd && moved > 0) setHeldAt(null)
  }

  /** Scrolls so that row `at` stands in the middle, and stays on it. */
  function showAround(element: HTMLElement, at: number): void {
    const top = Math.max(0, Math.min(at * rowPx - element.clientHeight / 2, rows.length * rowPx - element.clientHeight))
    holdAt(top)
    if (Math.abs(element.scrollTop - top) < 1) return
    element.scrollTop = top
    scrolledTo.current = element.scrollTop
  }

  function holdAt(top: number): void {
    const first = Math.floor(top / rowPx)
    anchor.current = { seq: rows[first]?.event.seq ?? -1, offsetPx: top - first * rowPx }
  }

  function press(event: KeyboardEvent): void {
    const at = selected === null ? rows.length : indexOfSeq(rows, selected)
    const page = Math.max(1, Math.floor(view.height / rowPx) - 1)
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: rows.length - 1
    }
    const next = steps[event.key]
    if (event.key === 'Escape') onSelect(null)
    else if (event.key === ' ') setHeldAt(following ? newest : null)
    else if (next !== undefined) {
      const row = rows[Math.max(0, Math.min(rows.length - 1, next))]
      if (row) onSelect(row.event.seq)
    } else return
    event.preventDefault()
  }

  const chain = selected === null ? [] : chainOf(rows, selected)
  const placed = selected === null ? undefined : rows[indexOfSeq(rows, selected)]
  const hot = {
    root: placed ? indexOfSeq(rows, placed.root.seq) : -1,
    branch: placed?.branchSeq == null ? -1 : indexOfSeq(rows, placed.branchSeq),
    selected: chain[0] === undefined ? -1 : indexOfSeq(rows, chain[0])
  }
  const from = Math.max(0, Math.floor(view.top / rowPx) - overscanRows)
  const to = Math.min(rows.length, Math.ceil((view.top + view.height) / rowPx) + overscanRows)

  const controls = (
    <>
      {older > 0 && (
        <span className="wide nw" title="This window holds the newest 10 000 events.">
          {grouped(older)} older not shown
        </span>
      )}
      <label className="filter" title="Show only events whose line contains this text (key /)">
        <Icon name="filter" />
        <input
          data-key="filter"
          type="search"
          value={filter}
          placeholder="Filter"
          aria-label="Filter events"
          onChange={(event) => {
            setFilter(event.target.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setFilter('')
              list.current?.focus()
            }
          }}
        />
      </label>
      <button
        type="button"
        className={`btn sm icon${following ? '' : ' on'}`}
        aria-pressed={!following}
        aria-label="Hold the list"
        title={following ? 'Hold the list still (Space in the list)' : 'Follow the newest event again'}
        onClick={() => {
          setHeldAt(following ? newest : null)
        }}
      >
        <Icon name="hold" />
      </button>
    </>
  )

  return (
    <Panel name="Timeline" controls={controls} className="p-timeline">
      <div
        ref={list}
        className="tl"
        role="listbox"
        aria-label="Events"
        tabIndex={0}
        onScroll={scrolled}
        onKeyDown={press}
        aria-activedescendant={placed ? rowId(placed.event.seq) : undefined}
      >
        {all.length === 0 && (
          <Empty>
            Nothing has happened yet. Type <code>AT</code> in the terminal and press Enter.
          </Empty>
        )}
        {all.length > 0 && rows.length === 0 && (
          <Empty
            action={
              <button
                type="button"
                className="btn line sm"
                onClick={() => {
                  setFilter('')
                }}
              >
                Show all {grouped(all.length)}
              </button>
            }
          >
            No event contains “{filter.trim()}”.
          </Empty>
        )}
        <div className="tl-all" style={{ height: rows.length * rowPx }}>
          <div className="tl-seen" style={{ transform: `translateY(${from * rowPx}px)` }}>
            {rows.slice(from, to).map((row, offset) => (
              <EventRow
                key={row.event.seq}
                placed={row}
                at={from + offset}
                total={rows.length}
                rail={rail[from + offset]!}
                hot={hotPath(from + offset, hot)}
                selected={row.event.seq === selected}
                onSelect={onSelect}
              />
            ))}
          </div>
        </div>
      </div>
      {!following && (
        <button
          type="button"
          className="pill"
          onClick={() => {
            setHeldAt(null)
          }}
        >
          <Icon name="down" />
          {fresh > 0 ? `${grouped(fresh)} new` : 'Newest'}
        </button>
      )}
    </Panel>
  )
}

/** Index of the first row newer than `seq`. */
function firstAfter(rows: readonly { readonly event: { readonly seq: number } }[], seq: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.event.seq <= seq) low = middle + 1
    else high = middle
  }
  return low
}
