import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Sheet } from '../parts/Sheet.tsx'
import { Icon } from '../parts/icons.tsx'
import { readPref, writePref } from '../state/prefs.ts'
import { findActions, type Action } from '../state/store/actions.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { KeyCaps } from './KeySheet.tsx'
import { paletteWords } from './words.ts'

/** How many of the last actions are listed first. */
const RECENT_ACTIONS = 5

/** The palette: finds every action of the window by typing. */
export function Palette({ store }: { readonly store: Store }): ReactNode {
  const open = useStore(store, (state) => state.sheet === 'palette')
  return (
    <Sheet
      open={open}
      name={paletteWords.name}
      className="palette"
      bare
      onClose={() => {
        if (store.get().sheet === 'palette') store.openSheet(null)
      }}
    >
      <Search store={store} />
    </Sheet>
  )
}

function Search({ store }: { readonly store: Store }): ReactNode {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const all = useMemo(() => store.actions.all(), [store])
  const [recent] = useState(() => readPref('palette.recent', [], isIds))
  const found = useMemo(
    () => (typed.trim() === '' ? recentFirst(findActions(all, ''), recent) : findActions(all, typed)),
    [all, typed, recent]
  )
  const chosen = found[Math.min(at, found.length - 1)]

  useEffect(() => {
    field.current?.focus()
  }, [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at, typed])

  function run(action: Action | undefined): void {
    if (!action?.run || (action.why?.() ?? null) !== null) return
    writePref('palette.recent', [action.id, ...recent.filter((one) => one !== action.id)].slice(0, RECENT_ACTIONS))
    // Closed first, because the action may set the focus, which must not be behind a modal sheet.
    store.openSheet(null)
    const { run: act } = action
    requestAnimationFrame(() => {
      act()
    })
  }

  function press(event: KeyboardEvent): void {
    const last = found.length - 1
    const next = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8)
    }[event.key]
    if (next !== undefined) setAt(Math.max(0, next))
    else if (event.key === 'Enter') run(chosen)
    else return
    event.preventDefault()
  }

  const why = chosen?.why?.() ?? null
  return (
    <div className="palette-body" onKeyDown={press}>
      <div className="palette-field">
        <Icon name="search" />
        <input
          ref={field}
          role="combobox"
          aria-label={paletteWords.field}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
          placeholder={paletteWords.field}
          value={typed}
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value)
            setAt(0)
          }}
        />
        <kbd>{paletteWords.escape}</kbd>
      </div>
      <ul className="palette-list" role="listbox" aria-label={paletteWords.list} id={`${id}-list`} ref={list}>
        {found.map((action, index) => {
          const refused = action.why?.() ?? null
          return (
            <li
              key={action.id}
              id={`${id}-${action.id}`}
              role="option"
              aria-selected={action === chosen}
              aria-disabled={refused !== null}
              className={refused === null ? '' : 'refused'}
              title={refused ?? undefined}
              onPointerMove={() => {
                if (index !== at) setAt(index)
              }}
              onClick={() => {
                run(action)
              }}
            >
              <span className="group">{action.group}</span>
              <span className="cut">{action.words}</span>
              <KeyCaps action={action} />
            </li>
          )
        })}
      </ul>
      <p className="palette-foot" role="status">
        {found.length === 0
          ? paletteWords.nothing(typed.trim())
          : (why ?? paletteWords.count(found.length, findActions(all, '').length))}
      </p>
    </div>
  )
}

function recentFirst(actions: readonly Action[], recent: readonly string[]): readonly Action[] {
  const first = recent.flatMap((id) => actions.find((action) => action.id === id) ?? [])
  return [...first, ...actions.filter((action) => !first.includes(action))]
}

function isIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
