import { useEffect, useRef, type FocusEvent, type PointerEvent } from 'react'
import { useBoard } from './board-context.ts'

/** How long the pointer must rest on a part before its tooltip appears. With keyboard focus it appears at once. */
const HOVER_MS = 350
/** How long the pointer may take to move onto the tooltip before it is hidden. */
const LEAVE_MS = 160

interface Tip {
  readonly shown: boolean
  readonly handlers: {
    onPointerEnter(event: PointerEvent): void
    onPointerLeave(event: PointerEvent): void
    onFocus(event: FocusEvent): void
    onBlur(): void
  }
  /** Keeps the tooltip open, while the pointer is on it. */
  keep(): void
  leave(): void
}

/** Shows the tooltip of a part on hover and focus. The part itself handles Esc. */
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
