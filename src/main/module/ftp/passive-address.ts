/** Address and port, as in PASV and PORT (RFC 959 4.1.2). */
export interface DataAddress {
  readonly address: string
  readonly port: number
}

/**
 * Parses a line of reply 227: six numbers, with or without brackets (RFC 1123 4.1.2.6). Returns `null` when they are
 * missing or invalid.
 */
export function readPassiveAddress(text: string): DataAddress | null {
  const match = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/.exec(text)
  if (!match) return null
  const numbers = match.slice(1).map(Number)
  const [high, low] = [numbers[4]!, numbers[5]!]
  const port = high * 256 + low
  if (numbers.some((one) => one > 255) || port === 0) return null
  return { address: numbers.slice(0, 4).join('.'), port }
}

/** Returns the argument of PORT. */
export function portArgument({ address, port }: DataAddress): string {
  return [...address.split('.'), port >> 8, port & 255].join(',')
}
