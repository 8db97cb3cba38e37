import { createContext, useCallback, useContext, useLayoutEffect, useSyncExternalStore } from 'react'

/** The sides of a panel that has several, as tabs in its strip. */
export interface PanelSides {
  readonly names: readonly string[]
  /** Index of the side in front. */
  readonly active: number
  readonly onChoose: (at: number) => void
}

/** Passes what panels put into the tab strips of the dock: controls at the right, sides beside the name. */
export class Strips {
  readonly #slots = new Map<string, HTMLElement>()
  readonly #sides = new Map<string, PanelSides>()
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Returns the strip's element for the panel's controls; `null` while the panel is behind another. */
  slotOf(id: string): HTMLElement | null {
    return this.#slots.get(id) ?? null
  }

  offerSlot(id: string, element: HTMLElement): () => void {
    this.#slots.set(id, element)
    this.#tell()
    return () => {
      if (this.#slots.get(id) !== element) return
      this.#slots.delete(id)
      this.#tell()
    }
  }

  sidesOf(id: string): PanelSides | null {
    return this.#sides.get(id) ?? null
  }

  setSides(id: string, sides: PanelSides | null): void {
    const before = this.#sides.get(id)
    if (sides) this.#sides.set(id, sides)
    else this.#sides.delete(id)
    if (before?.active !== sides?.active || before?.names.join('\n') !== sides?.names.join('\n')) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

interface Place {
  readonly strips: Strips
  readonly id: string
  /** Names and styles the frame that the dock draws around the panel. */
  readonly setFrame: (frame: PanelFrame) => void
}

export interface PanelFrame {
  readonly name: string
  readonly className: string
}

/** The panel and the dock in which a component is drawn; `null` outside a dock. */
export const DockPlace = createContext<Place | null>(null)

/** Returns the strip's element for the controls of the enclosing panel; `undefined` outside a dock. */
export function useStripSlot(): HTMLElement | null | undefined {
  const place = useContext(DockPlace)
  const subscribe = useCallback(
    (listener: () => void) => place?.strips.subscribe(listener) ?? (() => undefined),
    [place]
  )
  return useSyncExternalStore(subscribe, () => (place ? place.strips.slotOf(place.id) : undefined))
}

/** Sets name and class of the dock's frame around the panel. Does nothing outside a dock. */
export function useFrame(name: string, className: string): void {
  const setFrame = useContext(DockPlace)?.setFrame
  useLayoutEffect(() => {
    setFrame?.({ name, className })
  }, [setFrame, name, className])
}

/** Puts the sides of the enclosing panel into its strip. */
export function useStripSides(sides: PanelSides | null): void {
  const place = useContext(DockPlace)
  useLayoutEffect(() => {
    place?.strips.setSides(place.id, sides)
  })
  useLayoutEffect(() => () => place?.strips.setSides(place.id, null), [place])
}

export function useSidesOf(strips: Strips, id: string): PanelSides | null {
  return useSyncExternalStore(strips.subscribe, () => strips.sidesOf(id))
}
