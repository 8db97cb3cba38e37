import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { ApiCallName, Batch, SimulatorApi } from '../shared/api/api.ts'
import { ipcChannels } from '../shared/carrier/ipc-channels.ts'
import type { CallAnswer } from '../shared/carrier/ipc-channels.ts'
import { menuActEvent, type MenuActId } from '../shared/api/menu-acts.ts'
import { openedFileEvent, type OpenedFile } from '../shared/api/opened-files.ts'
import { watchDrops } from './dropped-files.ts'

/** SimulatorApi for the window, as `window.telitSim`. Nothing else of Electron or Node gets there. */
const api: SimulatorApi = {
  snapshot: () => call('snapshot'),
  catalog: () => call('catalog'),
  events: (query) => call('events', query),
  findEvents: (query) => call('findEvents', query),
  eventsAt: (list) => call('eventsAt', list),
  selectProduct: (choice) => call('selectProduct', choice),
  type: (input) => call('type', input),
  pressKey: (press) => call('pressKey', press),
  setNetwork: (change) => call('setNetwork', change),
  networkEvent: (event) => call('networkEvent', event),
  setSim: (change) => call('setSim', change),
  setSupply: (change) => call('setSupply', change),
  setSpeed: (choice) => call('setSpeed', choice),
  setClock: (change) => call('setClock', change),
  setSwitch: (change) => call('setSwitch', change),
  beginExport: (request) => call('beginExport', request),
  readExport: (which) => call('readExport', which),
  endExport: (which) => call('endExport', which),
  setKeyLog: (change) => call('setKeyLog', change),
  sessionSecrets: (which) => call('sessionSecrets', which),
  beginCapture: (file) => call('beginCapture', file),
  addToCapture: (part) => call('addToCapture', part),
  forgetKeyLog: (which) => call('forgetKeyLog', which),
  readCapture: (which) => call('readCapture', which),
  captureMessage: (which) => call('captureMessage', which),
  captureLines: (query) => call('captureLines', query),
  endCapture: (which) => call('endCapture', which),
  offerFile: (file) => call('offerFile', file),
  writeSlot: (write) => call('writeSlot', write),
  deleteSlot: (which) => call('deleteSlot', which),
  undoSlotChange: (which) => call('undoSlotChange', which),
  setPreloadedCa: (change) => call('setPreloadedCa', change),
  readSlot: (which) => call('readSlot', which),
  wouldItWork: () => call('wouldItWork'),
  beginChainFetch: (where) => call('beginChainFetch', where),
  chainFetch: (which) => call('chainFetch', which),
  openPort: (wanted) => call('openPort', wanted),
  closePort: (which) => call('closePort', which),
  listUarts: () => call('listUarts'),
  setPace: (change) => call('setPace', change),
  why: (query) => call('why', query),
  handshakes: () => call('handshakes'),
  setLab: (change) => call('setLab', change),
  armFault: (order) => call('armFault', order),
  clearFault: (which) => call('clearFault', which),
  labCommands: (query) => call('labCommands', query),
  subscribe
}

contextBridge.exposeInMainWorld('telitSim', api)

const listeners = new Set<(batch: Batch) => void>()

ipcRenderer.on(ipcChannels.batch, (_event, batch: Batch) => {
  ipcRenderer.send(ipcChannels.taken)
  for (const listener of listeners) listener(batch)
})

ipcRenderer.on(ipcChannels.act, (_event, id: MenuActId) => window.dispatchEvent(new CustomEvent(menuActEvent, { detail: id })))

ipcRenderer.on(ipcChannels.file, (_event, file: OpenedFile) => window.dispatchEvent(new CustomEvent(openedFileEvent, { detail: file })))

watchDrops(window, (file) => webUtils.getPathForFile(file), (paths) => ipcRenderer.send(ipcChannels.dropped, paths))

async function call<Result>(name: ApiCallName, ...args: readonly unknown[]): Promise<Result> {
  const answer = (await ipcRenderer.invoke(ipcChannels.call, name, args)) as CallAnswer
  if ('error' in answer) throw new Error(answer.error)
  return answer.result as Result
}

function subscribe(listener: (batch: Batch) => void): () => void {
  // One wrapper a subscription: the same function may be subscribed twice and ended once.
  const entry = (batch: Batch): void => listener(batch)
  listeners.add(entry)
  if (listeners.size === 1) ipcRenderer.send(ipcChannels.subscribe)
  return () => {
    if (listeners.delete(entry) && listeners.size === 0) ipcRenderer.send(ipcChannels.unsubscribe)
  }
}
