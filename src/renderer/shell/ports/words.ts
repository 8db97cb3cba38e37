// The texts of the sheet Ports.

import type { PortSnapshot } from '../../../shared/calls/snapshot.ts'

export const kindWords: Readonly<Record<PortSnapshot['kind'], string>> = {
  pty: 'pty',
  tcp: 'TCP',
  rfc2217: 'RFC 2217',
  serial: 'UART'
}

export const portWords = {
  name: 'Ports',
  about:
    'The module’s output goes to every port of its AT instance. The host that sends first has the instance until it closes its port. What other hosts send is refused.',
  instance: (instance: number) => `AT${instance}`,
  close: 'Close',
  closePort: (port: string) => `Close ${port}`,
  pace: {
    label: 'Pace',
    off: 'as fast as possible',
    follow: 'at the rate that the host sets',
    baud: (rate: number) => `at ${rate} baud`
  },
  open: {
    heading: 'Open a port',
    kind: 'Kind',
    instance: 'AT instance',
    tcpPort: 'Port on 127.0.0.1',
    anyPort: 'any free port',
    link: 'Name',
    defaultLink: 'default name',
    uart: 'Device',
    noUart: 'none found; enter its path',
    heldBy: (program: string) => `used by ${program}`,
    baud: 'Baud',
    parity: 'Parity',
    parities: { none: 'none', even: 'even', odd: 'odd' },
    dtrDrives: 'Adapter’s DTR drives',
    lines: { dcd: 'DCD', dsr: 'DSR', ri: 'RI' },
    flowControl: 'RTS/CTS by the operating system',
    open: 'Open',
    opening: 'Opening'
  },
  /** What a field of the form needs. */
  wants: {
    uart: 'Enter the path of the UART, such as /dev/ttyUSB0.',
    tcpPort: 'Enter a port number up to 65535, or nothing for any free port.',
    baud: 'Enter a rate from 50 to 4000000 baud.'
  }
} as const

/** The texts of the doctor on the sheet. */
export const doctorWords = {
  heading: 'If a terminal program does not see a port',
  look: 'Find out why',
  looking: 'Looking',
  /** Follows the word `Copy`. */
  remedy: 'the remedy',
  verdicts: { fine: 'Fine:', note: 'Note:', problem: 'Problem:' }
} as const

/** Returns the state of a port in one line: its client, the rate, and what was refused or lost. */
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
