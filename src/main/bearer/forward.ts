import { isIPv4 } from 'node:net'

/** A forward `--forward [HOST:]PORT=CONNID`: a port of this machine that leads to a listener of the module. */
export interface Forward {
  readonly host: string
  /** 0 for a free one. */
  readonly port: number
  /** The connection id of the listener, 1 to 6. */
  readonly connId: number
}

/**
 * Parses a forward. HOST is an IPv4 address of this machine, loopback by default: the module knows no other addresses,
 * and its firewall judges the caller's. Returns `null` when the text is not a forward.
 */
export function parseForward(text: string): Forward | null {
  const [, host = LOOPBACK, digits, connId] = /^(?:([^:=]+):)?(\d{1,5})=([1-6])$/.exec(text) ?? []
  const port = Number(digits)
  if (connId === undefined || port > 65_535) return null
  const address = host === 'localhost' ? LOOPBACK : host
  return isIPv4(address) ? { host: address, port, connId: Number(connId) } : null
}

const LOOPBACK = '127.0.0.1'
