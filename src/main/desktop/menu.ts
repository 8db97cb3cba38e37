import { menuActs, type MenuActId } from '../../shared/api/menu-acts.ts'
import { helpPages } from './external-links.ts'

/** A line of the menu as Electron takes it. */
export interface MenuLine {
  label?: string
  role?: MenuRole
  type?: 'separator' | 'checkbox'
  checked?: boolean
  accelerator?: string
  /** False: shown beside the label, and left to the page, which knows when a key belongs to the terminal. */
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
  /** Whether this is a packaged program: it has no tools for developers. */
  readonly isPackaged: boolean
  /** Where NVM is kept, or null. */
  readonly stateFolder: string | null
  readonly recentFolders: readonly string[]
  /** Whether this run serves the board to browsers too. */
  readonly hasBrowserBoard: boolean
  /** Whether closing the window leaves the program in the tray. */
  readonly inTray: boolean
}

/** What the lines do; the shell brings it. */
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

/** The whole menu, as data. */
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

/** In a label `&` would mark a key. */
function escaped(text: string): string {
  return text.replaceAll('&', '&&')
}
