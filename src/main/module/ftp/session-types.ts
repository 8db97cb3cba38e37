import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { AtInstance } from '../at/instance.ts'
import type { PacketContext } from '../network/packet-context.ts'
import type { ClientRequestParts } from '../ssl/client-request.ts'
import type { FtpConnectionParts } from './connection.ts'
import type { Control } from './control.ts'
import type { Transfer, TransferResult } from './transfer.ts'

/** `#FTPCFG`. */
export interface FtpConfig {
  /** Also set by #FTPTO. */
  readonly timeout100ms: number
  /** Data connections go to the address of the control connection, whatever PASV says. */
  readonly ignoresPassiveAddress: boolean
  /** FTPS (G-5-1). */
  readonly secure: boolean
  /** The fourth value, kept without an effect (D-34); `null` until it is given. */
  readonly sendSize: number | null
}

export const factoryConfig: FtpConfig = {
  timeout100ms: 100,
  ignoresPassiveAddress: false,
  secure: false,
  sendSize: null
}

/** What `#FTPOPEN` asks for. */
export interface OpenRequest {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly passive: boolean
}

/** A file to be carried. */
export interface FileRequest {
  readonly direction: 'download' | 'upload'
  /** `RETR file.txt` and the like. */
  readonly command: string
  /** As the host named it. */
  readonly name: string
  /** `#FTPREST` counts for it. */
  readonly resumable?: boolean
  /** The view mode of `#FTPGETPKT`. */
  readonly hexadecimal?: boolean
}

/** A session from `#FTPOPEN` on. */
export interface OpenSession {
  readonly control: Control
  readonly request: OpenRequest
  /** The AT instance that opened it and alone may use it. */
  readonly instance: AtInstance
  readonly secure: boolean
  type: 0 | 1
  loggedIn: boolean
}

/** What the two ways of carrying a file make of a transfer's events. */
export interface FileEvents {
  opened(transfer: Transfer): void
  /** It did not come to bytes. */
  refused(result: TransferResult): void
  data(bytes: Uint8Array): void
  ended(): void
}

export interface FtpSessionParts extends Omit<FtpConnectionParts, 'timeoutMs'>, ClientRequestParts {
  readonly transport: SecureTransport
  /** PDP context 1. */
  readonly context: PacketContext
}
