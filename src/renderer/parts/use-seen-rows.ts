import { useEffect, useState, type RefObject } from 'react'

/** Rows drawn above and below what is visible, so that a quick scroll does not show a gap. */
const overscanRows = 6

/** Which of `count` rows of one height a scrolling element shows: only those need be drawn. */
export function useSeenRows(
  element: RefObject<HTMLElement | null>,
  rowPx: number,
  count: number
): { readonly from: number; readonly to: number } {
  const [view, setView] = useState({ top: 0, height: 0 })
  useEffect(() => {
    const box = element.current
    if (!box) return
    const look = (): void => {
      setView({ top: box.scrollTop, height: box.clientHeight })
    }
    const measure = new ResizeObserver(look)
    measure.observe(box)
    box.addEventListener('scroll', look, { passive: true })
    return () => {
      measure.disconnect()
      box.removeEventListener('scroll', look)
    }
  }, [element])
  return {
    from: Math.max(0, Math.floor(view.top / rowPx) - overscanRows),
    to: Math.min(count, Math.ceil((view.top + view.height) / rowPx) + overscanRows)
  }
}

/** Scrolls as little as it takes to show row `at`. */
export function showRow(box: HTMLElement | null, at: number, rowPx: number): void {
  if (!box || at < 0) return
  const top = at * rowPx
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + rowPx > box.scrollTop + box.clientHeight) box.scrollTop = top + rowPx - box.clientHeight
}
