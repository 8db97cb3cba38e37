import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import type { OnlineLink } from '../at/online-link.ts'
import type { Transfer } from './transfer.ts'

/**
 * A file through the port: the bytes of a download to the host, those of the host to an upload, whichever side is too fast held
 * back. `+++` ends the transfer and is no part of the file (D-18).
 */
export class OnlineFile implements OnlineLink {
  readonly escapeEnds = true
  private ended = false
  private whenOver: (() => void) | null = null

  constructor(
    private readonly transfer: Transfer,
    private readonly direction: 'download' | 'upload',
    private readonly instance: AtInstance
  ) {}

  fromHost(bytes: Uint8Array): void {
    // While a file comes there is nothing to send; only the escape sequence counts.
    if (this.direction === 'upload' && !this.transfer.write(bytes)) this.instance.setHostReading(false)
  }

  fromServer(bytes: Uint8Array): void {
    if (!this.ended && !this.instance.toHost(bytes)) this.transfer.setReading(false)
  }

  hostDrained(): void {
    this.transfer.setReading(true)
  }

  serverDrained(): void {
    this.instance.setHostReading(true)
  }

  suspend(): void {
    throw new Error('FTP is ended by the escape sequence, never suspended.')
  }

  /** `+++` was seen: an upload is complete now, a download given up. `over`: NO CARRIER, once the server has said its last word. */
  escaped(over: () => void): void {
    this.ended = true
    this.whenOver = over
    if (this.direction === 'upload') this.transfer.finish()
    else this.transfer.abort()
  }

  /** The transfer is over; `because` says why the file is not whole, where it is not. */
  over(cause: number | null, because?: EndReason): void {
    this.ended = true
    this.instance.setHostReading(true)
    if (this.whenOver) this.whenOver()
    else this.instance.carrierLost(cause, '', because)
  }
}
