/**
 * @module The desktop program: menu, window, dialogs, navigation and permissions, with the parts of Electron handed
 * in.
 */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray as ElectronTray
} from 'electron'
import { ipcChannels } from '../../shared/carrier/ipc-channels.ts'
import { ReadyFileError, removeStaleReadyFile } from '../cli/ready-file.ts'
import { reportReady } from '../cli/report-ready.ts'
import { boardFileOf, listBoardFiles } from '../control/board-files.ts'
import { ControlError } from '../control/control-server.ts'
import { sentenceOf } from '../control/dispatch.ts'
import { WindowCarrier } from '../control/window-carrier.ts'
import { Ending, killThisProcess } from '../host/ending.ts'
import { asksForHelp, parseCommandLine, UsageError, type SimulatorOptions } from '../options/options.ts'
import { usage } from '../options/usage.ts'
import { PortError } from '../ports/index.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { StateError } from '../state/state-error.ts'
import { RecordingError } from '../timeline/exports/live-file.ts'
import { aboutPanel } from './about.ts'
import { BOARD_SCHEME, boardSchemeRights, boardUrl } from './board-address.ts'
import { boardFilesHandler } from './board-files-handler.ts'
import { connectPage, standByPage } from './board-window.ts'
import { writeCrashReport } from './crash-report.ts'
import { showMenu } from './desk-menu.ts'
import {
  messageBox,
  noTray,
  ownFailure,
  startFailure,
  type FailureDialog,
  type MissedThing
} from './failure-dialogs.ts'
import { openableFiles, takeFiles } from './file-types.ts'
import { confine } from './navigation.ts'
import { Opener } from './opener.ts'
import { PageFiles } from './page-files.ts'
import { denyPermissions } from './permissions.ts'
import { makeDownloadsPrivate } from './private-downloads.ts'
import { rememberFolder } from './recent-folders.ts'
import { FolderChange, ownArguments, secondStart } from './relaunch.ts'
import { afterClosing, Tray, trayIconFile } from './tray.ts'
import { windowOptions } from './window-options.ts'
import { bringToFront, keepWindow, keptInTray, restoreWindow } from './window-state.ts'

// The desktop shell passes Electron's parts to the files of `desktop/`, which make all decisions. It uses Electron, and
// the simulator only through SimulatorApi.

const boardFolder = join(import.meta.dirname, '../renderer')
const isMac = process.platform === 'darwin'
const preloadFile = join(import.meta.dirname, '../preload/index.cjs')
const pageFiles = new PageFiles()
const opener = new Opener(
  { dialog, clipboard, whenReady: () => app.whenReady() },
  join(import.meta.dirname, 'check-worker.js'),
  (capture) => {
    comeToFront()
    pageFiles.show(capture)
  }
)

// Both must be registered before Electron is ready, so before the first await.
protocol.registerSchemesAsPrivileged([boardSchemeRights])
app.enableSandbox()

let starting: Promise<Simulator> | null = null
let running: Simulator | null = null
let theWindow: BrowserWindow | null = null
let tray: Tray | null = null
/** Removes the ready file, once there is one. */
let retractReady = (): void => {}
const ending = new Ending({
  keep: keepTheWindow,
  close: async () => {
    retractReady()
    await (await starting?.catch(() => null))?.close()
  },
  unclosed: () => running?.unclosed ?? ['the start under way'],
  say,
  exit: (status) => app.exit(status),
  force: killThisProcess,
  sentenceOf
})
const folders = new FolderChange({ dialog, app, process, end: () => void ending.end() })
/** Set once the program quits: the window then closes even if it would stay in the tray. */
let quitting = false

app.on('before-quit', () => {
  quitting = true
})
// The Dock of macOS brings the window back.
app.on('activate', () => comeToFront())
app.on('window-all-closed', () => app.quit())
app.on('will-quit', (event) => {
  event.preventDefault()
  void ending.end()
})
app.on('web-contents-created', (_event, contents) => confine(contents))
app.on('open-file', (event, path) => {
  event.preventDefault()
  opener.open([path])
})
app.on('second-instance', (_event, _argv, _folder, said) => {
  comeToFront()
  opener.open(openableFiles((said as { readonly files?: unknown } | null)?.files))
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void ending.end())
process.on('uncaughtException', (error) => void failOwn(error))
process.on('unhandledRejection', (error) => void failOwn(error))

void start()

async function start(): Promise<void> {
  const { files, rest } = takeFiles(ownArguments(process), process.cwd())
  if (asksForHelp(rest)) {
    process.stdout.write(usage)
    return await ending.end()
  }
  try {
    const options = parseCommandLine(rest, files)
    if (!app.requestSingleInstanceLock({ files: [...files] })) return await leaveToFirst(rest)
    if (options.readyFile !== null) removeStaleReadyFile(options.readyFile)
    await app.whenReady()
    // A log-out or shut-down of the system waits until the module's NVM is saved.
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault()
      void ending.end()
    })
    // The window needs no server. One is started for browsers when a port was named.
    starting = startSimulator(options, {
      board: options.uiPort ? boardFolder : null,
      notice: say
    })
    running = await starting
    if (ending.begun) return
    await showBoard(running, options)
    opener.open(files)
  } catch (error) {
    if (!ending.begun) await failToStart(error)
  }
}

async function showBoard(simulator: Simulator, options: SimulatorOptions): Promise<void> {
  denyPermissions(session.defaultSession)
  makeDownloadsPrivate(session.defaultSession)
  protocol.handle(BOARD_SCHEME, boardFilesHandler(boardFileOf(listBoardFiles(boardFolder)), readFile))
  app.setAboutPanelOptions(aboutPanel(app.getVersion(), process.versions))
  const { folder } = (await simulator.api.snapshot()).nvm
  if (folder !== null) rememberFolder(settingsFile('recent-folders'), folder)
  setTray(simulator)
  setMenu(simulator, folder)
  retractReady = reportReady(simulator, options)
  await openWindow(simulator)
}

/** Another instance has the window. It was told of the files; it cannot take options. */
async function leaveToFirst(args: readonly string[]): Promise<void> {
  const { sentence, status } = secondStart(args)
  say(sentence)
  await ending.end(status)
}

/** Reports a failed start in one sentence on standard error; without a terminal, in a dialog with advice. */
async function failToStart(error: unknown): Promise<void> {
  const sentence = sentenceOf(error)
  say(sentence)
  if (error instanceof UsageError) return await ending.end(2)
  if ((await ask(startFailure(sentence, missedBy(error)))) === 'folder') await folders.choose()
  await ending.end(3)
}

/** Returns what the start could not obtain. */
function missedBy(error: unknown): MissedThing {
  if (error instanceof StateError) return 'state folder'
  if (error instanceof PortError) return 'port'
  if (error instanceof ControlError) return 'board port'
  return error instanceof RecordingError || error instanceof ReadyFileError ? 'file' : 'other'
}

/** Handles a crash of the program: the module is still closed. */
async function failOwn(error: unknown): Promise<void> {
  if (ending.begun) return
  const report = writeCrashReport(join(app.getPath('userData'), 'crashes'), error, process.versions, Date.now())
  process.stderr.write(
    `telit-sim: The simulator failed: ${sentenceOf(error)}\n${report === null ? '' : `telit-sim: A report is in ${report}.\n`}`
  )
  const told = ask(ownFailure(sentenceOf(error), report))
  await running?.close().catch(() => {})
  await told
  await ending.end(1)
}

async function openWindow(simulator: Simulator): Promise<void> {
  const window = new BrowserWindow(windowOptions(preloadFile, app.isPackaged))
  theWindow = window
  restoreWindow(
    window,
    settingsFile('window'),
    screen.getAllDisplays().map((display) => display.workArea)
  )
  window.once('ready-to-show', () => window.show())
  window.on('close', (event) => {
    keepTheWindow()
    if (afterClosing({ isMac, inTray: tray?.isShown ?? false, ending: ending.begun || quitting }) === 'end') return
    event.preventDefault()
    window.hide()
  })
  window.on('session-end', () => void ending.end())
  const contents = window.webContents
  const carrier = new WindowCarrier(simulator.api, (batch) => {
    if (!contents.isDestroyed()) contents.send(ipcChannels.batch, batch)
  })
  connectPage(window, ipcMain, carrier, pageFiles, (paths) => opener.open(paths))
  standByPage(window, { isEnding: () => ending.begun, ask, say, end: () => void ending.end() })
  await window.loadURL(boardUrl).catch((error: unknown) => {
    // Closed by the person while loading: not a failure.
    if (!window.isDestroyed()) throw error
  })
}

/** Sets up the tray icon if it was on last time. */
function setTray(simulator: Simulator): void {
  const file = trayIconFile({
    platform: process.platform,
    isPackaged: app.isPackaged,
    resources: process.resourcesPath,
    root: join(import.meta.dirname, '../..')
  })
  tray = new Tray(
    { makeIcon: (icon) => new ElectronTray(icon), buildMenu: (lines) => Menu.buildFromTemplate(lines) },
    file,
    {
      show: comeToFront,
      copyPort: () => void simulator.api.snapshot().then(({ ports }) => ports[0] && clipboard.writeText(ports[0].name)),
      pressKey: (key) => void simulator.api.pressKey({ key }),
      quit: () => app.quit()
    }
  )
  tray.set(keptInTray(settingsFile('window')))
}

function keepInTray(wanted: boolean): void {
  if (tray?.set(wanted) !== wanted) void ask(noTray())
  keepTheWindow()
}

function keepTheWindow(): void {
  if (theWindow) keepWindow(theWindow, settingsFile('window'), tray?.isShown ?? false)
}

function setMenu(simulator: Simulator, stateFolder: string | null): void {
  showMenu({
    opener,
    recentFile: settingsFile('recent-folders'),
    facts: () => ({ isMac, isPackaged: app.isPackaged, stateFolder, inTray: tray?.isShown ?? false }),
    board: simulator.ready.ui,
    show: (lines) => Menu.setApplicationMenu(Menu.buildFromTemplate(lines)),
    chooseFolder: () => void folders.choose(),
    startWith: (folder) => folders.startWith(folder),
    openPath: (path) => void shell.openPath(path),
    openExternal: (url) => shell.openExternal(url),
    act: (id) => theWindow?.webContents.send(ipcChannels.act, id),
    keepInTray
  })
}

async function ask<Act extends string>(failure: FailureDialog<Act>): Promise<Act> {
  await app.whenReady()
  const { options, actOf } = messageBox(failure)
  return actOf((await dialog.showMessageBox(options)).response)
}

function comeToFront(): void {
  if (theWindow) bringToFront(theWindow)
}

function settingsFile(name: 'window' | 'recent-folders'): string {
  return join(app.getPath('userData'), `${name}.json`)
}

function say(sentence: string): void {
  process.stderr.write(`telit-sim: ${sentence}\n`)
}
