import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'

// The parameters and events of a transfer.

export interface TransferRequest {
  readonly direction: 'download' | 'upload'
  /** The FTP command, such as `RETR file.txt`. */
  readonly command: string
  /** Where a download begins, in bytes. */
  readonly position: number
  readonly passive: boolean
  /** Dotted address of the server. */
  readonly controlAddress: string
  /** IPPignoring of #FTPCFG. */
  readonly ignoresPassiveAddress: boolean
  /** `null` for plain FTP. */
  readonly secure: SecureClientRequest | null
}

export interface TransferEvents {
  /** Data can be transferred. */
  opened(): void
  /** `cause`: the event that brought the bytes. */
  data(bytes: Uint8Array, cause: number | null): void
  drained(): void
  ended(result: TransferResult): void
}

export interface TransferResult {
  /** Why the file is incomplete, or `null`. */
  readonly failure: CommandFailure | null
  /**
   * There was no data connection (for which #FTPGET gives NO CARRIER at once), though the server may accept the
   * command.
   */
  readonly linkFailed: boolean
}
