import { unknownLines, type PortLines } from '../../shared/hardware/port-lines.ts'
import type { QuietPort } from '../state/terminal/quiet-ports.ts'

/** A line of the connector, in the order of its pins. Names are the host's, as they are on the connector. */
export interface UartLine {
  readonly name: string
  readonly line: 'txd' | 'rxd' | Exclude<keyof PortLines, 'why'>
  /** Who drives it. */
  readonly from: 'host' | 'module'
  readonly about: string
}

export const uartLines: readonly UartLine[] = [
  { name: 'TXD', line: 'txd', from: 'host', about: 'Bytes from the host to the module.' },
  { name: 'RXD', line: 'rxd', from: 'module', about: 'Bytes from the module to the host.' },
  { name: 'CTS', line: 'cts', from: 'module', about: 'The module lets the host send (hardware flow control).' },
  { name: 'RTS', line: 'rts', from: 'host', about: 'The host lets the module send (hardware flow control).' },
  { name: 'DTR', line: 'dtr', from: 'host', about: 'The host is ready; AT&D says what the module does when it drops.' },
  { name: 'DSR', line: 'dsr', from: 'module', about: 'The module is ready.' },
  { name: 'DCD', line: 'dcd', from: 'module', about: 'A connection is up in data mode; AT&C says when.' },
  { name: 'RI', line: 'ri', from: 'module', about: 'The module wants the host: a call or an unsolicited message.' }
]

/** The port whose plug is drawn: the one that a host has, else the first of AT0. */
export function shownPort(ports: readonly QuietPort[]): QuietPort | null {
  const own = ports.filter((port) => port.instance === 0)
  return own.find((port) => port.clientPresent) ?? own[0] ?? null
}

export function linesOf(port: QuietPort | null): PortLines {
  return port?.lines ?? unknownLines(port?.kind ?? 'none')
}

/** Under the pins: why they are bare, in a few words; null where a line is known. */
export function bareNote(port: QuietPort | null): string | null {
  const { why, ...lines } = linesOf(port)
  if (why === null || Object.values(lines).some((state) => state !== null)) return null
  return (
    {
      pty: 'no modem lines on a pty',
      tcp: 'no modem lines over TCP',
      serial: 'no modem lines here',
      rfc2217: 'no client, no lines'
    }[port?.kind ?? 'pty'] ?? 'no modem lines'
  )
}
