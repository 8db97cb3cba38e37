import { KnownEvents } from './events.mjs'
import { receive } from './ipc-main.mjs'
import { isolatedWorld, isolatedWorldScript, mainWorldScript } from './page-scripts.mjs'
import { decodeMessage, encodeMessage } from './page/codec.js'
import { handlerFor, inBrowser, inShell } from './schemes.mjs'

/** A foreign page that a test can load into the window. Everything else outside of the shell's schemes is refused. */
export const foreignUrl = 'https://foreign.example/'

/** The page in a window, and its connection to the shell. */
export class WebContents extends KnownEvents {
  constructor(window) {
    super('webContents', [
      'did-start-navigation',
      'did-finish-load',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
      'render-process-gone'
    ])
    this.window = window
    this.destroyed = false
    this.worldId = null
    this.unsent = []
    this.openHandler = null
    this.loading = null
    /** Recorded for the test. */
    this.seen = { navigations: [], windows: [], refusedRequests: [], console: [] }
    this.mainFrame = { parent: null }
    Object.defineProperty(this.mainFrame, 'url', { enumerable: true, get: () => inShell(this.page.url()) })
  }

  isDestroyed() {
    return this.destroyed
  }

  setWindowOpenHandler(handler) {
    this.openHandler = handler
  }

  send(channel, ...args) {
    this.deliver({ what: 'event', channel, args })
  }

  reload() {
    void this.loadAnew()
  }

  async loadAnew() {
    const url = inShell(this.page.url())
    if (this.crashed) await this.replacePage()
    await this.load(url)
  }

  /** Playwright gives up a crashed page; Electron starts a new process for it. */
  async replacePage() {
    const old = this.page
    const page = await old.context().newPage()
    await this.window.adopt(page)
    await this.attach(page)
    await old.close()
  }

  async load(url) {
    this.loading = inBrowser(url)
    await this.page.goto(this.loading)
  }

  async attach(page) {
    this.page = page
    this.crashed = false
    this.worldId = null
    this.protocol = await page.context().newCDPSession(page)
    await this.protocol.send('Page.enable')
    await this.protocol.send('Runtime.enable')
    this.protocol.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === isolatedWorld && context.auxData?.frameId === this.mainFrameId) this.enterWorld(context.id)
    })
    this.protocol.on('Runtime.executionContextsCleared', () => {
      this.worldId = null
    })
    this.protocol.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'standinSend') void this.answer(decodeMessage(payload))
    })
    this.protocol.on('Page.windowOpen', ({ url }) => this.askToOpen(url))
    this.mainFrameId = (await this.protocol.send('Page.getFrameTree')).frameTree.frame.id
    await this.protocol.send('Runtime.addBinding', { name: 'standinSend', executionContextName: isolatedWorld })
    await this.protocol.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript() })
    await this.protocol.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldScript(this.window.options.webPreferences.preload),
      worldName: isolatedWorld
    })
    page.on('crash', () => {
      this.crashed = true
      this.worldId = null
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    page.on('load', () => this.emit('did-finish-load'))
    page.on('popup', (popup) => void popup.close())
    page.on('console', (message) => this.seen.console.push(`${message.type()}: ${message.text()}`))
    page.on('pageerror', (error) => this.seen.console.push(`uncaught: ${error.message}`))
    await page.route('**/*', (route) => this.serve(route))
  }

  enterWorld(id) {
    this.worldId = id
    for (const message of this.unsent.splice(0)) this.deliver(message)
  }

  async answer(message) {
    const event = { sender: this.window.webContents, senderFrame: this.mainFrame }
    const answer = await receive(event, message)
    if (answer !== null) this.deliver({ what: 'answer', id: message.id, ...answer })
  }

  deliver(message) {
    if (this.destroyed) throw new Error('Object has been destroyed')
    if (this.worldId === null) {
      this.unsent.push(message)
      return
    }
    const expression = `standinReceive(${JSON.stringify(encodeMessage(message))})`
    // The page may have closed by then, as in Electron.
    this.protocol.send('Runtime.evaluate', { expression, contextId: this.worldId }).catch(() => {})
  }

  askToOpen(url) {
    const { action } = this.openHandler?.({ url: inShell(url) }) ?? { action: 'allow' }
    if (action !== 'deny') throw new Error('The Electron stand-in opens no second window.')
    this.seen.windows.push({ url: inShell(url), action })
  }

  /** Serves every request of the page; none reaches a network. */
  async serve(route) {
    const request = route.request()
    const url = inShell(request.url())
    if (request.isNavigationRequest() && !this.mayNavigate(request, url)) return await route.abort('aborted')
    if (request.url() === foreignUrl)
      return await route.fulfill({ contentType: 'text/html', body: '<title>foreign</title>' })
    const handler = handlerFor(url)
    if (handler === null) {
      this.seen.refusedRequests.push(url)
      return await route.abort('blockedbyclient')
    }
    const response = await handler(new Request(request.url(), { method: request.method() }), url)
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer())
    })
  }

  /** Navigation by the page can be prevented; loading by the shell cannot. */
  mayNavigate(request, url) {
    const isMainFrame = request.frame() === this.page.mainFrame()
    const isLoaded = isMainFrame && this.loading === request.url()
    if (isLoaded) this.loading = null
    else {
      const prevented = this.emitPreventable('will-frame-navigate', { url, isMainFrame })
      this.seen.navigations.push({ url, prevented })
      if (prevented) return false
    }
    this.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false })
    return true
  }
}
