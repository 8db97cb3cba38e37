/** The address the network gives context `contextId`: private, as of any operator. */
export function contextAddress(contextId: number): string {
  return `10.64.18.${6 + contextId}`
}

/** The lab network's name, and what it announces. */
export const labOperator = { longName: 'Lab network', numeric: '00101' }
export const labCell = { locationAreaHex: '00C8', cellIdHex: '0015A2B1' }
/** A good signal, -71 dBm. */
export const labSignalQuality = 21
/** From the search to the network's answer, module time (D-29: registered within 200 ms of power-on). */
export const registrationMs = 60
export const activationMs = 20
