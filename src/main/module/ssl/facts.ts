import type { SecureConnection } from './secure-connection.ts'

/** The SSL socket as the window shows it. */
export interface SslFacts {
  readonly farEnd: string | null
  readonly suite: SecureConnection['suite']
  readonly counters: SecureConnection['counters']
  readonly heldBytes: number
  readonly online: boolean
  /** Gathered for the next packet. */
  readonly waitingBytes: number
  readonly closureType: number
  readonly sessionKept: boolean
  readonly lastFailure: string | null
}
