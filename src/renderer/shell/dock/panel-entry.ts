import type { ComponentType } from 'react'
import type { IconName } from '../../parts/icons.tsx'
import type { Store, WindowState } from '../../state/store/store.ts'
import type { Cell } from './default-layout.ts'

/** A panel of the window, as dock, palette and toolbar know it. */
export interface PanelEntry {
  /** Under this name layouts remember it. */
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly component: ComponentType<{ readonly store: Store }>
  /** Its place in the default layout. */
  readonly cell: Cell
  /** Not there until somebody opens it; then it lies at its place as a tab and can be closed. */
  readonly onDemand?: boolean
  /** Can be closed although it is there from the start. */
  readonly closable?: boolean
  /** Lies in front of those that share its place. */
  readonly front?: boolean
  /** Has a button in its strip that lets it fill the dock. */
  readonly enlarges?: boolean
  /** A button of the toolbar opens it; its word may count something. */
  readonly toolbar?: (state: WindowState) => { readonly word: string; readonly count?: number }
  /** Has done its work in this state, so that from the start something more useful lies in front. */
  readonly done?: (state: WindowState) => boolean
  /** When this is or becomes something other than null, the panel comes to the front by itself. */
  readonly wakes?: (state: WindowState) => string | number | null
}
