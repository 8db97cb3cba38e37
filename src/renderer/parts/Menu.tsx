import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { Float } from './Float.tsx'

export interface MenuItem {
  readonly label: string
  /** Shown beside the label in a weaker colour. */
  readonly hint?: string
  /** Why the item cannot be chosen now. It stays in the menu and shows this sentence. */
  readonly unfit?: string | null
  /** Set when the item is on or off (`check`), or one of several (`radio`). */
  readonly mark?: { readonly kind: 'check' | 'radio'; readonly on: boolean }
  /** Whether a line is drawn above it. */
  readonly apart?: boolean
  readonly code?: boolean
  readonly onChoose: () => void
}

interface MenuProps {
  readonly name: string
  readonly anchor: RefObject<Element | null>
  readonly items: readonly MenuItem[]
  /** `back`: whether the focus returns to the part. */
  readonly onClose: (back: boolean) => void
}

/** A menu as in the ARIA pattern: arrows, Home, End and first letters move, Enter chooses, Esc and Tab close. */
export function Menu({ name, anchor, items, onClose }: MenuProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const entries = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])]

  useEffect(() => {
    entries()[0]?.focus()
    const outside = (event: PointerEvent): void => {
      if (!list.current?.contains(event.target as Node)) onClose(false)
    }
    document.addEventListener('pointerdown', outside, true)
    return () => {
      document.removeEventListener('pointerdown', outside, true)
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when it opens
  }, [])

  function press(event: KeyboardEvent): void {
    const all = entries()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const go = (to: number): void => {
      all[(to + all.length) % all.length]?.focus()
    }
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(-1)
    else if (event.key === 'Escape') onClose(true)
    else if (event.key === 'Tab') {
      onClose(true)
      return
    } else if (/^\S$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const letter = event.key.toLowerCase()
      const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((one) =>
        one.textContent?.toLowerCase().startsWith(letter)
      )
      next?.focus()
    } else return
    event.preventDefault()
    // Otherwise a letter could also be one of the window's own keys.
    event.stopPropagation()
  }

  return (
    <Float anchor={anchor} className="board-menu">
      <div role="menu" aria-label={name} ref={list} onKeyDown={press}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role={item.mark ? `menuitem${item.mark.kind === 'check' ? 'checkbox' : 'radio'}` : 'menuitem'}
            aria-checked={item.mark?.on}
            aria-disabled={item.unfit ? true : undefined}
            tabIndex={-1}
            className={`${item.apart ? 'apart' : ''}${item.mark?.on ? ' on' : ''}`}
            onClick={() => {
              if (item.unfit) return
              onClose(true)
              item.onChoose()
            }}
            onPointerMove={(event) => {
              event.currentTarget.focus({ preventScroll: true })
            }}
          >
            <i className={item.mark ? item.mark.kind : ''} aria-hidden="true" />
            {item.code ? <code>{item.label}</code> : <span>{item.label}</span>}
            {(item.unfit ?? item.hint) && <small>{item.unfit ?? item.hint}</small>}
          </button>
        ))}
      </div>
    </Float>
  )
}
