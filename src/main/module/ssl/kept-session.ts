import type { KeptSession } from '../../../shared/contracts/tls.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'

/**
 * The session that #SSLFASTD takes up again (G-4.4-1, G-4.4-2, D-24). It is lost with power, with `#SSLEN=1,0` and `#SSLH=1,0`, after a
 * fatal alert, and when a connection of it ended although neither side had said close_notify (RFC 2246 7.2.1).
 */
export class SessionKeeper {
  private kept: FastDial | null = null
  private loss: string | null = null

  get session(): FastDial | null {
    return this.kept
  }

  /** Why the session that was kept last is lost, one sentence, where its connection is to blame; else `null`. */
  get lossSentence(): string | null {
    return this.loss
  }

  /** `closureType` 1 keeps the session of the connection, 0 ends it for good; one without an id cannot be kept. */
  keep(closureType: number, connection: PeerConnection, host: string, port: number): void {
    const { session } = connection
    this.loss = null
    this.kept = closureType === 1 && session ? { session, host, port } : null
  }

  /** The connection has ended. */
  connectionEnded({ closeNotified, name }: PeerConnection): void {
    if (closeNotified || !this.kept) return
    this.kept = null
    this.loss = `The connection to ${name} ended without close_notify from either side, so its session is lost.`
  }

  forget(): void {
    this.kept = null
    this.loss = null
  }
}

/** A session, and where it was. */
export interface FastDial {
  readonly session: KeptSession
  readonly host: string
  readonly port: number
}
