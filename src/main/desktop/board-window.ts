import type { CallAnswer } from '../../shared/carrier/ipc-channels.ts'
import { ipcChannels } from '../../shared/carrier/ipc-channels.ts'
import { isBoardFrame } from './board-address.ts'
import { pageFailure, pageHangs, type FailureDialog } from './failure-dialogs.ts'
import { openableByPage } from './file-types.ts'
import type { PageFiles } from './page-files.ts'

interface Frame {
  readonly url: string
  readonly parent: unknown
}

interface Sent {
  readonly sender: unknown
  readonly senderFrame: Frame | null
}

/** The part of Electron's WebContents that is used here. */
export interface PageContents {
  isDestroyed(): boolean
  send(channel: string, content: unknown): void
  reload(): void
  on(
    event: 'did-start-navigation',
    listener: (details: { readonly isMainFrame: boolean; readonly isSameDocument: boolean }) => void
  ): unknown
  on(event: 'did-finish-load', listener: () => void): unknown
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown
}

export interface PageWindow {
  readonly webContents: PageContents
  isDestroyed(): boolean
  on(event: 'closed' | 'unresponsive', listener: () => void): unknown
}

export interface IpcMain {
  handle(channel: string, listener: (event: Sent, ...args: unknown[]) => unknown): void
  on(channel: string, listener: (event: Sent, ...args: unknown[]) => void): unknown
}

/** The carrier of SimulatorApi to this window. */
export interface Carrier {
  call(call: unknown, args: unknown): Promise<CallAnswer>
  subscribe(): void
  unsubscribe(): void
  taken(): void
}

/** Connects the page to the simulator. Checks the sender of each message; the carrier checks its content. */
export function connectPage(
  window: PageWindow,
  ipcMain: IpcMain,
  carrier: Carrier,
  files: PageFiles,
  opened: (paths: readonly string[]) => void
): void {
  const contents = window.webContents
  const isOurs = (event: Sent): boolean => event.sender === contents && isBoardFrame(event.senderFrame)

  ipcMain.handle(ipcChannels.call, (event, call, args) =>
    isOurs(event) ? carrier.call(call, args) : { error: 'Only the board may use the simulator.' }
  )
  ipcMain.on(ipcChannels.subscribe, (event) => isOurs(event) && carrier.subscribe())
  ipcMain.on(ipcChannels.unsubscribe, (event) => isOurs(event) && carrier.unsubscribe())
  ipcMain.on(ipcChannels.taken, (event) => isOurs(event) && carrier.taken())
  ipcMain.on(ipcChannels.dropped, (event, paths) => isOurs(event) && opened(openableByPage(paths)))
  const leave = (): void => {
    carrier.unsubscribe()
    files.left()
  }
  // A page that is left or reloaded cannot unsubscribe itself.
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) leave()
  })
  contents.on('did-finish-load', () =>
    files.loaded((file) => contents.isDestroyed() || contents.send(ipcChannels.file, file))
  )
  contents.on('render-process-gone', leave)
  window.on('closed', leave)
}

/** After so many crashes reloading will not help; then a person is asked. */
const MAX_RELOADS = 3

export interface PageCare {
  isEnding(): boolean
  ask<Act extends string>(failure: FailureDialog<Act>): Promise<Act>
  say(sentence: string): void
  end(): void
}

/** Reloads a crashed page, up to MAX_RELOADS times. Asks a person when the page hangs or crashes more often. */
export function standByPage(window: PageWindow, care: PageCare): void {
  let crashes = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    care.say(`The window's page ended (${reason}); the simulator goes on.`)
    crashes += 1
    if (care.isEnding()) return
    if (crashes <= MAX_RELOADS) window.webContents.reload()
    else
      void care
        .ask(pageFailure(reason, crashes))
        .then((act) => (act === 'quit' ? care.end() : window.webContents.reload()))
  })
  window.on('unresponsive', () => {
    void care.ask(pageHangs()).then((act) => act === 'reload' && !window.isDestroyed() && window.webContents.reload())
  })
}
