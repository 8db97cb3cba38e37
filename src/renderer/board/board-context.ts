import { createContext, useContext } from 'react'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import { quietPorts, type QuietPort } from '../state/terminal/quiet-ports.ts'
import type { Store, WindowState } from '../state/store/store.ts'

/** What every part of the board reads. */
export interface Board {
  readonly store: Store
  readonly snapshot: BoardSnapshot
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

/** What the board shows of a snapshot: nothing that grows with every byte, so that it is not drawn anew for each. */
export interface BoardSnapshot extends Pick<
  Snapshot,
  'charts' | 'conditions' | 'network' | 'nvm' | 'product' | 'sim' | 'slots' | 'speed' | 'supply'
> {
  readonly ports: readonly QuietPort[]
}

/** For `useShared`. */
export function boardSnapshot(state: WindowState): BoardSnapshot | null {
  if (!state.snapshot) return null
  const { charts, conditions, network, nvm, product, sim, slots, speed, supply } = state.snapshot
  return { charts, conditions, network, nvm, product, sim, slots, speed, supply, ports: quietPorts(state) ?? [] }
}

export const BoardContext = createContext<Board | null>(null)

export function useBoard(): Board {
  const board = useContext(BoardContext)
  if (!board) throw new Error('A part of the board is drawn outside of it.')
  return board
}
