/**
 * Whether the first bytes of a TCP client are a web browser's request to this very port. Any page may have a browser post text to a
 * loopback address, and between the headers' errors its lines would be commands. A request that travels through the
 * module names its far end's host and is none of this. `port`: where the client connected to.
 */
export function isWebRequest(first: Uint8Array, port: number): boolean {
  const text = Buffer.from(first.buffer, first.byteOffset, first.byteLength).toString('latin1')
  if (!/^(GET|HEAD|POST|OPTIONS) \//.test(text)) return false
  const host = /\r\nhost:[ \t]*([^\r\n]*)\r\n/i.exec(text)?.[1]
  // A browser sends its headers at once; a target that is longer than a segment is a page's invention.
  if (host === undefined) return first.length > longestPlainTargetBytes
  return host.endsWith(`:${port}`) || (port === 80 && !host.includes(':'))
}

/** What a person types or a script sends by piece is shorter. */
const longestPlainTargetBytes = 1_024
