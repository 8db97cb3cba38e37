import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import type { TerminalFind } from './use-terminal.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.find

/** Finds text in a terminal's screen and scrollback. Enter goes to older matches, Shift-Enter to newer ones, Escape closes. */
export function FindBar({ find, onClose }: { readonly find: TerminalFind; readonly onClose: () => void }): ReactNode {
  const [text, setText] = useState('')
  const [found, setFound] = useState<{ readonly at: number; readonly count: number } | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    input.current?.focus()
    const off = find.onResults((at, count) => {
      setFound({ at, count })
    })
    return () => {
      off()
      find.clear()
    }
  }, [find])
  return (
    <div
      className="find"
      role="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else if (event.key === 'Enter') find.go(text, event.shiftKey ? 'newer' : 'older')
        else return
        event.preventDefault()
      }}
    >
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        aria-label={words.label}
        placeholder={words.placeholder}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value)
          if (event.target.value === '') {
            find.clear()
            setFound(null)
          } else find.go(event.target.value, 'here')
        }}
      />
      <span className="dim nw" role="status">
        {text === '' || !found ? '' : found.count === 0 ? words.none : words.found(found.at + 1, found.count)}
      </span>
      <button type="button" className="btn sm icon" aria-label={words.close} title={words.closeTitle} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}
