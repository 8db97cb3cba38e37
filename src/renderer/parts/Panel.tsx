import type { ReactNode } from 'react'

interface PanelProps {
  readonly name: string
  /** Beside the name at the right: at most a few controls or one short figure. */
  readonly controls?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A panel: its name in a tab strip, then its body. F6 walks from one to the next. */
export function Panel({ name, controls, className, children }: PanelProps): ReactNode {
  return (
    <section className={`panel ${className ?? ''}`} aria-label={name} data-panel tabIndex={-1}>
      <div className="tabs">
        <h2 className="tab">{name}</h2>
        <span className="fill" />
        {controls}
      </div>
      <div className="body">{children}</div>
    </section>
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
