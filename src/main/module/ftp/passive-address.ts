/** An address and a port, as PASV gives and PORT names them (RFC 959 4.1.2). */
export interface DataAddress {
  readonly address: string
  readonly port: number
}

/** Reads a line of the answer 227: six numbers, with or without brackets around them (RFC 1123 4.1.2.6). Null: there are none, or none that can be. */
export function readPassiveAddress(text: string): DataAddress | null {
  const match = /(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})/.exec(text)
  if (!match) return null
  const numbers = match.slice(1).map(Number)
  const [high, low] = [numbers[4]!, numbers[5]!]
  const port = high * 256 + low
  if (numbers.some((one) => one > 255) || port === 0) return null
  return { address: numbers.slice(0, 4).join('.'), port }
}

/** The argument of PORT. */
export function portArgument({ address, port }: DataAddress): string {
  return [...address.split('.'), port >> 8, port & 255].join(',')
}
