import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { AtInstance } from '../at/instance.ts'
import type { PacketContext } from '../network/packet-context.ts'
import type { ClientRequestParts } from '../ssl/client-request.ts'
import type { FtpConnectionParts } from './connection.ts'
import type { Control } from './control.ts'
import type { TransferResult } from './transfer-types.ts'
import type { Transfer } from './transfer.ts'

/** The values of `#FTPCFG`. */
export interface FtpConfig {
  /** In units of 100 ms. Also set by #FTPTO. */
  readonly timeout100ms: number
  /** Data connections use the address of the control connection, whatever PASV returns. */
  readonly ignoresPassiveAddress: boolean
  /** FTPS (G-5-1). */
  readonly secure: boolean
  /** The fourth value, stored without effect (D-34); `null` until it is given. */
  readonly sendSize: number | null
}

export const factoryConfig: FtpConfig = {
  timeout100ms: 100,
  ignoresPassiveAddress: false,
  secure: false,
  sendSize: null
}

/** The arguments of `#FTPOPEN`. */
export interface OpenRequest {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly passive: boolean
}

/** A file to be transferred. */
export interface FileRequest {
  readonly direction: 'download' | 'upload'
  /** The FTP command, such as `RETR file.txt`. */
  readonly command: string
  /** As the host wrote it. */
  readonly name: string
  /** Whether `#FTPREST` applies. */
  readonly resumable?: boolean
  /** The view mode of `#FTPGETPKT`. */
  readonly hexadecimal?: boolean
}

/** A session, from `#FTPOPEN` on. */
export interface OpenSession {
  readonly control: Control
  readonly request: OpenRequest
  /** The AT instance that opened it. No other may use it. */
  readonly instance: AtInstance
  readonly secure: boolean
  type: 0 | 1
  loggedIn: boolean
}

/** Events of a transfer, for both ways of carrying a file. */
export interface FileEvents {
  opened(transfer: Transfer): void
  /** It ended before any data was transferred. */
  refused(result: TransferResult): void
  /** `broughtBy`: the event that brought the bytes. */
  data(bytes: Uint8Array, broughtBy: number | null): void
  ended(): void
}

export interface FtpSessionParts extends Omit<FtpConnectionParts, 'timeoutMs'>, ClientRequestParts {
  readonly transport: SecureTransport
  /** PDP context 1. */
  readonly context: PacketContext
}
