import { useEffect } from 'react'
import type { CompletionUse } from './use-completion.ts'

/** Marks the terminal's input as the combobox of the open list, for screen readers. Closes the list when the focus leaves. */
export function useCombobox(input: () => HTMLTextAreaElement | null, { id, list, at, close }: CompletionUse): void {
  const open = list.length > 0
  useEffect(() => {
    const element = input()
    if (!element || !open) return
    const attributes = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'true',
      'aria-controls': id,
      'aria-activedescendant': `${id}-${at}`
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.addEventListener('blur', close)
    return () => {
      for (const name of Object.keys(attributes)) element.removeAttribute(name)
      element.removeEventListener('blur', close)
    }
    // `input` and `close` are the same for the lifetime of a terminal.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [open, id, at])
}
