import { EventEmitter } from 'node:events'

const handlers = new Map()

class IpcMain extends EventEmitter {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  }
}

export const ipcMain = new IpcMain()

/** Handles a message from a page. Returns the answer to an `invoke`, in Electron's wording, or `null` for a `send`. */
export async function receive(event, { what, channel, args }) {
  if (what === 'send') {
    ipcMain.emit(channel, event, ...args)
    return null
  }
  try {
    const handler = handlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return { result: await handler(event, ...args) }
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${error}` }
  }
}
