import { useEffect, useState } from 'react'

/** What a person chose and expects to find again: kept in this browser, and lost without harm. */
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
    // A browser that keeps nothing (private window, full disk) still shows everything.
  }
}

export type ThemeChoice = 'system' | 'light' | 'dark'
export const themeChoices: readonly ThemeChoice[] = ['system', 'light', 'dark']

/** The chosen theme, put on the document together with the system's wish for contrast. */
export function useTheme(): { readonly choice: ThemeChoice; readonly dark: boolean; choose(next: ThemeChoice): void } {
  const [choice, setChoice] = useState(() => readPref('theme', 'system', isThemeChoice))
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const moreContrast = useMedia('(prefers-contrast: more)')
  const dark = choice === 'dark' || (choice === 'system' && systemDark)
  const root = document.documentElement
  // During render and not in an effect: children read the tokens while they mount.
  root.dataset['theme'] = dark ? 'dark' : 'light'
  if (moreContrast) root.dataset['contrast'] = 'more'
  else delete root.dataset['contrast']
  return {
    choice,
    dark,
    choose(next) {
      writePref('theme', next)
      setChoice(next)
    }
  }
}

export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const changed = (): void => { setMatches(list.matches) }
    list.addEventListener('change', changed)
    changed()
    return () => { list.removeEventListener('change', changed) }
  }, [query])
  return matches
}

function isThemeChoice(value: unknown): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value)
}

function keyOf(name: string): string {
  return `telit-sim.${name}`
}
