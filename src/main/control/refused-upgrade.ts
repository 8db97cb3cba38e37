import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './request-guard.ts'

/** How long a refused client may take to read the refusal and close, before it is disconnected. */
const FAREWELL_MS = 1_000

/**
 * Refuses an upgrade request and closes its connection: when the client closes it, or after FAREWELL_MS. Node leaves
 * the stream of an upgrade entirely to its listener.
 */
export function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  // Read and discard what still comes. Unread data would hide the end of the stream, and closing with unread data sends
  // a reset.
  stream.resume()
  const patience = setTimeout(() => stream.destroy(), FAREWELL_MS)
  patience.unref()
  stream.once('close', () => clearTimeout(patience))
  const body = `${refusal.sentence}\n`
  stream.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}
