import { matchSorter, rankings } from 'match-sorter'
import { useEffect } from 'react'
import { actionGroupWords } from './words.ts'

/** An action of the window: an entry of the palette, possibly with a key. */
export interface Action {
  readonly id: string
  /** The label: a verb and its object. */
  readonly words: string
  readonly group: ActionGroup
  /** Other words under which a person may look for it. */
  readonly also?: string
  /** `Mod+K` (Ctrl, or Cmd on a Mac), `Shift+F6`, `?`, `1`. Single characters have no effect while a person types. */
  readonly keys?: readonly string[]
  /** Returns why it is not possible now, one sentence; `null` or absent when it is possible. */
  readonly why?: () => string | null
  /** Whether it has only a key and is not listed in the palette. */
  readonly keyOnly?: boolean
  /** Absent for a key that a panel handles and that is only listed. */
  readonly run?: () => void
}

export const actionGroups = Object.values(actionGroupWords)
export type ActionGroup = (typeof actionGroups)[number]

/** Returns the actions that exist at the time of the call. */
export type ActionSource = () => readonly Action[]

/** The list of actions behind palette and keys. */
export class ActionRegistry {
  readonly #sources = new Set<ActionSource>()

  /** Adds a source until the returned function is called. */
  add(source: ActionSource): () => void {
    this.#sources.add(source)
    return () => {
      this.#sources.delete(source)
    }
  }

  all(): readonly Action[] {
    return [...this.#sources].flatMap((source) => source())
  }

  /** Returns the action of a pressed key; `null` when there is none. */
  forKey(pressed: string): Action | null {
    return this.all().find((action) => action.run && action.keys?.includes(pressed)) ?? null
  }
}

/** Offers a panel's actions while the panel is mounted. */
export function useActions(registry: ActionRegistry, source: ActionSource): void {
  useEffect(() => registry.add(source), [registry, source])
}

/** Returns the actions that match the typed text, best first; all in the order of their groups when it is empty. */
export function findActions(actions: readonly Action[], typed: string): readonly Action[] {
  const can = actions.filter((action) => action.run && !action.keyOnly)
  if (typed.trim() === '') return can.toSorted((a, b) => actionGroups.indexOf(a.group) - actionGroups.indexOf(b.group))
  // Every word must match. The first word is sorted by last, so it decides the order.
  return typed
    .trim()
    .split(/\s+/)
    .toReversed()
    .reduce<readonly Action[]>(
      (left, word) => matchSorter(left, word, { keys: ['words', inOtherWords('also'), inOtherWords('group')] }),
      can
    )
}

/** The label ranks higher than other words, and these match only as a whole, not by scattered letters. */
const inOtherWords = (key: 'also' | 'group') => ({ key, maxRanking: rankings.CONTAINS, threshold: rankings.CONTAINS })

/** Returns a key press in the form of the registry. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const name =
    event.key.length === 1
      ? event.ctrlKey || event.metaKey || event.altKey
        ? event.key.toUpperCase()
        : event.key
      : event.key
  const parts = [event.ctrlKey || event.metaKey ? 'Mod' : '', event.altKey ? 'Alt' : '']
  // A character shows by itself whether Shift was pressed (`?`). With other modifiers or a named key, Shift counts.
  if (event.shiftKey && (event.key.length > 1 || parts.some((part) => part !== ''))) parts.push('Shift')
  return [...parts.filter((part) => part !== ''), name].join('+')
}

/** Returns the names of a key's caps on this machine's keyboard. */
export function capsOf(keys: string, mac: boolean): readonly string[] {
  const names: Readonly<Record<string, string>> = {
    Mod: mac ? '⌘' : 'Ctrl',
    Alt: mac ? '⌥' : 'Alt',
    ArrowUp: '↑',
    ArrowDown: '↓',
    ArrowLeft: '←',
    ArrowRight: '→',
    Escape: 'Esc'
  }
  return keys.split('+').map((part) => names[part] ?? part)
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
