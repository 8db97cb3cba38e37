import { menuActs, type MenuActId } from '../../shared/api/menu-acts.ts'
import { helpPages } from './external-links.ts'

/** An entry of Electron's menu template. */
export interface MenuLine {
  label?: string
  role?: MenuRole
  type?: 'separator' | 'checkbox'
  checked?: boolean
  accelerator?: string
  /** False: only shown. The page handles the key, because it knows when the key belongs to the terminal. */
  registerAccelerator?: boolean
  enabled?: boolean
  click?: () => void
  submenu?: MenuLine[]
}

type MenuRole =
  | 'about'
  | 'appMenu'
  | 'copy'
  | 'cut'
  | 'paste'
  | 'quit'
  | 'redo'
  | 'reload'
  | 'resetZoom'
  | 'selectAll'
  | 'toggleDevTools'
  | 'togglefullscreen'
  | 'undo'
  | 'windowMenu'
  | 'zoomIn'
  | 'zoomOut'

export interface MenuFacts {
  readonly isMac: boolean
  /** True in a packaged program, which has no developer tools. */
  readonly isPackaged: boolean
  /** The state folder, where NVM is kept, or `null`. */
  readonly stateFolder: string | null
  readonly recentFolders: readonly string[]
  /** Whether this run also serves the board to browsers. */
  readonly hasBrowserBoard: boolean
  /** Whether closing the window leaves the program in the tray. */
  readonly inTray: boolean
}

/** The acts of the menu entries, implemented by the shell. */
export interface MenuDeeds {
  openTranscript(): void
  openCapture(): void
  keepInTray(wanted: boolean): void
  openFolder(): void
  openRecent(folder: string): void
  forgetRecent(): void
  showFolder(): void
  openBoard(): void
  openHelp(url: string): void
  act(id: MenuActId): void
}

/** Returns the whole menu as data. */
export function menuTemplate(facts: MenuFacts, deeds: MenuDeeds): MenuLine[] {
  const line: MenuLine = { type: 'separator' }
  const acts = (menu: 'View' | 'Module'): MenuLine[] =>
    menuActs
      .filter((act) => act.menu === menu)
      .map(({ id, label, keys }) => ({
        label,
        click: () => deeds.act(id),
        ...(keys === null ? {} : { accelerator: keys, registerAccelerator: false })
      }))
  const forDevelopers: MenuLine[] = facts.isPackaged ? [] : [line, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    ...(facts.isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'Simulator',
      submenu: [
        { label: 'Check a transcript…', accelerator: 'CmdOrCtrl+O', click: () => deeds.openTranscript() },
        { label: 'Open a capture…', click: () => deeds.openCapture() },
        line,
        { label: 'Open a state folder…', click: () => deeds.openFolder() },
        recentMenu(facts, deeds),
        { label: 'Show the state folder', enabled: facts.stateFolder !== null, click: () => deeds.showFolder() },
        line,
        { label: 'Open the board in a browser', enabled: facts.hasBrowserBoard, click: () => deeds.openBoard() },
        ...(facts.isMac ? [] : [line, { role: 'quit' as const }])
      ]
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' }
      ]
    },
    { label: 'Module', submenu: acts('Module') },
    {
      label: 'View',
      submenu: [
        ...acts('View'),
        line,
        trayLine(facts, deeds),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...forDevelopers
      ]
    },
    ...(facts.isMac ? [{ role: 'windowMenu' as const }] : []),
    {
      label: 'Help',
      submenu: [
        ...helpPages.map(({ label, url }): MenuLine => ({ label, click: () => deeds.openHelp(url) })),
        ...(facts.isMac ? [] : [line, { role: 'about' as const }])
      ]
    }
  ]
}

function trayLine({ isMac, inTray }: MenuFacts, deeds: MenuDeeds): MenuLine {
  const place = isMac ? 'menu bar' : 'tray'
  return {
    label: `Keep in the ${place} when the window is closed`,
    type: 'checkbox',
    checked: inTray,
    click: () => deeds.keepInTray(!inTray)
  }
}

function recentMenu({ recentFolders, stateFolder }: MenuFacts, deeds: MenuDeeds): MenuLine {
  const others = recentFolders.filter((folder) => folder !== stateFolder)
  return {
    label: 'Recent state folders',
    enabled: others.length > 0,
    submenu: [
      ...others.map((folder): MenuLine => ({ label: escaped(folder), click: () => deeds.openRecent(folder) })),
      { type: 'separator' },
      { label: 'Forget these', click: () => deeds.forgetRecent() }
    ]
  }
}

/** Escapes `&`, which would mark an access key in a label. */
function escaped(text: string): string {
  return text.replaceAll('&', '&&')
}
