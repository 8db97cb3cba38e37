/** Which panels are open. The dock fills it in; toolbar, palette and panels use it. */
export interface DeskState {
  /** Ids of the panels in the dock. */
  readonly open: readonly string[]
  /** Ids of the visible panels, which are in front of their groups. */
  readonly seen: readonly string[]
  /** Id of the panel that fills the dock, or `null`. */
  readonly enlarged: string | null
}

export const emptyDesk: DeskState = { open: [], seen: [], enlarged: null }

export interface DeskHands {
  /**
   * Brings a panel to the front, and opens it at its default place when it is closed. `focus`: whether it gets the
   * focus.
   */
  show(id: string, focus?: boolean): void
  close(id: string): void
  /** Lets a panel fill the dock, or restores it. */
  enlarge(id: string): void
  /** Changes width and height of the panel by this many px; negative makes it smaller. */
  resize(id: string, widthPx: number, heightPx: number): void
  /** Moves the panel into the group beside its own, as a tab. */
  move(id: string, to: 'left' | 'right' | 'above' | 'below'): void
  /** Restores the default layout. */
  reset(): void
}

/** Stands for a dock that does not exist yet: all calls are ignored. */
export const noHands: DeskHands = {
  show: () => undefined,
  close: () => undefined,
  enlarge: () => undefined,
  resize: () => undefined,
  move: () => undefined,
  reset: () => undefined
}

/** Returns operations that always reach the dock of the moment: `hands` is asked at each call. */
export function throughHands(hands: () => DeskHands): DeskHands {
  return {
    show: (id, focus) => hands().show(id, focus),
    close: (id) => hands().close(id),
    enlarge: (id) => hands().enlarge(id),
    resize: (id, widthPx, heightPx) => hands().resize(id, widthPx, heightPx),
    move: (id, to) => hands().move(id, to),
    reset: () => hands().reset()
  }
}
