import { createContext, useContext } from 'react'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { Store, WindowState } from '../state/store/store.ts'
import { quietPorts, type QuietPort } from '../state/terminal/quiet-ports.ts'

/** What every part of the board can read and call. */
export interface Board {
  readonly store: Store
  readonly snapshot: BoardSnapshot
  readonly profile: ModuleProfile | null
  /** Whether the simulator is connected. */
  readonly live: boolean
  /** The parts involved in the last failure. */
  readonly marked: readonly string[]
  readonly markedWhy: Readonly<Record<string, string>>
  /** The id of the one part whose tooltip is open, and of the one whose menu is open; `null` if there is none. */
  readonly tip: string | null
  readonly menu: string | null
  showTip(part: string | null): void
  /** Hides the tooltip of this part, if it is the one shown. */
  hideTip(part: string): void
  openMenu(part: string | null): void
  /** Announces a sentence to screen readers. */
  say(sentence: string): void
}

/** What the board reads of the snapshot, without byte counters: these would render the board at every byte. */
export interface BoardSnapshot extends Pick<
  Snapshot,
  'charts' | 'conditions' | 'network' | 'nvm' | 'product' | 'sim' | 'slots' | 'speed' | 'supply'
> {
  readonly ports: readonly QuietPort[]
}

/** Selects the board's values, for `useShared`. */
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
