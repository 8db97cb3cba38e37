import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'

interface Hold {
  readonly holding: boolean
  readonly handlers: {
    onPointerDown(event: PointerEvent): void
    onPointerUp(): void
    onPointerCancel(): void
    onKeyDown(event: KeyboardEvent): void
    onKeyUp(event: KeyboardEvent): void
    onClick(event: MouseEvent): void
    onBlur(): void
  }
}

/**
 * A key that must be held: `onHeld` runs when it was down for `holdMs`, `onEarly` with the milliseconds when it was let
 * go before. Held with the pointer, Space or Enter; whoever cannot hold (a screen reader's click) has it held for them.
 */
export function useHold(holdMs: number, fit: boolean, onHeld: () => void, onEarly: (afterMs: number) => void): Hold {
  const [holding, setHolding] = useState(false)
  const timer = useRef<number | null>(null)
  const startedMs = useRef(0)
  const byHand = useRef(false)
  useEffect(
    () => () => {
      window.clearTimeout(timer.current ?? undefined)
    },
    []
  )

  const down = (): void => {
    if (timer.current !== null || !fit) return
    if (holdMs === 0) {
      onHeld()
      return
    }
    startedMs.current = performance.now()
    setHolding(true)
    timer.current = window.setTimeout(() => {
      timer.current = null
      setHolding(false)
      onHeld()
    }, holdMs)
  }
  const up = (): void => {
    if (timer.current === null) return
    window.clearTimeout(timer.current)
    timer.current = null
    setHolding(false)
    onEarly(performance.now() - startedMs.current)
  }
  const isKey = ({ key }: KeyboardEvent): boolean => key === 'Enter' || key === ' '
  return {
    holding,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return
        byHand.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        down()
      },
      onPointerUp: up,
      onPointerCancel: up,
      onKeyDown: (event) => {
        if (!isKey(event)) return
        event.preventDefault()
        if (!event.repeat) down()
      },
      onKeyUp: (event) => {
        if (isKey(event)) up()
      },
      onClick: () => {
        // A click that no pointer began comes from assistive technology.
        if (!byHand.current) down()
        byHand.current = false
      },
      onBlur: up
    }
  }
}
