import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/**
 * @module The one virtual list: which rows of one height a scrolling element shows, of however many there are, so that only those
 * are drawn.
 */

/**
 * Browsers cut a higher element (Firefox at 17.9 million px). For a longer list, one px of the bar stands for several
 * px of the list.
 */
const MAX_ELEMENT_PX = 8_000_000

/** Least number of rows drawn above and below the visible ones, so that quick scrolling shows no gap. */
const OVERSCAN_ROWS = 4

/** The drawn rows change in steps of this many. Between two steps, scrolling changes only their position. */
const STEP_ROWS = 8

export interface VirtualList {
  readonly rowPx: number
  readonly count: number
  /** Height of the content above the first row; 0 when left out. */
  readonly leadPx?: number
  /** Whether the end of the list is shown, however long it gets. When it grows, its new end is drawn at once. */
  readonly following?: boolean
  /** Called when a person scrolled, with the new and the old position. */
  readonly onScroll?: (toPx: number, fromPx: number) => void
}

export interface VirtualRows {
  /**
   * The rows to draw: `from` to `to`, without `to`. Their number is the same everywhere, because adding rows costs more
   * than changing them.
   */
  readonly from: number
  readonly to: number
  /** How far the list is scrolled, and how much of it is visible, in px of the whole list. */
  readonly topPx: number
  readonly heightPx: number
  /** Height of the element that gives the scroll bar its size. */
  readonly elementPx: number
  /** Offset of row `from` in that element. For row 0, the offset of the content above it. */
  readonly shiftPx: number
  /** Scrolls to a position. Does not call `onScroll`. */
  scrollTo(topPx: number): void
  /** Scrolls as little as needed to show a row. -1 means no row. */
  show(row: number): void
}

/**
 * Returns the part of the list that the element shows. Up to `MAX_ELEMENT_PX` the browser scrolls. For a longer list,
 * dragging the bar moves in larger steps, and the wheel still moves by its own px.
 */
export function useVirtualRows(
  box: RefObject<HTMLElement | null>,
  { rowPx, count, leadPx = 0, following = false, onScroll = ignore }: VirtualList
): VirtualRows {
  const scroll = useLongScroll(box, count * rowPx + leadPx, following, onScroll)
  const { topPx, heightPx } = scroll.view
  const within = (row: number): number => Math.max(0, Math.min(row, count))
  const from = within(Math.floor((Math.floor((topPx - leadPx) / rowPx) - OVERSCAN_ROWS) / STEP_ROWS) * STEP_ROWS)
  return {
    from,
    to: within(from + Math.ceil(heightPx / rowPx) + 1 + 2 * OVERSCAN_ROWS + STEP_ROWS),
    topPx,
    heightPx,
    elementPx: scroll.elementPx,
    shiftPx: scroll.offsetPx + from * rowPx + (from === 0 ? 0 : leadPx) - topPx,
    scrollTo: scroll.scrollTo,
    show: (row) => {
      if (row < 0) return
      const y = row * rowPx + leadPx
      const { topPx: seenPx, heightPx: seenHeightPx } = scroll.seen()
      if (y < seenPx) scroll.scrollTo(y)
      else if (y + rowPx > seenPx + seenHeightPx) scroll.scrollTo(y + rowPx - seenHeightPx)
    }
  }
}

const ignore = (): void => undefined

interface LongScroll {
  readonly view: { readonly topPx: number; readonly heightPx: number }
  /** Returns the same without waiting for the next render. */
  seen(): { readonly topPx: number; readonly heightPx: number }
  readonly elementPx: number
  /** Offset of the first visible px of the list in that element. */
  readonly offsetPx: number
  scrollTo(topPx: number): void
}

function useLongScroll(
  box: RefObject<HTMLElement | null>,
  totalPx: number,
  atEnd: boolean,
  onScroll: (toPx: number, fromPx: number) => void
): LongScroll {
  const [shown, setView] = useState({ topPx: 0, heightPx: 0 })
  const view = atEnd ? { topPx: Math.max(0, totalPx - shown.heightPx), heightPx: shown.heightPx } : shown
  const elementPx = Math.min(totalPx, MAX_ELEMENT_PX)
  const ratio = ratioOf(totalPx, elementPx, view.heightPx)
  /** The values for the listeners, which must not wait for the next render. */
  const now = useRef({ topPx: 0, heightPx: 0, totalPx, ratio, barPx: 0, onScroll })
  useLayoutEffect(() => {
    Object.assign(now.current, { totalPx, ratio, onScroll })
  })

  function show(topPx: number): void {
    const heightPx = box.current?.clientHeight ?? 0
    now.current.topPx = topPx
    now.current.heightPx = heightPx
    setView((before) => (before.topPx === topPx && before.heightPx === heightPx ? before : { topPx, heightPx }))
  }

  function scrollTo(topPx: number): void {
    const element = box.current
    if (!element) return
    const { totalPx: whole } = now.current
    const heightPx = element.clientHeight
    const top = Math.max(0, Math.min(topPx, whole - heightPx))
    now.current.ratio = ratioOf(whole, Math.min(whole, MAX_ELEMENT_PX), heightPx)
    element.scrollTop = top / now.current.ratio
    // The browser rounds the value, and limits it while the element is still growing.
    now.current.barPx = element.scrollTop
    show(top)
  }

  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = new ResizeObserver(() => {
      // Without layout there is no scroll position. Laid out again, as in another group of the dock, the element is at
      // its top.
      if (element.clientHeight > 0) scrollTo(now.current.topPx)
    })
    const scrolled = (): void => {
      const { barPx, ratio: step, topPx, onScroll: tell } = now.current
      // The event was pending when the list was removed from the window. No person scrolled.
      if (element.clientHeight === 0 || Math.abs(element.scrollTop - barPx) < 1) return
      now.current.barPx = element.scrollTop
      const to = element.scrollTop * step
      show(to)
      tell(to, topPx)
    }
    const turned = (event: WheelEvent): void => {
      if (now.current.ratio === 1 || event.ctrlKey || event.deltaY === 0) return
      event.preventDefault()
      const { topPx, onScroll: tell } = now.current
      scrollTo(topPx + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1))
      tell(now.current.topPx, topPx)
    }
    measure.observe(element)
    element.addEventListener('scroll', scrolled, { passive: true })
    element.addEventListener('wheel', turned, { passive: false })
    return () => {
      measure.disconnect()
      element.removeEventListener('scroll', scrolled)
      element.removeEventListener('wheel', turned)
    }
    // All values that change are read from `now`.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const seen = (): LongScroll['view'] => ({ topPx: now.current.topPx, heightPx: box.current?.clientHeight ?? 0 })
  return { view, seen, elementPx, offsetPx: view.topPx / ratio, scrollTo }
}

/** Returns how many px of the list one px of the bar stands for. */
function ratioOf(totalPx: number, elementPx: number, heightPx: number): number {
  return totalPx > elementPx ? (totalPx - heightPx) / Math.max(1, elementPx - heightPx) : 1
}

/** Height of one line for a wheel that counts in lines: a notch is three rows. */
const LINE_PX = 17
