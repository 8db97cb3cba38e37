import { useEffect, useState } from 'react'
import { useMedia } from '../state/prefs.ts'

/**
 * Whether a lamp that blinks is lit at this moment: `litMs` of each `periodMs`, milliseconds of the page; 0 and 0: it does not blink, and
 * is `steady`. It changes twice in a period, where an animation has the browser compose sixty frames a second of which all but two are
 * the same. With reduced motion it stays lit, and where it is not `live`: a lamp of a simulator that is gone tells nothing of this moment.
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
