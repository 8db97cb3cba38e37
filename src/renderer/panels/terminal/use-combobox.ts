import { useEffect } from 'react'
import type { CompletionUse } from './use-completion.ts'

/** Tells a screen reader, while the list is open, that the terminal's input steers it; the list goes when the focus does. */
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
    // `input` and `close` are the same through the life of a terminal.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [open, id, at])
}
