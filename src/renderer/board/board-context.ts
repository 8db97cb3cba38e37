import { createContext, useContext } from 'react'
import type { Snapshot } from '../../shared/api.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { Store } from '../state/store.ts'

/** What every part of the board reads. */
export interface Board {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly profile: ModuleProfile | null
  /** Whether the simulator is there to be acted upon. */
  readonly live: boolean
  /** Parts that the last failure has to do with. */
  readonly marked: readonly string[]
  readonly markedWhy: Readonly<Record<string, string>>
  /** The one part whose tooltip or menu is open; null: none. */
  readonly tip: string | null
  readonly menu: string | null
  showTip(part: string | null): void
  /** Takes the tooltip away if it is that part's. */
  hideTip(part: string): void
  openMenu(part: string | null): void
  /** Says something to those who cannot see the board. */
  say(sentence: string): void
}

export const BoardContext = createContext<Board | null>(null)

export function useBoard(): Board {
  const board = useContext(BoardContext)
  if (!board) throw new Error('A part of the board is drawn outside of it.')
  return board
}
