import { useEffect, useRef, useState } from 'react'
import { silenceBeforeEscapeMs } from '../../state/terminal/escape-guard.ts'
import type { Store } from '../../state/store/store.ts'
import type { TerminalHandle } from './use-terminal.ts'

/** The +++ key: the guard time must have passed before the three bytes go out. */
export interface EscapeUse {
  readonly waiting: boolean
  press(): void
}

/** Lives with the terminal, not with the button: who looks at another port meanwhile has not called it off. */
export function useEscape(store: Store, terminal: TerminalHandle): EscapeUse {
  const [waiting, setWaiting] = useState(false)
  const timer = useRef(0)
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    []
  )

  function press(): void {
    setWaiting(true)
    // The whole guard time from now: the last byte may be one that the lab or a lesson has typed.
    timer.current = window.setTimeout(() => {
      setWaiting(false)
      void terminal.send('+++')
      terminal.focus()
    }, silenceBeforeEscapeMs(store.get().snapshot))
  }

  return { waiting, press }
}
