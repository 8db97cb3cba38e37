/** Which panels lie open, and what can be done with them. Filled in by the dock; used by toolbar, palette and panels. */
export interface DeskState {
  /** Ids of the panels that are somewhere in the dock. */
  readonly open: readonly string[]
  /** Ids of those that can be seen: in front of their group. */
  readonly seen: readonly string[]
  /** The panel that fills the dock alone, or null. */
  readonly enlarged: string | null
}

export const emptyDesk: DeskState = { open: [], seen: [], enlarged: null }

export interface DeskHands {
  /** Brings a panel to the front, opening it at its default place when it is closed. `focus`: and into it. */
  show(id: string, focus?: boolean): void
  close(id: string): void
  /** Lets a panel fill the dock, or puts it back. */
  enlarge(id: string): void
  /** Makes the panel wider and higher by so many px; negative: smaller. */
  resize(id: string, widthPx: number, heightPx: number): void
  /** Puts the panel into the group that lies beside its own, as a tab. */
  move(id: string, to: 'left' | 'right' | 'above' | 'below'): void
  /** Puts every panel where it was at the first start. */
  reset(): void
}

/** A dock that is not there yet: what is asked of it is lost, and nothing breaks. */
export const noHands: DeskHands = {
  show: () => undefined,
  close: () => undefined,
  enlarge: () => undefined,
  resize: () => undefined,
  move: () => undefined,
  reset: () => undefined
}
