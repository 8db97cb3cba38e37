import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, protocol, session } from 'electron'
import type { WebContents, WebFrameMain } from 'electron'
import { ipcChannels } from '../shared/ipc-channels.ts'
import { asksForHelp, parseCommandLine, usage, UsageError } from './cli-options.ts'
import { boardHeaders, listBoardFiles } from './control/board-files.ts'
import { sentenceOf } from './control/dispatch.ts'
import { WindowCarrier } from './control/window-carrier.ts'
import { reportReady } from './report-ready.ts'
import { startSimulator } from './simulator.ts'
import type { Simulator } from './simulator.ts'

/**
 * The desktop shell: the window, its menu, its permissions. It knows Electron and nothing of AT; everything the window
 * does goes through SimulatorApi.
 *
 * The board is served under a scheme of its own, not `file:`: a page from a file may read other files, and has no origin
 * that a policy could name.
 */
const boardScheme = 'telit-sim'
const boardUrl = `${boardScheme}://board/index.html`
const boardFolder = join(import.meta.dirname, '../renderer')
const preloadFile = join(import.meta.dirname, '../preload/index.cjs')

/** Closing waits for a start under way (registration takes some seconds); what takes longer than this hangs. */
const closeLimitMs = 10_000

/** A page that crashes again and again will not be mended by loading it once more. */
const maxReloads = 3

// Both have to be said before Electron is ready, that is, before anything is awaited.
protocol.registerSchemesAsPrivileged([{ scheme: boardScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
app.enableSandbox()

let starting: Promise<Simulator> | null = null
let ending = false

app.on('window-all-closed', () => app.quit())
app.on('will-quit', (event) => {
  event.preventDefault()
  void end()
})
app.on('web-contents-created', (_event, contents) => confine(contents))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())

void start()

async function start(): Promise<void> {
  const argv = ownArguments()
  if (asksForHelp(argv)) {
    process.stdout.write(usage)
    return await end()
  }
  try {
    const options = parseCommandLine(argv)
    await app.whenReady()
    // The window needs no server; one is there for browsers beside it when a port was named.
    starting = startSimulator(options, {
      board: options.uiPort ? boardFolder : null,
      notice: (sentence) => process.stderr.write(`telit-sim: ${sentence}\n`)
    })
    const simulator = await starting
    if (ending) return
    denyPermissions()
    serveBoard()
    setMenu()
    reportReady(simulator, options)
    await openWindow(simulator)
  } catch (error) {
    if (ending) return
    process.stderr.write(`telit-sim: ${sentenceOf(error)}\n`)
    await end(error instanceof UsageError ? 2 : 3)
  }
}

/** Closes the simulator, then the program. A second wish to end changes nothing. */
async function end(status = 0): Promise<void> {
  if (ending) return
  ending = true
  const limit = setTimeout(() => {
    process.stderr.write(`telit-sim: The simulator did not close within ${closeLimitMs / 1000} seconds.\n`)
    app.exit(1)
  }, closeLimitMs)
  try {
    await (await starting?.catch(() => null))?.close()
  } catch (error) {
    process.stderr.write(`telit-sim: ${sentenceOf(error)}\n`)
    status ||= 1
  }
  clearTimeout(limit)
  app.exit(status)
}

/** Electron's own switches may stand before the path of the program; what follows that path is ours. */
function ownArguments(): string[] {
  if (!process.defaultApp) return process.argv.slice(1)
  const programAt = process.argv.findIndex((part, index) => index > 0 && !part.startsWith('-'))
  return process.argv.slice(programAt + 1)
}

async function openWindow(simulator: Simulator): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    useContentSize: true,
    title: 'Telit SSL Simulator',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !app.isPackaged,
      // The dictionaries would be fetched from the internet.
      spellcheck: false
    }
  })
  window.once('ready-to-show', () => window.show())
  connect(window, simulator)
  reloadAfterCrash(window.webContents)
  await window.loadURL(boardUrl).catch((error: unknown) => {
    // Closed while it was loading: that is the person's wish, and no failure.
    if (!window.isDestroyed()) throw error
  })
}

/** Joins the window to the simulator. Every message is checked for who sends it; its content is checked by the carrier. */
function connect(window: BrowserWindow, simulator: Simulator): void {
  const contents = window.webContents
  const carrier = new WindowCarrier(simulator.api, (batch) => {
    if (!contents.isDestroyed()) contents.send(ipcChannels.batch, batch)
  })
  const isOurs = (event: { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null }): boolean =>
    event.sender === contents && isBoardFrame(event.senderFrame)

  ipcMain.handle(ipcChannels.call, (event, call: unknown, args: unknown) =>
    isOurs(event) ? carrier.call(call, args) : { error: 'Only the board may use the simulator.' }
  )
  ipcMain.on(ipcChannels.subscribe, (event) => isOurs(event) && carrier.subscribe())
  ipcMain.on(ipcChannels.unsubscribe, (event) => isOurs(event) && carrier.unsubscribe())
  ipcMain.on(ipcChannels.taken, (event) => isOurs(event) && carrier.taken())
  // A page that is left or loaded anew cannot say that it wants no more.
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) carrier.unsubscribe()
  })
  contents.on('render-process-gone', () => carrier.unsubscribe())
  window.on('closed', () => carrier.unsubscribe())
}

/** The window's own page at its own address, and no frame inside it. */
function isBoardFrame(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isBoardUrl(frame.url)
}

function isBoardUrl(url: string): boolean {
  return url.split(/[?#]/, 1)[0] === boardUrl
}

/** No page leads anywhere: no other address, no second window, no embedded page. */
function confine(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    // Loading the board anew is what Reload does.
    if (!(event.isMainFrame && isBoardUrl(event.url))) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Electron grants everything that nobody denies. */
function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.setDevicePermissionHandler(() => false)
}

/** The built window and nothing else, with the headers that browsers get as well. */
function serveBoard(): void {
  const files = listBoardFiles(boardFolder)
  protocol.handle(boardScheme, async (request) => {
    const url = new URL(request.url)
    const file = url.host === 'board' ? files.get(url.pathname) : undefined
    if (file === undefined) return new Response('There is no such file.', { status: 404 })
    return new Response(await readFile(file.path), { headers: boardHeaders(file) })
  })
}

function setMenu(): void {
  const forDevelopers = app.isPackaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: 'Simulator', submenu: [...forDevelopers, { role: 'quit' }] },
      { label: 'Edit', submenu: [{ role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] }
    ])
  )
}

function reloadAfterCrash(contents: WebContents): void {
  let reloads = 0
  contents.on('render-process-gone', (_event, details) => {
    process.stderr.write(`telit-sim: The window's page ended (${details.reason}); the simulator goes on.\n`)
    reloads += 1
    if (reloads <= maxReloads && !ending) contents.reload()
  })
}
