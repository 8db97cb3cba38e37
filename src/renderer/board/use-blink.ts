import { useEffect, useState } from 'react'
import { useMedia } from '../state/prefs.ts'

/**
 * Returns whether a blinking lamp is lit now: `litMs` of each `periodMs`, in milliseconds of the page. With a
 * `periodMs` of 0 the lamp does not blink and is `steady`. A timer renders twice a period; a CSS animation would
 * compose 60 frames a second. A blinking lamp stays lit with reduced motion, and while not `live`: then its state is
 * unknown.
 */
export function useBlink(periodMs: number, litMs: number, steady: boolean, live: boolean): boolean {
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  const blinks = periodMs > 0 && live && !calm
  const [lit, setLit] = useState(true)
  useEffect(() => {
    if (!blinks) return
    let timer = 0
    const turn = (on: boolean): void => {
      setLit(on)
      timer = window.setTimeout(turn, on ? litMs : periodMs - litMs, !on)
    }
    turn(true)
    return () => {
      window.clearTimeout(timer)
    }
  }, [blinks, periodMs, litMs])
  return blinks ? lit : steady || periodMs > 0
}
