import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Refusal } from './request-guard.ts'

/** How long a refused client may take to read its refusal and leave, before it is cut off. */
const FAREWELL_MS = 1_000

/**
 * Answers an upgrade request with a refusal and gets rid of its connection: when the client closes it, or after a second. Node
 * hands the stream of an upgrade over and takes no further notice of it, so nobody else would.
 */
export function refuseUpgrade(stream: Duplex, refusal: Refusal): void {
  // What still comes is thrown away. It has to be read: unread, it hides the client's end, and a close with it resets the line.
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
