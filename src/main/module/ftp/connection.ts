import { ftpFarEnd, type FtpConnectionName } from '../../../shared/lab/far-end-name.ts'
import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import { PeerConnection } from '../tls-connection/connection.ts'
import type { ConnectionEvents, ConnectionParts, ConnectionWords, TimeLimit } from '../tls-connection/contract.ts'
import type { SlowCpu } from '../tls-connection/cpu.ts'
import type { HandshakeHistory } from '../tls-connection/handshake-history.ts'

/** Returns one of FTP's two connections, not opened yet. */
export function ftpConnection(
  name: FtpConnectionName,
  parts: FtpConnectionParts,
  events: ConnectionEvents,
  cause: number
): PeerConnection {
  return new PeerConnection(parts, { words: ftpWords(name), cpu: parts.cpu(), cause }, events)
}

/**
 * Begins a TLS handshake on a connection of FTP (RFC 4217). Each is a full one; no session is taken from one connection to the other
 * (G-5-4).
 */
export function secureFtp(
  connection: PeerConnection,
  name: FtpConnectionName,
  request: SecureClientRequest,
  { handshakes, timeoutMs }: Pick<FtpConnectionParts, 'handshakes' | 'timeoutMs'>
): void {
  const limit: TimeLimit = { timer: 'ftp', limitMs: timeoutMs() }
  connection.secure(request, limit, handshakes.begin(ftpFarEnd(request.farEnd, name)))
}

/** What FTP's connections work with. */
export interface FtpConnectionParts extends ConnectionParts {
  readonly handshakes: HandshakeHistory
  /** The processor as it is set; `null` where certificates cost it nothing (G-4.1-6). */
  cpu(): SlowCpu | null
  /** The timeout of `#FTPCFG`, milliseconds. */
  timeoutMs(): number
}

const ftpWords = (name: FtpConnectionName): ConnectionWords => ({
  name: `FTP ${name}`,
  connecting: (where) => `FTP ${name}: connecting to ${where}.`,
  opened: (where) => `FTP ${name}: open with ${where}.`,
  tcpClosed: `The server closed the ${name}.`,
  closeNotified: `The server closed the ${name} with close_notify.`,
  tellsEndOfTls: false
})
