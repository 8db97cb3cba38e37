import { browserContext } from './chromium.mjs'
import { KnownEvents } from './events.mjs'
import { onlyKnown, strict } from './strict.mjs'
import { WebContents } from './web-contents.mjs'

const knownOptions = [
  'width', 'height', 'minWidth', 'minHeight', 'useContentSize', 'title', 'show', 'autoHideMenuBar', 'backgroundColor', 'webPreferences'
]
const knownPreferences = [
  'preload', 'sandbox', 'contextIsolation', 'nodeIntegration', 'webSecurity', 'webviewTag', 'devTools', 'spellcheck'
]

/** Set by electron.mjs: what a window tells the application. */
export const application = { contentsCreated: () => {}, allClosed: () => {}, shown: () => {} }

export const openWindows = new Set()

export class BrowserWindow extends KnownEvents {
  constructor(options = {}) {
    super('BrowserWindow', ['ready-to-show', 'closed'])
    onlyKnown('window option', options, knownOptions)
    onlyKnown('web preference', options.webPreferences ?? {}, knownPreferences)
    if (options.webPreferences?.sandbox !== true || options.webPreferences.contextIsolation !== true) {
      throw new Error('The Electron stand-in runs sandboxed windows with context isolation only.')
    }
    this.options = options
    this.contents = new WebContents(this)
    this.webContents = strict('webContents', this.contents)
    this.self = strict('BrowserWindow', this)
    this.ready = this.open()
    openWindows.add(this.self)
    application.contentsCreated(this.webContents)
    return this.self
  }

  async loadURL(url) {
    await this.ready
    await this.contents.load(url)
  }

  show() {
    application.shown(this.self)
  }

  isDestroyed() {
    return this.contents.destroyed
  }

  close() {
    void this.contents.page.close()
  }

  async open() {
    const context = await browserContext()
    const page = await context.newPage()
    await page.setViewportSize({ width: this.options.width ?? 800, height: this.options.height ?? 600 })
    page.on('load', () => this.emit('ready-to-show'))
    page.on('close', () => {
      this.contents.destroyed = true
      openWindows.delete(this.self)
      this.emit('closed')
      if (openWindows.size === 0) application.allClosed()
    })
    await this.contents.attach(page)
  }
}
