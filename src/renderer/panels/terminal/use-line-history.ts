import { useRef } from 'react'
import { readPref, writePref } from '../../state/prefs.ts'
import { isLineList, lineOf, remember, walk, type HistoryWalk } from './line-history.ts'

/** The earlier lines of all terminals, kept in this browser. */
export interface LineHistory {
  remember(line: string): void
  /** Returns the next older or newer line that begins like `line`; `null` if there is none. */
  walk(instance: number, line: string, step: 'up' | 'down'): string | null
}

export function useLineHistory(): LineHistory {
  const history = useRef<LineHistory | null>(null)
  history.current ??= openHistory()
  return history.current
}

const PREF_NAME = 'terminal.lines'

function openHistory(): LineHistory {
  let lines = readPref<readonly string[]>(PREF_NAME, [], isLineList)
  const walks = new Map<number, HistoryWalk>()
  return {
    remember(line) {
      walks.clear()
      lines = remember(lines, line)
      writePref(PREF_NAME, lines)
    },
    walk(instance, line, step) {
      const before = walks.get(instance) ?? null
      // A line that was edited since the last step begins a new walk.
      const same = before !== null && lineOf(before).toLowerCase() === line.toLowerCase()
      const next = walk(lines, line, same ? before : null, step)
      if (!next) return null
      walks.set(instance, next)
      return lineOf(next)
    }
  }
}
