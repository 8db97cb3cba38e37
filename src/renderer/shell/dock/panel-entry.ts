import type { ComponentType } from 'react'
import type { IconName } from '../../parts/icons.tsx'
import type { Store, WindowState } from '../../state/store/store.ts'
import type { Cell } from './default-layout.ts'

/** A panel of the window, as the dock, the palette and the toolbar use it. */
export interface PanelEntry {
  /** The name under which layouts store it. */
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly component: ComponentType<{ readonly store: Store }>
  /** Its place in the default layout. */
  readonly cell: Cell
  /** Missing until a person opens it. It is then a tab at its place and can be closed. */
  readonly onDemand?: boolean
  /** Whether it can be closed although the default layout has it. */
  readonly closable?: boolean
  /** Whether it is in front of the panels that share its place. */
  readonly front?: boolean
  /** Whether its strip has a button that lets it fill the dock. */
  readonly enlarges?: boolean
  /** Its button in the toolbar; the word may have a count. */
  readonly toolbar?: (state: WindowState) => { readonly word: string; readonly count?: number }
  /** Returns whether the panel has served its purpose, so that a new layout shows a more useful panel in front. */
  readonly done?: (state: WindowState) => boolean
  /** The panel comes to the front when this is, or changes to, a value other than `null`. */
  readonly wakes?: (state: WindowState) => string | number | null
}
