/** The preload's side: `require('electron')` as a sandboxed preload knows it, as far as ours uses it. */
const sendOut = globalThis.standinSend
delete globalThis.standinSend

const answersDue = new Map()
const listeners = new Map()
let lastInvocation = 0

const ipcRenderer = {
  send(channel, ...args) {
    sendOut(encodeMessage({ what: 'send', channel, args }))
  },
  async invoke(channel, ...args) {
    lastInvocation += 1
    const id = lastInvocation
    const text = encodeMessage({ what: 'invoke', id, channel, args })
    return await new Promise((resolve, reject) => {
      answersDue.set(id, { resolve, reject })
      sendOut(text)
    })
  },
  on(channel, listener) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return this
  }
}

globalThis.standinReceive = (text) => {
  const message = decodeMessage(text)
  if (message.what === 'event') {
    for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args)
    return
  }
  const due = answersDue.get(message.id)
  answersDue.delete(message.id)
  if ('error' in message) due.reject(new Error(message.error))
  else due.resolve(message.result)
}

const channel = `standin-${crypto.randomUUID()}`
const bridge = makeBridge(channel, 'preload', 'page')
document.dispatchEvent(new CustomEvent('electron-standin', { detail: channel }))

const contextBridge = {
  exposeInMainWorld: (name, api) => void bridge.tell('expose', { name, api: bridge.pack(api) })
}

/** Where dropped files lie; in Electron the browser knows. */
let filePaths = {}
globalThis.standinFilePaths = (paths) => {
  filePaths = paths
}
const webUtils = { getPathForFile: (file) => filePaths[file.name] ?? '' }

export function requireForPreload(name) {
  if (name === 'electron') return { contextBridge, ipcRenderer, webUtils }
  throw new Error(`A sandboxed preload cannot load ${name} (in the Electron stand-in: only electron).`)
}
