import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import { ftpFarEnd, type FtpConnectionName } from '../../../shared/lab/far-end-name.ts'
import { PeerConnection } from '../tls-connection/connection.ts'
import type {
  ConnectionEvents,
  ConnectionParts,
  ConnectionWords,
  SlowCpu,
  TimeLimit
} from '../tls-connection/contract.ts'
import type { HandshakeHistory } from '../tls-connection/handshake-history.ts'

/** Returns one of the two connections of FTP, not yet opened. */
export function ftpConnection(
  name: FtpConnectionName,
  parts: FtpConnectionParts,
  events: ConnectionEvents,
  cause: number
): PeerConnection {
  return new PeerConnection(parts, { words: ftpWords(name), cpu: parts.cpu(), cause }, events)
}

/**
 * Begins a TLS handshake on an FTP connection (RFC 4217). It is always a full one: no session is shared between
 * connections (G-5-4).
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

/** What FTP connections need from the module. */
export interface FtpConnectionParts extends ConnectionParts {
  readonly handshakes: HandshakeHistory
  /** The processor as it is set; `null` where certificates take no time (G-4.1-6). */
  cpu(): SlowCpu | null
  /** The timeout of `#FTPCFG`, in milliseconds. */
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
