import { useEffect, useRef, type RefObject } from 'react'
import type { Selection } from './selection.ts'

/** While dragging outside the list, it scrolls by this share of the distance to its edge per frame. */
const SCROLL_SHARE = 0.25

/** Selects with the pointer: press selects a row, Shift extends, dragging selects a range and scrolls at the edges. */
export function usePointerSelection(
  list: RefObject<HTMLElement | null>,
  selection: Selection,
  rowAt: (clientY: number) => number
): void {
  const now = useRef({ selection, rowAt })
  useEffect(() => {
    now.current = { selection, rowAt }
  })
  useEffect(() => {
    const element = list.current
    if (!element) return
    let drag: { y: number; row: number; frame: number } | null = null

    const extend = (): void => {
      if (!drag) return
      const row = now.current.rowAt(drag.y)
      if (row === drag.row) return
      drag.row = row
      now.current.selection.go(row, true)
    }
    const carry = (): void => {
      if (!drag) return
      const box = element.getBoundingClientRect()
      const beyond = drag.y < box.top ? drag.y - box.top : drag.y > box.bottom ? drag.y - box.bottom : 0
      if (beyond !== 0) element.scrollTop += Math.trunc(beyond * SCROLL_SHARE) || Math.sign(beyond)
      extend()
      drag.frame = requestAnimationFrame(carry)
    }
    const down = (event: PointerEvent): void => {
      const isRow = event.target instanceof Element && event.target.closest('[data-row]') !== null
      if (!isRow || event.button !== 0) return
      const row = now.current.rowAt(event.clientY)
      now.current.selection.go(row, event.shiftKey)
      drag = { y: event.clientY, row, frame: requestAnimationFrame(carry) }
      element.setPointerCapture(event.pointerId)
    }
    const move = (event: PointerEvent): void => {
      if (!drag) return
      drag.y = event.clientY
      extend()
    }
    const up = (): void => {
      if (drag) cancelAnimationFrame(drag.frame)
      drag = null
    }
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', up)
    return () => {
      up()
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', up)
    }
  }, [list])
}
