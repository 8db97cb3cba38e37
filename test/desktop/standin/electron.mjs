import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { application, BrowserWindow, openWindows } from './browser-window.mjs'
import { closeChromium } from './chromium.mjs'
import { dialog as dialogObject } from './dialogs.mjs'
import { KnownEvents } from './events.mjs'
import { ipcMain as ipcMainObject } from './ipc-main.mjs'
import { protocol as protocolObject } from './schemes.mjs'
import { Singleton } from './singleton.mjs'
import { missing, onlyKnown, strict } from './strict.mjs'
import { tellTest } from './tell-test.mjs'
import { serveTest } from './test-channel.mjs'
import { Tray } from './tray.mjs'

// What the shell imports from `electron`. Only what it uses is here; anything else throws an error with its name.

const userData = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'telit-ssl-simulator')
const singleton = new Singleton(userData)
process.on('exit', () => singleton.release())

class App extends KnownEvents {
  constructor() {
    super('app', [
      'window-all-closed',
      'before-quit',
      'will-quit',
      'web-contents-created',
      'open-file',
      'second-instance',
      'activate'
    ])
    this.isPackaged = false
    this.sandboxed = false
    this.about = null
    this.isReady = false
    this.readyReached = new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.isReady = true
    })
  }

  enableSandbox() {
    if (this.isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.sandboxed = true
  }

  whenReady() {
    return this.readyReached
  }

  getVersion() {
    return '0.1.0'
  }

  getPath(name) {
    if (name !== 'userData') throw missing(`path "${name}"`)
    return userData
  }

  /** Electron sends `second-instance` only after `ready`. */
  requestSingleInstanceLock(additionalData) {
    const message = { argv: process.argv, folder: process.cwd(), additionalData }
    return singleton.request(message, (second) => {
      void this.readyReached.then(() =>
        this.emit('second-instance', {}, second.argv, second.folder, second.additionalData)
      )
    })
  }

  setAboutPanelOptions(options) {
    onlyKnown('about panel option', options, [
      'applicationName',
      'applicationVersion',
      'copyright',
      'version',
      'credits',
      'authors',
      'website',
      'iconPath'
    ])
    this.about = options
  }

  /** In Electron the new process starts when this one exits. Here only its arguments are reported. */
  relaunch({ args }) {
    tellTest({ event: 'relaunch', args })
  }

  quit() {
    this.emit('before-quit', {
      preventDefault: () => {
        throw missing('a prevented before-quit')
      }
    })
    for (const window of openWindows) window.close()
    if (openWindows.size > 0 || this.emitPreventable('will-quit')) return
    this.exit(0)
  }

  exit(status = 0) {
    void closeChromium().then(() => process.exit(status))
  }
}

const appObject = new App()
application.contentsCreated = (contents) => appObject.emit('web-contents-created', {}, contents)
application.allClosed = () => {
  if (appObject.listenerCount('window-all-closed') > 0) appObject.emit('window-all-closed')
  else appObject.quit()
}
application.shown = () => tellTest({ event: 'shown' })
application.hidden = () => tellTest({ event: 'hidden' })

const permissionHandlers = { request: null, check: null, device: null }
const defaultSession = {
  setPermissionRequestHandler: (handler) => {
    permissionHandlers.request = handler
  },
  setPermissionCheckHandler: (handler) => {
    permissionHandlers.check = handler
  },
  setDevicePermissionHandler: (handler) => {
    permissionHandlers.device = handler
  },
  // Chromium itself saves downloads here; the shell only listens.
  on: (event) => {
    if (event !== 'will-download') throw new Error(`The stand-in's session knows no event ${event}.`)
  }
}

const menuState = { template: null }
const menuObject = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: (menu) => {
    menuState.template = menu?.template ?? null
  }
}

const screenObject = {
  getAllDisplays() {
    if (!appObject.isReady) throw new Error("The 'screen' module can't be used before the app 'ready' event")
    return [
      { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 30, width: 1920, height: 1050 } }
    ]
  }
}

const shellObject = {
  openExternal: async (url) => tellTest({ event: 'opened', what: url }),
  openPath: async (path) => {
    tellTest({ event: 'opened', what: path })
    return ''
  }
}

const clipboardObject = { writeText: (text) => tellTest({ event: 'copied', text }) }
const powerMonitorObject = new EventEmitter()

serveTest({ app: appObject, permissionHandlers, menuState, powerMonitor: powerMonitorObject })

export const app = strict('app', appObject)
export const clipboard = strict('clipboard', clipboardObject)
export const dialog = strict('dialog', dialogObject)
export const ipcMain = strict('ipcMain', ipcMainObject)
export const Menu = strict('Menu', menuObject)
export const powerMonitor = strict('powerMonitor', powerMonitorObject)
export const protocol = strict('protocol', protocolObject)
export const screen = strict('screen', screenObject)
export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) })
export const shell = strict('shell', shellObject)
export { BrowserWindow, Tray }
