import { useEffect, useRef, useState } from 'react'
import type { Store } from '../../state/store/store.ts'
import { silenceBeforeEscapeMs } from '../../state/terminal/escape-guard.ts'
import type { TerminalHandle } from './use-terminal.ts'

/** The +++ button: the guard time must pass before the escape sequence is sent. */
export interface EscapeUse {
  readonly waiting: boolean
  press(): void
}

/** Belongs to the terminal, not to the button: showing another terminal does not cancel it. */
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
    // Wait for the whole guard time: the lab or a lesson may have typed the last byte.
    timer.current = window.setTimeout(() => {
      setWaiting(false)
      void terminal.send('+++')
      terminal.focus()
    }, silenceBeforeEscapeMs(store.get().snapshot))
  }

  return { waiting, press }
}
