import { useRef, type KeyboardEvent, type ReactNode } from 'react'

interface PanelProps {
  readonly name: string
  /** Where the panel has several sides: their names instead of the panel's own. */
  readonly tabs?: PanelTabs
  /** Beside the name at the right: at most a few controls or one short figure. */
  readonly controls?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

interface PanelTabs {
  readonly names: readonly string[]
  /** Index of the one in front. */
  readonly active: number
  readonly onChoose: (at: number) => void
}

/** A panel: its name in a tab strip, then its body. F6 walks from one to the next. */
export function Panel({ name, tabs, controls, className, children }: PanelProps): ReactNode {
  return (
    <section className={`panel ${className ?? ''}`} aria-label={name} data-panel tabIndex={-1}>
      <div className="tabs">
        {tabs && tabs.names.length > 1 ? <TabList name={name} {...tabs} /> : <h2 className="tab">{tabs?.names[0] ?? name}</h2>}
        <span className="fill" />
        {controls}
      </div>
      <div className="body">{children}</div>
    </section>
  )
}

function TabList({ name, names, active, onChoose }: PanelTabs & { readonly name: string }): ReactNode {
  const list = useRef<HTMLDivElement>(null)
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (active + step + names.length) % names.length
    onChoose(next)
    list.current?.querySelectorAll('button')[next]?.focus()
  }
  return (
    <div className="tab-list" role="tablist" aria-label={name} ref={list} onKeyDown={press}>
      {names.map((label, at) => (
        <button
          key={label}
          type="button"
          role="tab"
          className={`tab${at === active ? '' : ' idle'}`}
          aria-selected={at === active}
          tabIndex={at === active ? 0 : -1}
          onClick={() => {
            onChoose(at)
          }}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

/** What a panel shows while it has nothing: one sentence and one action, where the data will be. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
