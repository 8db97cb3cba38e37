import type { PeerConnection } from '../tls-connection/connection.ts'

/** The SSL socket as the window shows it. */
export interface SslFacts {
  readonly farEnd: string | null
  readonly suite: PeerConnection['suite']
  readonly counters: PeerConnection['counters']
  readonly heldBytes: number
  readonly online: boolean
  /** Gathered for the next packet. */
  readonly waitingBytes: number
  readonly closureType: number
  readonly sessionKept: boolean
  readonly lastFailure: string | null
}
