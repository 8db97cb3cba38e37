import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Why a request is refused: HTTP status and one sentence. */
export interface Refusal {
  readonly status: 403 | 404 | 405 | 503
  readonly sentence: string
}

/**
 * Returns why a request was not meant for this server, or `null`. Host must be a loopback name with our port: after DNS
 * rebinding, a page of another site still sends its own name. Origin, if sent, must be the board's: browsers do not
 * apply the same-origin policy to WebSockets.
 */
export function refusalOf(request: IncomingMessage, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  const host = request.headers.host
  // With two Host headers Node uses the first, but a proxy might use the other.
  if (host === undefined || !hosts.includes(host) || request.headersDistinct['host']?.length !== 1) {
    return { status: 403, sentence: `This server answers at ${hosts[0]} only.` }
  }
  const origin = request.headers.origin
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, sentence: 'Pages of other sites may not use this simulator.' }
  }
  return null
}

/** Compares in constant time. Hashing makes both sides equally long. */
export function tokenMatches(offered: string | null, expected: string): boolean {
  return timingSafeEqual(digest(offered ?? ''), digest(expected))
}

/** Returns the path and query of a request, or `null` for any other target (`OPTIONS *`, an absolute URL). */
export function targetOf(request: IncomingMessage): URL | null {
  const target = request.url ?? ''
  if (!target.startsWith('/') || target.startsWith('//')) return null
  return URL.canParse(target, 'http://board') ? new URL(target, 'http://board') : null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
