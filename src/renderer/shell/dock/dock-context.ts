import { createContext, useContext } from 'react'
import type { Strips } from '../../parts/strips.ts'
import type { Store } from '../../state/store/store.ts'
import type { PanelEntry } from './panel-entry.ts'

interface DockFacts {
  readonly store: Store
  readonly panels: readonly PanelEntry[]
  readonly strips: Strips
}

/** What every part of the dock needs: store, panels and strips. */
export const DockContext = createContext<DockFacts | null>(null)

export function useDock(): DockFacts {
  const dock = useContext(DockContext)
  if (!dock) throw new Error('A part of the dock is drawn outside of it.')
  return dock
}
