/** @module The bridge between the page and the desktop program: the API and nothing else. */

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ApiCallName, Batch, SimulatorApi } from '../shared/api/api.ts'
import { MENU_ACT_EVENT, type MenuActId } from '../shared/api/menu-acts.ts'
import { OPENED_FILE_EVENT, type OpenedFile } from '../shared/api/opened-files.ts'
import { callsOver } from '../shared/carrier/calls-over.ts'
import { ipcChannels } from '../shared/carrier/ipc-channels.ts'
import type { CallAnswer } from '../shared/carrier/ipc-channels.ts'
import { watchDrops } from './dropped-files.ts'

/** SimulatorApi for the window, as `window.telitSim`. The window gets nothing else of Electron or Node. */
const api: SimulatorApi = { ...callsOver(call), subscribe }

contextBridge.exposeInMainWorld('telitSim', api)

const listeners = new Set<(batch: Batch) => void>()

ipcRenderer.on(ipcChannels.batch, (_event, batch: Batch) => {
  ipcRenderer.send(ipcChannels.taken)
  for (const listener of listeners) listener(batch)
})

ipcRenderer.on(ipcChannels.act, (_event, id: MenuActId) =>
  window.dispatchEvent(new CustomEvent(MENU_ACT_EVENT, { detail: id }))
)

ipcRenderer.on(ipcChannels.file, (_event, file: OpenedFile) =>
  window.dispatchEvent(new CustomEvent(OPENED_FILE_EVENT, { detail: file }))
)

watchDrops(
  window,
  (file) => webUtils.getPathForFile(file),
  (paths) => ipcRenderer.send(ipcChannels.dropped, paths)
)

async function call(name: ApiCallName, args: readonly unknown[]): Promise<unknown> {
  const answer = (await ipcRenderer.invoke(ipcChannels.call, name, args)) as CallAnswer
  if ('error' in answer) throw new Error(answer.error)
  return answer.result
}

function subscribe(listener: (batch: Batch) => void): () => void {
  // One wrapper for each subscription, since a function may be subscribed twice and unsubscribed once.
  const entry = (batch: Batch): void => listener(batch)
  listeners.add(entry)
  if (listeners.size === 1) ipcRenderer.send(ipcChannels.subscribe)
  return () => {
    if (listeners.delete(entry) && listeners.size === 0) ipcRenderer.send(ipcChannels.unsubscribe)
  }
}
