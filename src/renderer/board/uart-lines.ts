import { unknownLines, type PortLines } from '../../shared/hardware/port-lines.ts'
import type { QuietPort } from '../state/terminal/quiet-ports.ts'
import { boardWords } from './words.ts'

/** A line of the connector, in pin order. The names are the host's, as on the connector. */
export interface UartLine {
  readonly name: string
  readonly line: 'txd' | 'rxd' | Exclude<keyof PortLines, 'why'>
  /** Which side drives the line. */
  readonly from: 'host' | 'module'
}

export const uartLines: readonly UartLine[] = [
  { name: 'TXD', line: 'txd', from: 'host' },
  { name: 'RXD', line: 'rxd', from: 'module' },
  { name: 'CTS', line: 'cts', from: 'module' },
  { name: 'RTS', line: 'rts', from: 'host' },
  { name: 'DTR', line: 'dtr', from: 'host' },
  { name: 'DSR', line: 'dsr', from: 'module' },
  { name: 'DCD', line: 'dcd', from: 'module' },
  { name: 'RI', line: 'ri', from: 'module' }
]

/** Returns the port of AT0 whose plug is drawn: the one that a host has open, else the first. */
export function shownPort(ports: readonly QuietPort[]): QuietPort | null {
  const own = ports.filter((port) => port.instance === 0)
  return own.find((port) => port.clientPresent) ?? own[0] ?? null
}

export function linesOf(port: QuietPort | null): PortLines {
  return port?.lines ?? unknownLines(port?.kind ?? 'none')
}

/** Returns why the connector has no modem lines, in a few words; `null` if the state of any line is known. */
export function bareNote(port: QuietPort | null): string | null {
  const { why, ...lines } = linesOf(port)
  if (why === null || Object.values(lines).some((state) => state !== null)) return null
  const { noLines } = boardWords.uart
  return noLines[port?.kind ?? 'pty']
}
