/** @module What the window knows and remembers, without drawing it. */

import { useEffect, useState, useSyncExternalStore } from 'react'

/** Returns a choice that the person expects to find again. It is stored in this browser, and losing it does no harm. */
export function readPref<T>(name: string, fallback: T, isFit: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(keyOf(name))
    const value: unknown = text === null ? fallback : JSON.parse(text)
    return isFit(value) ? value : fallback
  } catch {
    return fallback
  }
}

export function writePref(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value))
  } catch {
    // The window works without storage, as in a private window or with a full disk.
  }
}

export type ThemeChoice = 'system' | 'light' | 'dark'
export const themeChoices: readonly ThemeChoice[] = ['system', 'light', 'dark']
export type ContrastChoice = 'system' | 'more'

/** The person's choice of theme and contrast. */
export interface LookChoice {
  readonly theme: ThemeChoice
  readonly contrast: ContrastChoice
}

const lookListeners = new Set<() => void>()
let look: LookChoice | null = null

export function chosenLook(): LookChoice {
  look ??= {
    theme: readPref('theme', 'system', isThemeChoice),
    contrast: readPref('contrast', 'system', isContrastChoice)
  }
  return look
}

export function chooseLook(change: Partial<LookChoice>): void {
  look = { ...chosenLook(), ...change }
  writePref('theme', look.theme)
  writePref('contrast', look.contrast)
  for (const listener of lookListeners) listener()
}

/** Sets the look on the document and returns it: the person's choice, or the system's where that was chosen. */
export function useLook(): LookChoice & { readonly dark: boolean; readonly inForce: string } {
  const { theme, contrast } = useSyncExternalStore(watchLook, chosenLook)
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const systemMore = useMedia('(prefers-contrast: more)')
  const dark = theme === 'dark' || (theme === 'system' && systemDark)
  const root = document.documentElement
  // During render and not in an effect, because children read the tokens while they mount.
  root.dataset['theme'] = dark ? 'dark' : 'light'
  const more = contrast === 'more' || systemMore
  if (more) root.dataset['contrast'] = 'more'
  else delete root.dataset['contrast']
  // `inForce` changes whenever drawings that use the tokens' values must read them again.
  return { theme, contrast, dark, inForce: `${dark ? 'dark' : 'light'}${more ? ' more' : ''}` }
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const changed = (): void => {
      setMatches(list.matches)
    }
    list.addEventListener('change', changed)
    changed()
    return () => {
      list.removeEventListener('change', changed)
    }
  }, [query])
  return matches
}

function watchLook(listener: () => void): () => void {
  lookListeners.add(listener)
  return () => {
    lookListeners.delete(listener)
  }
}

function isThemeChoice(value: unknown): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value)
}

function isContrastChoice(value: unknown): value is ContrastChoice {
  return value === 'system' || value === 'more'
}

function keyOf(name: string): string {
  return `telit-sim.${name}`
}
