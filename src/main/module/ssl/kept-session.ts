import type { KeptSession } from '../../../shared/contracts/tls.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'

/**
 * The TLS session that #SSLFASTD resumes (G-4.4-1, G-4.4-2, D-24). It is lost with power, by `#SSLEN=1,0` and
 * `#SSLH=1,0`, after a fatal alert, and when its connection ends without close_notify from either side (RFC 2246
 * 7.2.1).
 */
export class SessionKeeper {
  private kept: FastDial | null = null
  private loss: string | null = null

  get session(): FastDial | null {
    return this.kept
  }

  /** Why the kept session was lost, in one sentence, if its connection is the reason; else `null`. */
  get lossSentence(): string | null {
    return this.loss
  }

  /** Keeps the connection's session for `closureType` 1; drops it for 0. A session without an id cannot be kept. */
  keep(closureType: number, connection: PeerConnection, host: string, port: number): void {
    const { session } = connection.tls
    this.loss = null
    this.kept = closureType === 1 && session ? { session, host, port } : null
  }

  /** The connection has ended. */
  connectionEnded({ tls, name }: PeerConnection): void {
    if (tls.closeNotified || !this.kept) return
    this.kept = null
    this.loss = `The connection to ${name} ended without close_notify from either side, so its session is lost.`
  }

  forget(): void {
    this.kept = null
    this.loss = null
  }
}

/** A kept TLS session with its server. */
export interface FastDial {
  readonly session: KeptSession
  readonly host: string
  readonly port: number
}
