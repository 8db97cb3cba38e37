import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Completion } from './completions.ts'
import { terminalWords } from './words.ts'

interface CompletionListProps {
  readonly id: string
  readonly completions: readonly Completion[]
  readonly at: number
  /** Position of the cursor, in pixels of the window. */
  readonly cursor: { readonly left: number; readonly top: number; readonly bottom: number }
  readonly onPick: (at: number) => void
}

/** The list of completions, at the cursor. The focus stays in the terminal, whose keys move the selection. */
export function CompletionList({ id, completions, at, cursor, onPick }: CompletionListProps): ReactNode {
  const own = useRef<HTMLUListElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const box = own.current?.getBoundingClientRect()
    if (!box) return
    const below = cursor.bottom + GAP_PX
    const above = cursor.top - GAP_PX - box.height
    // Above the cursor if there is room: the help for the line is below.
    setPlace({
      left: Math.max(EDGE_PX, Math.min(cursor.left, innerWidth - EDGE_PX - box.width)),
      top: above >= EDGE_PX ? above : below
    })
  }, [cursor, completions.length])
  useLayoutEffect(() => {
    own.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])
  return createPortal(
    <ul
      ref={own}
      id={id}
      className="completions"
      role="listbox"
      aria-label={terminalWords.completions.label}
      style={place ?? { left: 0, top: 0, opacity: 0 }}
    >
      {completions.map(({ label, about }, index) => (
        <li
          key={label}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === at}
          onPointerDown={(event) => {
            // Keep the focus in the terminal.
            event.preventDefault()
            onPick(index)
          }}
        >
          <code>{label}</code>
          <span>{about}</span>
        </li>
      ))}
    </ul>,
    document.body
  )
}

const GAP_PX = 4
const EDGE_PX = 4
