import { unknownLines, type PortLines } from '../../shared/hardware/port-lines.ts'
import type { QuietPort } from '../state/terminal/quiet-ports.ts'
import { boardWords } from './words.ts'

/** A line of the connector, in the order of its pins. Names are the host's, as they are on the connector. */
export interface UartLine {
  readonly name: string
  readonly line: 'txd' | 'rxd' | Exclude<keyof PortLines, 'why'>
  /** Who drives it. */
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
  const { noLines } = boardWords.uart
  return noLines[port?.kind ?? 'pty']
}
