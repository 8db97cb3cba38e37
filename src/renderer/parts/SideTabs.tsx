import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { PanelSides } from './strips.ts'
import { partWords } from './words.ts'

interface SideTabsProps {
  /** The name of the panel. */
  readonly name: string
  readonly sides: PanelSides
  /** Index of the first side to draw. Earlier sides are drawn elsewhere. */
  readonly from: number
  /** Called when the arrow keys reach a side that is drawn elsewhere. */
  readonly onLeave?: (at: number) => void
}

/** Tabs of a panel that has several sides. */
export function SideTabs({ name, sides, from, onLeave }: SideTabsProps): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const { names, active, onChoose } = sides
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (active + step + names.length) % names.length
    onChoose(next)
    if (next < from) onLeave?.(next)
    else list.current?.querySelectorAll('button')[next - from]?.focus()
  }
  return (
    <div className="tab-list" role="tablist" aria-label={partWords.tabs(name)} ref={list} onKeyDown={press}>
      {names.slice(from).map((label, index) => {
        const at = from + index
        return (
          <button
            key={label}
            type="button"
            role="tab"
            className={`tab${at === active ? '' : ' idle'}`}
            aria-selected={at === active}
            tabIndex={at === active || (active < from && index === 0) ? 0 : -1}
            onClick={() => {
              onChoose(at)
            }}
          >
            {label}
          </button>
        )
      })}
    </div>
  )
}
