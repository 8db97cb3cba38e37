/** Returns the private address that the network gives the PDP context `contextId`. */
export function contextAddress(contextId: number): string {
  return `10.64.18.${6 + contextId}`
}

/** The lab network: its name and the operator code that it broadcasts. 001-01 is the test network of 3GPP TS 23.003. */
export const labOperator = { longName: 'Lab network', numeric: '00101' }
/** The network in which a SIM of the lab network roams. Country code 999 is reserved for private networks. */
export const visitedOperator = { longName: 'Visited network', numeric: '99901' }
/** A network that is always in reach and refuses this SIM. */
export const barredOperator = { longName: 'Barred network', numeric: '99902' }
export const labCell = { locationAreaHex: '00C8', cellIdHex: '0015A2B1' }
