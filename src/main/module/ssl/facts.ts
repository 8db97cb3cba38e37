import type { PeerConnection } from '../tls-connection/connection.ts'

/** The state of the SSL socket for the window. */
export interface SslFacts {
  readonly farEnd: string | null
  readonly suite: PeerConnection['tls']['suite']
  readonly counters: PeerConnection['counters']
  readonly heldBytes: number
  readonly online: boolean
  /** Bytes that wait for the next packet. */
  readonly waitingBytes: number
  readonly closureType: number
  readonly sessionKept: boolean
  readonly lastFailure: string | null
}
