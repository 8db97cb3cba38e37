import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'

export const kindWords: Readonly<Record<PortSnapshot['kind'], string>> = {
  pty: 'pty',
  tcp: 'TCP',
  rfc2217: 'RFC 2217',
  serial: 'UART'
}

/** How a port is, in one line: who has it, at which rate, and what was refused or lost. */
export function portState(port: PortSnapshot): string {
  if (port.trouble !== null) return port.trouble
  const client = port.client ?? (port.kind === 'serial' ? 'open' : 'a host')
  const who = port.clientPresent ? `${client}${port.has ? ', has the instance' : ''}` : 'closed'
  return [
    who,
    port.baud === null ? '' : `${port.baud} baud`,
    port.refusedBytes === 0 ? '' : `${port.refusedBytes} B refused: another host has the instance`,
    port.lostBytes === 0 ? '' : `${port.lostBytes} B lost`
  ]
    .filter((one) => one !== '')
    .join(' · ')
}
