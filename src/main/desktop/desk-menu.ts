import type { MenuActId } from '../../shared/api/menu-acts.ts'
import { openListed } from './external-links.ts'
import { menuTemplate, type MenuFacts, type MenuLine } from './menu.ts'
import type { Opener } from './opener.ts'
import { forgetFolders, recentFolders } from './recent-folders.ts'

/** What the menu needs from the shell. */
export interface DeskMenuHost {
  readonly opener: Pick<Opener, 'choose'>
  /** File with the recent state folders. */
  readonly recentFile: string
  facts(): Omit<MenuFacts, 'recentFolders' | 'hasBrowserBoard'>
  /** Address of the board for browsers; `null` when it is not served. */
  readonly board: string | null
  show(lines: MenuLine[]): void
  chooseFolder(): void
  startWith(folder: string): void
  openPath(path: string): void
  openExternal(url: string): Promise<void>
  act(id: MenuActId): void
  /** Puts the program into the tray or takes it out. */
  keepInTray(wanted: boolean): void
}

/** Shows the menu, and again whenever one of its entries changes. */
export function showMenu(host: DeskMenuHost): void {
  const { board, recentFile } = host
  const facts = host.facts()
  const open = (url: string): void => void openListed(url, board, (listed) => host.openExternal(listed))
  host.show(
    menuTemplate(
      { ...facts, recentFolders: recentFolders(recentFile), hasBrowserBoard: board !== null },
      {
        openTranscript: () => void host.opener.choose('check'),
        openCapture: () => void host.opener.choose('show'),
        openFolder: () => host.chooseFolder(),
        openRecent: (folder) => host.startWith(folder),
        forgetRecent: () => {
          forgetFolders(recentFile)
          showMenu(host)
        },
        showFolder: () => {
          if (facts.stateFolder !== null) host.openPath(facts.stateFolder)
        },
        openBoard: () => {
          if (board !== null) open(board)
        },
        openHelp: open,
        keepInTray: (wanted) => {
          host.keepInTray(wanted)
          showMenu(host)
        },
        act: (id) => host.act(id)
      }
    )
  )
}
