import type { Nvm, SocketSettings } from '../hardware/nvm.ts'

/** The numbers of the plain sockets (at-reference 13). */
export const CONNECTION_IDS = [1, 2, 3, 4, 5, 6] as const

/** Returns the settings of a socket by #SCFG, #SCFGEXT, #SCFGEXT2 and #SCFGEXT3: as stored, or from the factory. */
export function settingsOf(nvm: Nvm, connId: number): SocketSettings {
  return nvm.contents.sockets.find((one) => one.connId === connId) ?? factorySocket(connId)
}

/** Stores changed settings at once (at-reference 13). `command` is for the timeline. */
export function storeSettings(
  nvm: Nvm,
  connId: number,
  change: Partial<SocketSettings>,
  command: string,
  cause: number
): void {
  const others = nvm.contents.sockets.filter((one) => one.connId !== connId)
  const sockets = [...others, { ...settingsOf(nvm, connId), ...change }].toSorted((a, b) => a.connId - b.connId)
  nvm.update({ sockets }, `${command} of connection ${connId} stored.`, cause)
}

/** Returns the lowest connection that #SCFG has bound to a context, or `null` (D-48). */
export function connectionOn(nvm: Nvm, cid: number): number | null {
  return CONNECTION_IDS.find((connId) => settingsOf(nvm, connId).cid === cid) ?? null
}

const factorySocket = (connId: number): SocketSettings => ({
  connId,
  cid: 1,
  pktSize: 300,
  maxTo: 90,
  connTo: 600,
  txTo: 50,
  ringMode: 0,
  receiveHex: 0,
  keepAlive: 0,
  acceptsCalls: 0,
  sendHex: 0,
  bufferStart: 0,
  abortsDial: 0,
  ringBytes: 0,
  ringTo: 0,
  noCarrierMode: 0,
  immediate: 0,
  keepsClosed: 0
})
