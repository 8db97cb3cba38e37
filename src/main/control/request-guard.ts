import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is not answered: status and one sentence. */
export interface Refusal {
  readonly status: 403 | 404 | 405 | 503
  readonly sentence: string
}

/**
 * Whether a request was meant for this server. Host must be a loopback name with our port: a page of some other site
 * whose name was re-pointed to 127.0.0.1 (DNS rebinding) still sends its own name. Origin, where a browser sends one, must
 * be the board's: a WebSocket is not held back by the same-origin policy, so the server has to look.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = request.headers.host
  // Of two names Node takes the first, and something in front of it may take the other.
  if (host === undefined || !hosts.includes(host) || request.headersDistinct['host']?.length !== 1) {
    return { status: 403, sentence: `This server answers at ${hosts[0]} only.` }
  }
  const origin = request.headers.origin
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, sentence: 'Pages of other sites may not use this simulator.' }
  }
  return null
}

/** Compares in constant time; the hash makes both sides equally long. */
export function tokenMatches(offered: string | null, expected: string): boolean {
  return timingSafeEqual(digest(offered ?? ''), digest(expected))
}

/** The path and query of a request, or null when it is not one (`OPTIONS *`, an absolute URL of some other place). */
export function targetOf(request: IncomingMessage): URL | null {
  const target = request.url ?? ''
  if (!target.startsWith('/') || target.startsWith('//')) return null
  return URL.canParse(target, 'http://board') ? new URL(target, 'http://board') : null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
