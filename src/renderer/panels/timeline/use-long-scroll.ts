import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Browsers cut an element that is higher (Firefox at 17.9 million px); beyond it the bar's way stands for a longer one. */
export const maxElementPx = 8_000_000

export interface LongScroll {
  /** How far the list is scrolled, in px of the whole list, and how much of it is seen. */
  readonly view: { readonly topPx: number; readonly heightPx: number }
  /** Height of the element that makes the bar. */
  readonly elementPx: number
  /** Where the first seen px of the list lies in that element. */
  readonly offsetPx: number
  /** Scrolls there; the listener is not called for it. */
  scrollTo(topPx: number): void
}

/**
 * Scrolling of a list of any height. Up to `maxElementPx` it is the browser's own; beyond, dragging the bar goes through the list in
 * larger steps, and the wheel still moves by its own px. `onScroll`: a person scrolled from one place to another. `atEnd`: what is seen
 * is the end, however long the list gets; where it grows, its end is drawn at once and not first where the end was before.
 */
export function useLongScroll(
  box: RefObject<HTMLElement | null>,
  totalPx: number,
  atEnd: boolean,
  onScroll: (toPx: number, fromPx: number) => void
): LongScroll {
  const [shown, setView] = useState({ topPx: 0, heightPx: 0 })
  const view = atEnd ? { topPx: Math.max(0, totalPx - shown.heightPx), heightPx: shown.heightPx } : shown
  const elementPx = Math.min(totalPx, maxElementPx)
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
    now.current.ratio = ratioOf(whole, Math.min(whole, maxElementPx), heightPx)
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
      scrollTo(topPx + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1))
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

  return { view, elementPx, offsetPx: view.topPx / ratio, scrollTo }
}

/** Px of the list that one px of the bar stands for. */
function ratioOf(totalPx: number, elementPx: number, heightPx: number): number {
  return totalPx > elementPx ? (totalPx - heightPx) / Math.max(1, elementPx - heightPx) : 1
}

/** A wheel that counts in lines: three rows a notch. */
const linePx = 17
