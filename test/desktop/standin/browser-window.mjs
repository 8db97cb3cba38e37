import { browserContext } from './chromium.mjs'
import { KnownEvents } from './events.mjs'
import { onlyKnown, strict } from './strict.mjs'
import { WebContents } from './web-contents.mjs'

const knownOptions = [
  'width',
  'height',
  'minWidth',
  'minHeight',
  'useContentSize',
  'title',
  'show',
  'autoHideMenuBar',
  'backgroundColor',
  'webPreferences'
]
const knownPreferences = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'webSecurity',
  'webviewTag',
  'devTools',
  'spellcheck'
]

/** Set by electron.mjs: events of a window for the application. */
export const application = { contentsCreated: () => {}, allClosed: () => {}, shown: () => {}, hidden: () => {} }

export const openWindows = new Set()

export class BrowserWindow extends KnownEvents {
  constructor(options = {}) {
    super('BrowserWindow', ['ready-to-show', 'close', 'closed', 'session-end', 'unresponsive'])
    onlyKnown('window option', options, knownOptions)
    onlyKnown('web preference', options.webPreferences ?? {}, knownPreferences)
    if (options.webPreferences?.sandbox !== true || options.webPreferences.contextIsolation !== true) {
      throw new Error('The Electron stand-in runs sandboxed windows with context isolation only.')
    }
    this.options = options
    this.bounds = { x: 320, y: 140, width: options.width ?? 800, height: options.height ?? 600 }
    this.state = { maximized: false, minimized: false, focused: 0, visible: false }
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
    this.requireAlive()
    this.state.visible = true
    application.shown(this.self)
  }

  hide() {
    this.requireAlive()
    this.state.visible = false
    application.hidden()
  }

  isDestroyed() {
    return this.contents.destroyed
  }

  getNormalBounds() {
    this.requireAlive()
    return this.bounds
  }

  setBounds(bounds) {
    this.requireAlive()
    const { minWidth = 0, minHeight = 0 } = this.options
    this.bounds = { ...bounds, width: Math.max(bounds.width, minWidth), height: Math.max(bounds.height, minHeight) }
  }

  isMaximized() {
    this.requireAlive()
    return this.state.maximized
  }

  maximize() {
    this.state.maximized = true
  }

  isMinimized() {
    return this.state.minimized
  }

  restore() {
    this.state.minimized = false
  }

  focus() {
    this.state.focused += 1
  }

  /** A listener of `close` still has the window; one of `closed` does not. */
  close() {
    if (this.contents.destroyed || this.emitPreventable('close')) return
    void this.contents.page.close()
  }

  async open() {
    const page = await (await browserContext()).newPage()
    await this.adopt(page)
    await this.contents.attach(page)
  }

  /** Makes a page the window's own. After a crash it is another one. */
  async adopt(page) {
    await page.setViewportSize({ width: this.options.width ?? 800, height: this.options.height ?? 600 })
    page.on('load', () => this.emit('ready-to-show'))
    page.on('close', () => {
      if (this.contents.page !== page) return
      this.contents.destroyed = true
      openWindows.delete(this.self)
      this.emit('closed')
      if (openWindows.size === 0) application.allClosed()
    })
  }

  requireAlive() {
    if (this.contents.destroyed) throw new Error('Object has been destroyed')
  }
}
