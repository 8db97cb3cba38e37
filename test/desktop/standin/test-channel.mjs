import { openWindows } from './browser-window.mjs'
import { browserContext } from './chromium.mjs'
import { answerDialogs } from './dialogs.mjs'
import { receive } from './ipc-main.mjs'
import { privilegedSchemes } from './schemes.mjs'
import { tellTest } from './tell-test.mjs'
import { trayIcons } from './tray.mjs'
import { foreignUrl } from './web-contents.mjs'

/** Answers requests of the test that started the stand-in (`start-shell.ts`). */
export function serveTest(shell) {
  process.on('message', (asked) => void answerTest(asked, shell))
  // The channel alone must not keep the program running.
  process.channel?.unref()
}

async function answerTest({ id, command, argument }, shell) {
  try {
    tellTest({ id, result: await commands[command](argument, shell) })
  } catch (error) {
    tellTest({ id, error: error.message })
  }
}

const commands = {
  /** Evaluates in the page's own world, like a script of the page. */
  evaluate: (expression) => evaluate(theWindow().contents.protocol, expression),

  facts: (_argument, { app, permissionHandlers, menuState }) => {
    const { options, contents, bounds, state } = theWindow()
    return {
      options,
      bounds,
      ...state,
      tray: [...trayIcons].map(({ image, toolTip, template }) => ({
        image,
        toolTip,
        menu: template.map(({ label }) => label ?? null)
      })),
      about: app.about,
      url: contents.mainFrame.url,
      sandboxed: app.sandboxed,
      schemes: privilegedSchemes,
      menu: JSON.parse(JSON.stringify(menuState.template)),
      granted: grantedPermissions(permissionHandlers),
      ...contents.seen
    }
  },

  /** Returns the names of the globals of every page; some exist only in a secure context, like the board's. */
  plainGlobals: async () => {
    const page = await (await browserContext()).newPage()
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
    await page.goto(foreignUrl)
    const names = await page.evaluate(() => Object.getOwnPropertyNames(window))
    await page.close()
    return names
  },

  /** Loads a foreign page into the window, as if all guards had failed. */
  showForeignPage: () => theWindow().contents.load(foreignUrl),

  /** Returns the answer to a call from a frame inside the board. */
  invokeFromChildFrame: async ({ channel, args }) => {
    const { contents, webContents } = theWindow()
    const event = { sender: webContents, senderFrame: { parent: contents.mainFrame, url: contents.mainFrame.url } }
    return await receive(event, { what: 'invoke', channel, args })
  },

  /** Sends a message like a page that has got access to the channel itself. */
  sendRaw: async ({ what, channel, args }) => {
    const { contents, webContents } = theWindow()
    return await receive({ sender: webContents, senderFrame: contents.mainFrame }, { what, channel, args })
  },

  /** Clicks a menu entry, given by the labels (or roles) on the path to it. */
  clickMenu: (path, { menuState }) => {
    let lines = menuState.template
    for (const [index, name] of path.entries()) {
      const line = lines.find(({ label, role }) => label === name || role === name)
      if (line === undefined) throw new Error(`The menu has no line "${path.slice(0, index + 1).join(' > ')}".`)
      if (line.enabled === false) throw new Error(`The menu's line "${name}" is not enabled.`)
      if (index === path.length - 1) line.click()
      else lines = line.submenu
    }
  },

  /** Really crashes the page's process. */
  crashPage: async () => {
    const { contents } = theWindow()
    // The page no longer answers.
    contents.protocol.send('Page.crash').catch(() => {})
    await new Promise((resolve) => contents.page.once('crash', resolve))
  },

  hangPage: () => theWindow().emit('unresponsive'),

  /** Drops files on the middle of the window, like a file manager. */
  dropFiles: async ({ paths, x, y }) => {
    const { contents } = theWindow()
    const names = Object.fromEntries(paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]))
    await contents.protocol.send('Runtime.evaluate', {
      expression: `standinFilePaths(${JSON.stringify(names)})`,
      contextId: contents.worldId
    })
    const data = { items: [], files: paths, dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'])
      await contents.protocol.send('Input.dispatchDragEvent', { type, x, y, data })
  },

  /** Clicks the tray icon or an entry of its menu. */
  clickTray: (name) => {
    const [icon] = trayIcons
    if (icon === undefined) throw new Error('There is no icon in the tray.')
    if (name === null) return void icon.emit('click', {})
    const line = icon.template.find(({ label }) => label === name)
    if (line === undefined) throw new Error(`The menu of the tray has no line "${name}".`)
    line.click()
  },
  /** macOS, when its Dock is clicked. */
  activate: (_argument, { app }) => void app.emit('activate', {}, false),

  answerDialogs: (answers) => answerDialogs(answers),
  minimize: () => {
    theWindow().state.minimized = true
  },
  moveWindow: (bounds) => theWindow().setBounds(bounds),
  /** How macOS reports a double-clicked file. */
  openFile: (path, { app }) => app.emit('open-file', { preventDefault: () => {} }, path),
  systemShutdown: (_argument, { powerMonitor }) => powerMonitor.emit('shutdown', { preventDefault: () => {} }),
  throwInMain: (sentence) =>
    void setImmediate(() => {
      throw new Error(sentence)
    }),

  reload: () => theWindow().contents.load(theWindow().contents.mainFrame.url),
  close: () => theWindow().close(),
  screenshot: async (path) => void (await theWindow().contents.page.screenshot({ path }))
}

/** Permissions that Electron may ask for. Both handlers are asked for each. */
const permissions = [
  'clipboard-read',
  'clipboard-sanitized-write',
  'display-capture',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'media',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'pointerLock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'unknown'
]

function grantedPermissions({ request, check, device }) {
  const { webContents } = theWindow()
  const granted = []
  for (const permission of permissions) {
    // Electron grants everything without a handler.
    let requested = true
    request?.(
      webContents,
      permission,
      (answer) => {
        requested = answer
      },
      {}
    )
    if (requested) granted.push(`request ${permission}`)
    if (check === null || check(webContents, permission, '', {})) granted.push(`check ${permission}`)
  }
  for (const deviceType of ['hid', 'serial', 'usb']) {
    if (device === null || device({ deviceType, origin: '', device: {} })) granted.push(`device ${deviceType}`)
  }
  return granted
}

function theWindow() {
  const [window] = openWindows
  if (window === undefined) throw new Error('No window is open.')
  return window
}

async function evaluate(protocol, expression) {
  const { result, exceptionDetails } = await protocol.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true
  })
  if (exceptionDetails !== undefined)
    throw new Error(exceptionDetails.exception?.description?.split('\n')[0] ?? exceptionDetails.text)
  return result.value
}
