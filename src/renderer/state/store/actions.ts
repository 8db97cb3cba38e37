import { matchSorter, rankings } from 'match-sorter'
import { useEffect } from 'react'
import { actionGroupWords } from './words.ts'

/** Something a person can ask the window for: a line of the palette, and a key where it has one. */
export interface Action {
  readonly id: string
  /** How it reads: a verb and what it acts on. */
  readonly words: string
  readonly group: ActionGroup
  /** Other words under which somebody may look for it. */
  readonly also?: string
  /** `Mod+K` (Ctrl, on a Mac Cmd), `Shift+F6`, `?`, `1`. Single characters rest while something is typed. */
  readonly keys?: readonly string[]
  /** Why it cannot be done now, one sentence; null or absent when it can. */
  readonly why?: () => string | null
  /** Works by its key and is listed with the keys, and is no line of the palette. */
  readonly keyOnly?: boolean
  /** Absent for a key that belongs to a panel and is listed only. */
  readonly run?: () => void
}

export const actionGroups = Object.values(actionGroupWords)
export type ActionGroup = (typeof actionGroups)[number]

/** Tells the actions there are at the moment it is asked. */
export type ActionSource = () => readonly Action[]

/** The one list behind palette, keys and the sheet of keys. */
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

  /** The action that a key press asks for; null when it is nobody's. */
  forKey(pressed: string): Action | null {
    return this.all().find((action) => action.run && action.keys?.includes(pressed)) ?? null
  }
}

/** Lets a panel offer actions while it is there. */
export function useActions(registry: ActionRegistry, source: ActionSource): void {
  useEffect(() => registry.add(source), [registry, source])
}

/** The actions that fit what was typed, best first; all in the order of their groups when nothing was. */
export function findActions(actions: readonly Action[], typed: string): readonly Action[] {
  const can = actions.filter((action) => action.run && !action.keyOnly)
  if (typed.trim() === '') return can.toSorted((a, b) => actionGroups.indexOf(a.group) - actionGroups.indexOf(b.group))
  // Every word must fit somewhere; the first one, sorted by last, decides the order.
  return typed
    .trim()
    .split(/\s+/)
    .toReversed()
    .reduce<readonly Action[]>(
      (left, word) => matchSorter(left, word, { keys: ['words', inOtherWords('also'), inOtherWords('group')] }),
      can
    )
}

/** What an action is called counts more than what it may also be called, and there scattered letters are no match. */
const inOtherWords = (key: 'also' | 'group') => ({ key, maxRanking: rankings.CONTAINS, threshold: rankings.CONTAINS })

/** A key press as the registry writes it. */
export function pressedKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const name =
    event.key.length === 1
      ? event.ctrlKey || event.metaKey || event.altKey
        ? event.key.toUpperCase()
        : event.key
      : event.key
  const parts = [event.ctrlKey || event.metaKey ? 'Mod' : '', event.altKey ? 'Alt' : '']
  // A character tells by itself whether Shift was held (`?`); with other modifiers or on a named key it counts.
  if (event.shiftKey && (event.key.length > 1 || parts.some((part) => part !== ''))) parts.push('Shift')
  return [...parts.filter((part) => part !== ''), name].join('+')
}

/** The caps of a key, as they are written on this machine's keyboard. */
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
