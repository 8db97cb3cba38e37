import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Caret, Icon } from '../../parts/icons.tsx'
import { grouped } from '../../state/sentence/formats.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import { FilterMenu } from './FilterMenu.tsx'
import { timelineWords } from './words.ts'

/** The delay between the last key and the search: longer than between two keys of a word. */
const TYPING_MS = 120

const words = timelineWords.filter

interface FilterFieldProps {
  readonly model: TimelineModel
  readonly selected: number | null
  /** Moves the focus to the list and selects the next match (1), the previous one (-1), or none (0). */
  readonly onLeave: (step: 1 | -1 | 0) => void
}

/** The field for text or a pattern that rows must match, and a button for all other filters. */
export function FilterField({ model, selected, onLeave }: FilterFieldProps): ReactNode {
  const { choice } = model.view
  const [typed, setTyped] = useState(choice.text)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLSpanElement>(null)
  const timer = useRef(0)
  const [known, setKnown] = useState(choice.text)
  if (known !== choice.text) {
    // The text was changed elsewhere, for example cleared.
    setKnown(choice.text)
    setTyped(choice.text)
  }
  useEffect(
    () => () => {
      window.clearTimeout(timer.current)
    },
    []
  )

  function look(text: string, now: boolean): void {
    setTyped(text)
    window.clearTimeout(timer.current)
    const choose = (): void => {
      setKnown(text)
      model.view.choose({ text })
    }
    if (now) choose()
    else timer.current = window.setTimeout(choose, TYPING_MS)
  }

  const parts = choice.kinds.length + choice.instances.length + (choice.cause === null ? 0 : 1)
  const fault = model.filterFault
  const found = choice.text === '' || fault !== null || model.isSearching ? null : (model.hits ?? model.order).count
  return (
    <span ref={box} className={`filter${fault === null ? '' : ' wrong'}`} title={words.title}>
      <Icon name={choice.keepOthers ? 'search' : 'filter'} />
      <input
        data-key="filter"
        type="search"
        value={typed}
        placeholder={choice.keepOthers ? words.search : words.filter}
        aria-label={words.label}
        aria-invalid={fault !== null}
        spellCheck={false}
        onChange={(event) => {
          look(event.target.value, event.target.value === '')
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            look('', true)
            onLeave(0)
          } else if (event.key === 'Enter') {
            look(typed, true)
            onLeave(event.shiftKey ? -1 : 1)
          } else if (event.key === 'ArrowDown') onLeave(0)
          else return
          event.preventDefault()
        }}
      />
      {found !== null && <span className="found">{grouped(found)}</span>}
      <button
        type="button"
        className="toggle mono"
        aria-pressed={choice.regex}
        aria-label={words.regex}
        title={words.regex}
        onClick={() => {
          model.view.choose({ regex: !choice.regex })
        }}
      >
        .*
      </button>
      <button
        ref={button}
        type="button"
        className={`toggle${parts > 0 ? ' set' : ''}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={words.parts(parts)}
        title={words.partsTitle}
        onClick={() => {
          setOpen(!open)
        }}
      >
        {parts > 0 ? parts : <Caret />}
      </button>
      {open && (
        <FilterMenu
          model={model}
          selected={selected}
          anchor={box}
          opener={button}
          onClose={(back) => {
            setOpen(false)
            if (back) button.current?.focus()
          }}
        />
      )}
    </span>
  )
}
