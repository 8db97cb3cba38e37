import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import type { NoCarrier, OnlineLink } from '../at/online-link.ts'
import { PortFlow } from '../sockets/port-flow.ts'
import type { Transfer } from './transfer.ts'

/**
 * A file transfer in online mode: passes a download to the host or the host's bytes to an upload, and pauses whichever
 * side is too fast. `+++` ends the transfer and is not part of the file (D-18).
 */
export class OnlineFile implements OnlineLink {
  readonly escapeEnds = true
  private ended = false
  private whenOver: (() => void) | null = null
  private readonly flow: PortFlow

  constructor(
    private readonly transfer: Transfer,
    private readonly direction: 'download' | 'upload',
    private readonly instance: AtInstance
  ) {
    this.flow = new PortFlow(instance, transfer)
  }

  fromHost(bytes: Uint8Array, causes: readonly number[]): void {
    // During a download nothing is sent; only the escape sequence has an effect.
    if (this.direction === 'upload') this.flow.sent(this.transfer.write(bytes, causes))
  }

  /** `cause`: the event that brought the bytes. */
  fromServer(bytes: Uint8Array, cause: number | null): void {
    if (!this.ended) this.flow.toHost(bytes, cause === null ? [] : [cause])
  }

  hostDrained(): void {
    this.flow.hostDrained()
  }

  serverDrained(): void {
    this.flow.peerDrained()
  }

  suspend(): NoCarrier {
    throw new Error('FTP is ended by the escape sequence, never suspended.')
  }

  /**
   * `+++` was received: an upload is complete, a download is aborted. `over` sends NO CARRIER after the server's last
   * reply.
   */
  escaped(over: () => void): void {
    this.ended = true
    this.whenOver = over
    if (this.direction === 'upload') this.transfer.finish()
    else this.transfer.abort()
  }

  /** The transfer is over. `because` says why the file is incomplete, if it is. */
  over(cause: number | null, because?: EndReason): void {
    this.ended = true
    this.flow.peerDrained()
    if (this.whenOver) this.whenOver()
    else this.instance.carrierLost(cause, '', because)
  }
}
