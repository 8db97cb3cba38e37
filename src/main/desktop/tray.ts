import { join } from 'node:path'
import type { MenuLine } from './menu.ts'

/** The part of Electron's Tray that is used here. */
export interface TrayIcon {
  setToolTip(text: string): void
  setContextMenu(menu: unknown): void
  on(event: 'click', listener: () => void): unknown
  destroy(): void
}

export interface TrayHost {
  /** Throws where the system has no tray. */
  makeIcon(file: string): TrayIcon
  buildMenu(lines: MenuLine[]): unknown
}

/** The acts of its menu entries, implemented by the shell. */
export interface TrayDeeds {
  show(): void
  copyPort(): void
  pressKey(key: 'on' | 'reset'): void
  quit(): void
}

/** Returns what happens to the program when its window is closed. */
export function afterClosing({
  isMac,
  inTray,
  ending
}: {
  readonly isMac: boolean
  readonly inTray: boolean
  readonly ending: boolean
}): 'hide' | 'end' {
  if (ending) return 'end'
  // On macOS a program stays without a window and the Dock shows it again. Elsewhere it needs the tray icon.
  return isMac || inTray ? 'hide' : 'end'
}

/**
 * The program without its window: an icon in the tray (on macOS, in the menu bar). Off unless a person turned it on.
 */
export class Tray {
  #icon: TrayIcon | null = null

  constructor(
    private readonly host: TrayHost,
    private readonly iconFile: string,
    private readonly deeds: TrayDeeds
  ) {}

  get isShown(): boolean {
    return this.#icon !== null
  }

  /** Adds or removes the icon. Returns whether it is there. */
  set(wanted: boolean): boolean {
    if (!wanted) {
      this.#icon?.destroy()
      this.#icon = null
    } else if (!this.#icon) {
      try {
        this.#icon = this.host.makeIcon(this.iconFile)
        this.#icon.setToolTip('Telit SSL Simulator')
        this.#icon.setContextMenu(this.host.buildMenu(trayMenu(this.deeds)))
        this.#icon.on('click', () => this.deeds.show())
      } catch {
        this.#icon = null
      }
    }
    return this.isShown
  }
}

export function trayMenu(deeds: TrayDeeds): MenuLine[] {
  return [
    { label: 'Show the board', click: () => deeds.show() },
    { label: "Copy the port's path", click: () => deeds.copyPort() },
    { type: 'separator' },
    { label: 'Press ON', click: () => deeds.pressKey('on') },
    { label: 'Press RESET', click: () => deeds.pressKey('reset') },
    { type: 'separator' },
    { label: 'Quit', click: () => deeds.quit() }
  ]
}

/**
 * Returns the file of the tray icon. Packages have it beside the archive, where the system can read it; otherwise it is
 * in the checkout, `root`.
 */
export function trayIconFile({
  platform,
  isPackaged,
  resources,
  root
}: {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly resources: string
  readonly root: string
}): string {
  const name = platform === 'win32' ? 'icon.ico' : platform === 'darwin' ? '16x16.png' : '32x32.png'
  return isPackaged ? join(resources, 'icons', name) : join(root, 'build/icons', name)
}
