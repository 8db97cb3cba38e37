import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { ArmedList } from './Armed.tsx'
import { labWords } from './words.ts'

const words = labWords.menu
const none = [] as const

/** The toolbar's faults button. It opens the panel or, while faults are armed, a menu that clears them. */
export function FaultsMenu({ store }: { readonly store: Store }): ReactNode {
  const faults = useStore(store, (state) => state.snapshot?.lab.faults ?? none)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const seen = useStore(store, (state) => state.desk.seen.includes('faults'))
  const [asked, setAsked] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const open = asked && faults.length > 0
  useEffect(() => {
    if (!open) return
    box.current?.querySelector<HTMLElement>('.popover button')?.focus()
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setAsked(false)
    }
    const close = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      setAsked(false)
      box.current?.querySelector<HTMLElement>('.btn')?.focus()
    }
    window.addEventListener('pointerdown', outside)
    window.addEventListener('keydown', close)
    return () => {
      window.removeEventListener('pointerdown', outside)
      window.removeEventListener('keydown', close)
    }
  }, [open])
  return (
    <div className="faults-menu" ref={box}>
      <button
        type="button"
        className="btn"
        aria-label={words.name(faults.length)}
        aria-expanded={faults.length > 0 ? open : undefined}
        aria-pressed={faults.length > 0 ? undefined : seen}
        title={faults.length > 0 ? words.showArmed : words.showPanel}
        onClick={() => {
          if (faults.length > 0) setAsked(!open)
          else store.desk.show('faults', true)
        }}
      >
        <Icon name="faults" />
        <span className="word">{words.word}</span>{' '}
        <span className={`badge${faults.length > 0 ? ' armed' : ''}`}>{faults.length}</span>
      </button>
      {open && (
        <div className="popover" role="dialog" aria-label={labWords.armed.name}>
          <ArmedList store={store} faults={faults} live={live} />
          <div className="acts">
            <button
              type="button"
              className="btn line"
              onClick={() => {
                setAsked(false)
                store.desk.show('faults', true)
              }}
            >
              {words.all}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}
