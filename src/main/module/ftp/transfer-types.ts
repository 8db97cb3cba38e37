import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'

// The parameters and events of a transfer.

export interface TransferRequest {
  readonly direction: 'download' | 'upload'
  /** `RETR file.txt` and the like. */
  readonly command: string
  /** Where a download begins, bytes. */
  readonly position: number
  readonly passive: boolean
  /** Dotted address of the server. */
  readonly controlAddress: string
  /** IPPignoring of #FTPCFG. */
  readonly ignoresPassiveAddress: boolean
  /** Null: plain FTP. */
  readonly secure: SecureClientRequest | null
}

export interface TransferEvents {
  /** The bytes may flow. */
  opened(): void
  /** `cause`: the event that brought the bytes. */
  data(bytes: Uint8Array, cause: number | null): void
  drained(): void
  ended(result: TransferResult): void
}

export interface TransferResult {
  /** Why the file is not whole, or null. */
  readonly failure: CommandFailure | null
  /** The data connection never came to be (which #FTPGET answers with NO CARRIER at once), though the server may be willing. */
  readonly linkFailed: boolean
}
