import { useEffect, useRef } from 'react'

interface KeyActions {
  readonly onHelp: () => void
  /** The n-th stage of the path, from 0. */
  readonly onChart: (at: number) => void
}

/** The window's own keys. While something is being typed they belong to the field, except F6. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'F6') {
        event.preventDefault()
        focusPanel(event.shiftKey ? -1 : 1)
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return
      if (event.key === '?') latest.current.onHelp()
      else if (event.key === '/') document.querySelector<HTMLElement>('[data-key="filter"]')?.focus()
      else if (event.key === 't') document.querySelector<HTMLElement>('.term:not(.behind) .xterm-helper-textarea')?.focus()
      else if (/^[1-5]$/.test(event.key)) latest.current.onChart(Number(event.key) - 1)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => { window.removeEventListener('keydown', press) }
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

/** Moves the focus to the next panel in the order of the page, around at the end. */
function focusPanel(step: 1 | -1): void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-panel]')]
  const at = panels.findIndex((panel) => panel.contains(document.activeElement))
  const next = panels[(at + step + panels.length) % panels.length] ?? panels[0]
  next?.focus()
}
