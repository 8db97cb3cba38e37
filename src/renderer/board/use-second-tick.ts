import { useEffect, useState } from 'react'

/** Renders the component again every second while the window is visible. */
export function useSecondTick(): void {
  const [, setTick] = useState(0)
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === 'visible') setTick((tick) => tick + 1)
    }, 1000)
    return () => {
      window.clearInterval(timer)
    }
  }, [])
}
