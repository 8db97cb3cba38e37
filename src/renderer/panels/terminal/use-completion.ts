import { useEffect, useId, useState } from 'react'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { completionOf } from './command-help.ts'
import { completionsOf, type Completion } from './completions.ts'
import type { LineKey } from './use-terminal.ts'

export interface CompletionUse {
  readonly id: string
  /** The completions; empty while the list is closed. */
  readonly list: readonly Completion[]
  /** Index of the selected completion, which Enter takes. */
  readonly at: number
  /** Returns whether the list has used the key, or was opened by it. */
  press(key: LineKey): boolean
  pick(at: number): void
  close(): void
}

/** The completions of a terminal's line: opened with Tab, selected with the arrow keys, taken with Enter or Tab. */
export function useCompletion(
  line: () => string,
  drawn: string,
  profile: ModuleProfile | null,
  send: (text: string) => void
): CompletionUse {
  const id = useId()
  const [at, setAt] = useState<number | null>(null)
  const list = at === null || !profile ? none : completionsOf(drawn, profile)
  const empty = list.length === 0
  useEffect(() => {
    if (at !== null && empty) setAt(null)
    else if (at !== null && at >= list.length) setAt(0)
  }, [at, empty, list.length])

  function pick(index: number): void {
    const one = profile ? completionsOf(line(), profile)[index] : undefined
    setAt(null)
    if (one) send(one.rest)
  }

  function press(key: LineKey): boolean {
    const now = profile ? completionsOf(line(), profile) : none
    if (at === null) {
      if (key !== 'complete' && key !== 'list') return false
      const rest = key === 'complete' && profile ? completionOf(line(), profile) : ''
      if (rest !== '') send(rest)
      else if (now.length === 1) send(now[0]!.rest)
      else if (now.length > 1) setAt(0)
      return true
    }
    switch (key) {
      case 'up':
      case 'down':
        setAt(now.length === 0 ? null : (at + (key === 'down' ? 1 : -1) + now.length) % now.length)
        return true
      case 'complete':
      case 'take':
        pick(Math.min(at, now.length - 1))
        return true
      default:
        setAt(null)
        return true
    }
  }

  return {
    id,
    list,
    at: Math.min(at ?? 0, Math.max(0, list.length - 1)),
    press,
    pick,
    close: () => {
      setAt(null)
    }
  }
}

const none: readonly Completion[] = []
