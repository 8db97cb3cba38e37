import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from './icons.tsx'
import { partWords } from './words.ts'

/** How long the tick is shown after copying. */
const CONFIRM_MS = 1600

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for the tooltip and for a screen reader, such as `the port’s path`. */
  readonly what: string
  /** A word on the button. Without it the button shows an icon. */
  readonly label?: string
}

export function CopyButton({ text, what, label }: CopyButtonProps): ReactNode {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const timer = useRef(0)
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    []
  )

  function copy(): void {
    const done = (next: 'copied' | 'refused'): void => {
      setState(next)
      window.clearTimeout(timer.current)
      timer.current = window.setTimeout(() => {
        setState('idle')
      }, CONFIRM_MS)
    }
    void writeClipboard(text).then((written) => {
      done(written ? 'copied' : 'refused')
    })
  }

  const words = partWords.copy
  const name = state === 'copied' ? words.copied : state === 'refused' ? words.refused : words.copy(what)
  return (
    <button type="button" className={`btn sm ${label ? 'line' : 'icon'}`} aria-label={name} title={name} onClick={copy}>
      <Icon name={state === 'copied' ? 'check' : 'copy'} />
      {label}
    </button>
  )
}

/** Writes text to the clipboard. Returns false when the browser refuses. */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return writeBySelection(text)
  }
}

/** Copies by a selection. This works where the clipboard API is denied, as in the desktop program. */
function writeBySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'off-screen'
  const before = document.activeElement
  document.body.append(field)
  field.select()
  const written = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement || before instanceof SVGElement) before.focus()
  return written
}
