import { isIP } from 'node:net'

/** Where a network port listens. */
export interface ListenAddress {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
}

/** Nobody but this machine. */
export const LOOPBACK = '127.0.0.1'

/**
 * Reads `PORT` (on loopback) or `HOST:PORT`, where HOST is an address of this machine: `0.0.0.0:5000`, `[::]:5000`,
 * `localhost:5000`. Null when it is neither. Names are not looked up: what is opened to others is to be plain to see.
 */
export function parseListenAddress(text: string): ListenAddress | null {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text) ?? []
  if (digits === undefined || Number(digits) > 65_535) return null
  const port = Number(digits)
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port } : null
  if (plain === undefined || plain === 'localhost') return { host: LOOPBACK, port }
  return isIP(plain) === 4 ? { host: plain, port } : null
}

/** Whether only programs of this machine can reach a port there. */
export function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** What a person is told of a port that others can reach; null for one that they cannot. `what` begins the sentence. */
export function openPortWarning(what: string, { host, port }: ListenAddress): string | null {
  if (isLoopback(host)) return null
  return `${what} is open to everybody who can reach ${host.includes(':') ? `[${host}]` : host}:${port}, without a password or encryption; give only the port to restrict it to this machine.`
}
