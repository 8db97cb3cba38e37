import { useEffect, useRef, type FocusEvent, type PointerEvent } from 'react'
import { useBoard } from './board-context.ts'

/** A tooltip waits so long for a pointer that only passes; with the focus it comes at once. */
const HOVER_MS = 350
/** Time to move the pointer onto the tooltip itself. */
const LEAVE_MS = 160

interface Tip {
  readonly shown: boolean
  readonly handlers: {
    onPointerEnter(event: PointerEvent): void
    onPointerLeave(event: PointerEvent): void
    onFocus(event: FocusEvent): void
    onBlur(): void
  }
  /** The pointer is on the tooltip: it stays. */
  keep(): void
  leave(): void
}

/** Shows the tooltip of a part on hover and on focus; Esc is the part's to handle. */
export function useTip(id: string): Tip {
  const board = useBoard()
  const timer = useRef(0)
  const focused = useRef(false)
  const shown = board.tip === id
  const later = (run: () => void, ms: number): void => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(run, ms)
  }
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    []
  )
  const leave = (): void => {
    later(() => {
      if (!focused.current) board.hideTip(id)
    }, LEAVE_MS)
  }
  return {
    shown,
    keep: () => {
      window.clearTimeout(timer.current)
    },
    leave,
    handlers: {
      onPointerEnter: () => {
        later(
          () => {
            board.showTip(id)
          },
          board.tip === null ? HOVER_MS : 0
        )
      },
      onPointerLeave: leave,
      onFocus: (event) => {
        focused.current = event.currentTarget.matches(':focus-visible')
        if (focused.current) board.showTip(id)
      },
      onBlur: () => {
        focused.current = false
        window.clearTimeout(timer.current)
        board.hideTip(id)
      }
    }
  }
}
