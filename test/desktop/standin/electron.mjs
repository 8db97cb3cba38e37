import { application, BrowserWindow, openWindows } from './browser-window.mjs'
import { closeChromium } from './chromium.mjs'
import { KnownEvents } from './events.mjs'
import { ipcMain as ipcMainObject } from './ipc-main.mjs'
import { protocol as protocolObject } from './schemes.mjs'
import { strict } from './strict.mjs'
import { tellTest } from './tell-test.mjs'
import { serveTest } from './test-channel.mjs'

/** What the shell imports from `electron`. Only what it uses is here; anything else throws with its name. */

class App extends KnownEvents {
  constructor() {
    super('app', ['window-all-closed', 'will-quit', 'web-contents-created'])
    this.isPackaged = false
    this.sandboxed = false
    this.readyReached = new Promise((resolve) => setImmediate(resolve))
  }

  enableSandbox() {
    this.sandboxed = true
  }

  whenReady() {
    return this.readyReached
  }

  quit() {
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

const permissionHandlers = { request: null, check: null, device: null }
const defaultSession = {
  setPermissionRequestHandler: (handler) => { permissionHandlers.request = handler },
  setPermissionCheckHandler: (handler) => { permissionHandlers.check = handler },
  setDevicePermissionHandler: (handler) => { permissionHandlers.device = handler }
}

const menuState = { template: null }
const menuObject = {
  buildFromTemplate: (template) => ({ template }),
  setApplicationMenu: (menu) => { menuState.template = menu?.template ?? null }
}

serveTest({ app: appObject, permissionHandlers, menuState })

export const app = strict('app', appObject)
export const ipcMain = strict('ipcMain', ipcMainObject)
export const Menu = strict('Menu', menuObject)
export const protocol = strict('protocol', protocolObject)
export const session = strict('session', { defaultSession: strict('session.defaultSession', defaultSession) })
export { BrowserWindow }
