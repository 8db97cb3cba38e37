import * as v from 'valibot'
import { readJson, writeJson } from './json-file.ts'

/** A rectangle in the device-independent pixels of the screen; `x` and `y` may be negative beside the first display. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** How the window was left: its bounds while not maximised, whether it was, and whether closing it leaves the program in the tray. */
export interface WindowState {
  readonly bounds: Bounds
  readonly maximized: boolean
  readonly inTray: boolean
}

/** What of Electron's window is used here. */
export interface KeptWindow {
  getNormalBounds(): Bounds
  isMaximized(): boolean
  setBounds(bounds: Bounds): void
  maximize(): void
  isDestroyed(): boolean
}

/** Puts the window where it was left, if that place is still on a display. `workAreas`: of the displays there are. */
export function restoreWindow(window: KeptWindow, file: string, workAreas: readonly Bounds[]): void {
  const state = asWindowState(readJson(file))
  if (state === null) return
  const bounds = placeOn(state.bounds, workAreas)
  if (bounds !== null) window.setBounds(bounds)
  if (state.maximized) window.maximize()
}

/** Keeps how the window is; harmless for one that has gone. */
export function keepWindow(window: KeptWindow, file: string, inTray: boolean): void {
  if (window.isDestroyed()) return
  writeJson(file, { bounds: window.getNormalBounds(), maximized: window.isMaximized(), inTray } satisfies WindowState)
}

/** Whether the program was to stay in the tray; off where nothing says so. */
export function keptInTray(file: string): boolean {
  return asWindowState(readJson(file))?.inTray ?? false
}

/** So much of the upper edge must be on a display for a person to take hold of it, in pixels. */
const GRIP_WIDTH = 120
const GRIP_HEIGHT = 32

/**
 * The bounds where somebody can reach them: as they were when the upper edge is still on a display, cut to its size; null
 * when that display has gone, and then the system chooses.
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
  // Files of before there was a tray have none.
  inTray: v.optional(v.boolean(), false)
})

function asWindowState(value: unknown): WindowState | null {
  const checked = v.safeParse(windowState, value)
  return checked.success ? checked.output : null
}
