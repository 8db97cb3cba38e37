import { isIP } from 'node:net'

/** The address at which a network port listens. */
export interface ListenAddress {
  readonly host: string
  /** 0 for a free one. */
  readonly port: number
}

/** Reachable from this machine only. */
export const LOOPBACK = '127.0.0.1'

/**
 * Parses `PORT` (on loopback) or `HOST:PORT`, where HOST is an address of this machine: `0.0.0.0:5000`, `[::]:5000`,
 * `localhost:5000`. Returns `null` for anything else. Other names are not looked up, so that the option shows what is
 * opened to others.
 */
export function parseListenAddress(text: string): ListenAddress | null {
  const [, bracketed, plain, digits] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text) ?? []
  if (digits === undefined || Number(digits) > 65_535) return null
  const port = Number(digits)
  if (bracketed !== undefined) return isIP(bracketed) === 6 ? { host: bracketed, port } : null
  if (plain === undefined || plain === 'localhost') return { host: LOOPBACK, port }
  return isIP(plain) === 4 ? { host: plain, port } : null
}

/** Returns whether only programs of this machine can reach a port at this address. */
export function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/**
 * Returns the warning about a port that other machines can reach, or `null` for loopback. `what` begins the sentence.
 */
export function openPortWarning(what: string, { host, port }: ListenAddress): string | null {
  if (isLoopback(host)) return null
  return `${what} is open to everybody who can reach ${host.includes(':') ? `[${host}]` : host}:${port}, without a password or encryption; give only the port to restrict it to this machine.`
}
