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
 * A key that must be held. Calls `onHeld` after `holdMs`, or `onEarly` with the milliseconds if it is released before.
 * It is held with the pointer, Space or Enter; a click of assistive technology counts as a full hold.
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
        // A click without a pointer comes from assistive technology.
        if (!byHand.current) down()
        byHand.current = false
      },
      onBlur: up
    }
  }
}
