/** @module The parts that several panels are built of: buttons, menus, sheets and the frame of a panel. */

import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { SideTabs } from './SideTabs.tsx'
import { useFrame, useStripSides, useStripSlot, type PanelSides } from './strips.ts'

interface PanelProps {
  readonly name: string
  /** The sides of a panel that has several: their names replace the panel's own. */
  readonly tabs?: PanelSides
  /** At the right of the name: at most a few controls or one short figure. */
  readonly controls?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/**
 * A panel: its name in a tab strip, then its body. In a dock, the dock draws strip and frame, and the panel gives it
 * its name, sides and controls.
 */
export function Panel({ name, tabs, controls, className = '', children }: PanelProps): ReactNode {
  const slot = useStripSlot()
  useStripSides(tabs ?? null)
  useFrame(name, className)
  const body = <div className="body">{children}</div>
  if (slot !== undefined) {
    return (
      <>
        {slot && createPortal(controls, slot)}
        {body}
      </>
    )
  }
  return (
    <section className={`panel ${className}`} aria-label={name} data-panel="" tabIndex={-1}>
      <div className="tabs">
        {tabs && tabs.names.length > 1 ? (
          <SideTabs name={name} sides={tabs} from={0} />
        ) : (
          <h2 className="tab">{tabs?.names[0] ?? name}</h2>
        )}
        <span className="fill" />
        {controls}
      </div>
      {body}
    </section>
  )
}

/** What a panel shows while it has no data: one sentence and one action. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
