import { FASTEST_BAUD, plainUart, SLOWEST_BAUD, type UartFormat } from '../../shared/hardware/line-rates.ts'

/** A UART as named by `--serial`. */
export interface UartAddress {
  readonly path: string
  readonly baud: number
  readonly format: UartFormat
}

/** The default of most modules and USB adapters. */
const DEFAULT_BAUD = 115_200

/**
 * Parses `PATH[@BAUD[,8N1][,rtscts][,dtr=dcd|dsr|ri]]`. Returns `null` for anything else. The format is data bits (7,
 * 8), parity (N, E, O) and stop bits (1, 2).
 */
export function parseUartAddress(text: string): UartAddress | null {
  const match = /^([^@]+)(?:@(\d{1,8})((?:,[^,]+)*))?$/.exec(text)
  const path = match?.[1]
  if (!path) return null
  const baud = match[2] === undefined ? DEFAULT_BAUD : Number(match[2])
  if (baud < SLOWEST_BAUD || baud > FASTEST_BAUD) return null
  const words = (match[3] ?? '').split(',').slice(1)
  const format = words.reduce<UartFormat | null>((before, word) => before && withWord(before, word), plainUart)
  return format && { path, baud, format }
}

function withWord(format: UartFormat, word: string): UartFormat | null {
  const frame = /^([78])([NEO])([12])$/i.exec(word)
  if (frame) {
    const parity = ({ N: 'none', E: 'even', O: 'odd' } as const)[frame[2]!.toUpperCase() as 'N' | 'E' | 'O']
    return { ...format, dataBits: Number(frame[1]) as 7 | 8, parity, stopBits: Number(frame[3]) as 1 | 2 }
  }
  if (word === 'rtscts') return { ...format, rtscts: true }
  const drives = /^dtr=(dcd|dsr|ri)$/.exec(word)
  return drives ? { ...format, dtrDrives: drives[1] as UartFormat['dtrDrives'] } : null
}
