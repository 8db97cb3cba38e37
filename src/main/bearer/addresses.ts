/** The address the network gives context `contextId`: private, as of any operator. */
export function contextAddress(contextId: number): string {
  return `10.64.18.${6 + contextId}`
}

/** The lab network's name, and what it announces. 001-01 is the test network of 3GPP TS 23.003's numbering. */
export const labOperator = { longName: 'Lab network', numeric: '00101' }
/** Where a SIM of the lab network roams; country code 999 is kept for private networks. */
export const visitedOperator = { longName: 'Visited network', numeric: '99901' }
/** In reach everywhere, and closed to this SIM. */
export const barredOperator = { longName: 'Barred network', numeric: '99902' }
export const labCell = { locationAreaHex: '00C8', cellIdHex: '0015A2B1' }
