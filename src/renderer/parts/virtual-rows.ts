import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/**
 * @module The one virtual list: which rows of one height a scrolling element shows, of however many there are, so that only those
 * are drawn.
 */

/** Browsers cut an element that is higher (Firefox at 17.9 million px); beyond it the bar's way stands for a longer one. */
const MAX_ELEMENT_PX = 8_000_000

/** Rows drawn above and below what is visible at least, so that a quick scroll does not show a gap. */
const OVERSCAN_ROWS = 4

/** What is drawn moves in steps of so many rows: between two of them, scrolling changes nothing but the place. */
const STEP_ROWS = 8

export interface VirtualList {
  readonly rowPx: number
  readonly count: number
  /** Height of what stands above the first row; 0 when left out. */
  readonly leadPx?: number
  /** What is seen is the end, however long the list gets; where it grows, its end is drawn at once and not first where the end was before. */
  readonly following?: boolean
  /** A person scrolled from one place to another. */
  readonly onScroll?: (toPx: number, fromPx: number) => void
}

export interface VirtualRows {
  /** The rows to draw: from this one, up to but without that one. As many at every place: rows that come and go cost more than rows that change. */
  readonly from: number
  readonly to: number
  /** How far the list is scrolled, in px of the whole list, and how much of it is seen. */
  readonly topPx: number
  readonly heightPx: number
  /** Height of the element that makes the bar. */
  readonly elementPx: number
  /** Where in that element row `from` is drawn, with what stands above the first row where that is it. */
  readonly shiftPx: number
  /** Scrolls there; the listener is not called for it. */
  scrollTo(topPx: number): void
  /** Scrolls as little as it takes to show a row; -1 is none. */
  show(row: number): void
}

/**
 * Returns what of the list the element shows. Up to `maxElementPx` scrolling is the browser's own; beyond, dragging the bar goes through
 * the list in larger steps, and the wheel still moves by its own px.
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
  /** The same without waiting for the next drawing. */
  seen(): { readonly topPx: number; readonly heightPx: number }
  readonly elementPx: number
  /** Where the first seen px of the list lies in that element. */
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
  /** What listeners see without waiting for the next drawing. */
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
    // The browser rounds it, and cuts it while the element is still growing.
    now.current.barPx = element.scrollTop
    show(top)
  }

  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = new ResizeObserver(() => {
      // What is not laid out has no place; laid out again, as in another group of the dock, it begins at its top.
      if (element.clientHeight > 0) scrollTo(now.current.topPx)
    })
    const scrolled = (): void => {
      const { barPx, ratio: step, topPx, onScroll: tell } = now.current
      // An event that was on its way when the list was taken out of the window: nobody scrolled.
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
    // Everything that changes is read from `now`.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const seen = (): LongScroll['view'] => ({ topPx: now.current.topPx, heightPx: box.current?.clientHeight ?? 0 })
  return { view, seen, elementPx, offsetPx: view.topPx / ratio, scrollTo }
}

/** Px of the list that one px of the bar stands for. */
function ratioOf(totalPx: number, elementPx: number, heightPx: number): number {
  return totalPx > elementPx ? (totalPx - heightPx) / Math.max(1, elementPx - heightPx) : 1
}

/** A wheel that counts in lines: three rows a notch. */
const LINE_PX = 17
