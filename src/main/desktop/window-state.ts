import * as v from 'valibot'
import { readJson, writeJson } from './json-file.ts'

/**
 * A rectangle in device-independent pixels. `x` and `y` may be negative on a display left of or above the first one.
 */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * How the window was left: its bounds while not maximised, whether it was maximised, and whether closing it leaves the
 * program in the tray.
 */
export interface WindowState {
  readonly bounds: Bounds
  readonly maximized: boolean
  readonly inTray: boolean
}

/** The part of Electron's window that is used here. */
export interface KeptWindow {
  getNormalBounds(): Bounds
  isMaximized(): boolean
  setBounds(bounds: Bounds): void
  maximize(): void
  isDestroyed(): boolean
}

/** Restores the window's place if it is still on a display. `workAreas` are those of the present displays. */
export function restoreWindow(window: KeptWindow, file: string, workAreas: readonly Bounds[]): void {
  const state = asWindowState(readJson(file))
  if (state === null) return
  const bounds = placeOn(state.bounds, workAreas)
  if (bounds !== null) window.setBounds(bounds)
  if (state.maximized) window.maximize()
}

/** Saves the state of the window, unless it is destroyed. */
export function keepWindow(window: KeptWindow, file: string, inTray: boolean): void {
  if (window.isDestroyed()) return
  writeJson(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized(), inTray } satisfies WindowState)
}

/** Shows the window in front of all others, also when it was minimised or closed into the tray. */
export function bringToFront(window: ShownWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** The part of Electron's window that is used there. */
export interface ShownWindow {
  isDestroyed(): boolean
  isMinimized(): boolean
  restore(): void
  show(): void
  focus(): void
}

/** Returns whether the program was to stay in the tray; off by default. */
export function keptInTray(file: string): boolean {
  return asWindowState(readJson(file))?.inTray ?? false
}

/** The part of the title bar that must be on a display so that a person can move the window, in pixels. */
const GRIP_WIDTH = 120
const GRIP_HEIGHT = 32

/**
 * Returns bounds that a person can reach: the given ones, cut to the display, if the title bar is still on one. `null`
 * when that display is gone; then the system places the window.
 */
export function placeOn(bounds: Bounds, workAreas: readonly Bounds[]): Bounds | null {
  const area = workAreas.find((one) => {
    const shared = Math.min(bounds.x + bounds.width, one.x + one.width) - Math.max(bounds.x, one.x)
    return shared >= GRIP_WIDTH && bounds.y >= one.y && bounds.y + GRIP_HEIGHT <= one.y + one.height
  })
  if (area === undefined) return null
  return {
    x: bounds.x,
    y: bounds.y,
    width: Math.min(bounds.width, area.width),
    height: Math.min(bounds.height, area.height)
  }
}

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const sizePixels = v.pipe(pixels, v.minValue(200))
const windowState = v.object({
  bounds: v.object({ x: pixels, y: pixels, width: sizePixels, height: sizePixels }),
  maximized: v.boolean(),
  // Missing in files of versions without a tray.
  inTray: v.optional(v.boolean(), false)
})

function asWindowState(value: unknown): WindowState | null {
  const checked = v.safeParse(windowState, value)
  return checked.success ? checked.output : null
}
