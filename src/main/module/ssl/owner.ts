import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Nvm } from '../hardware/nvm.ts'
import { ringKept } from './ends.ts'
import type { Reader } from './reader.ts'
import { OWN_BURST_MS, RETRY_MS, Ring } from './ring.ts'

/**
 * The AT instance that enabled SSL and alone may use it (G-3.1-3), and what its host is told without having asked: that
 * data waits (D-2), and that the connection has ended (D-7), each as #SSLCFG wants it (D-1).
 */
export class SocketOwner {
  private owner: AtInstance | null = null
  /** Whether a line of this run has set the SSLSRING mode; else it is what NVM had. */
  ringAsked = false
  private readonly ring: Ring
  /** NO CARRIER as a burst of its own, which is still to come. */
  private due: Timer | null = null

  constructor(private readonly parts: OwnerParts) {
    this.ring = new Ring(
      parts.clock,
      () => this.announcement(),
      () => this.owner,
      () => (this.ringAsked ? null : ringKept())
    )
  }

  get instance(): AtInstance | null {
    return this.owner
  }

  take(instance: AtInstance): void {
    this.owner = instance
  }

  release(): void {
    this.forgetNoCarrier()
    this.owner = null
    this.ring.stop()
  }

  /** Data waits, or waits still. */
  dataWaits(): void {
    if (this.parts.reader.heldBytes > 0) this.ring.wake()
  }

  /** Nothing is to be announced any more. */
  nothingWaits(): void {
    this.ring.stop()
  }

  /** The connection ended under online mode; `because` where the host did not ask for it. */
  carrierLost(cause: number | null, because?: EndReason): void {
    this.owner?.carrierLost(cause, this.noCarrierDetail(), because)
  }

  /** Milliseconds until a burst of its own may come: it keeps a distance from the last result code (D-7). */
  get quietInMs(): number {
    return this.owner ? Math.max(0, this.owner.lastResultMs + OWN_BURST_MS - this.parts.clock.nowMs()) : 0
  }

  /** The connection ended in command mode; what runs gives its answer first. */
  noCarrier(cause: number | null, because: EndReason, inMs = 0): void {
    if (inMs === 0) return this.owner?.reportNoCarrier(this.noCarrierDetail(), cause, because)
    this.due = this.parts.clock.schedule(inMs, () => {
      this.due = null
      // A command may run by now: its result code is one to keep the distance from, too.
      this.noCarrier(cause, because, this.owner?.idle === false ? RETRY_MS : this.quietInMs)
    })
  }

  /** The host dials anew: NO CARRIER of the connection before would be taken for the end of this one. */
  forgetNoCarrier(): void {
    this.due?.cancel()
    this.due = null
    this.owner?.withdrawNoCarrier()
  }

  /** The line of SSLSRING as the 7th value of #SSLCFG wants it; mode 2 hands the data over with it. */
  private announcement(): string | null {
    const mode = this.parts.nvm.contents.sslConfig.ringMode
    const { maxReadBytes } = this.parts
    const waiting = Math.min(this.parts.reader.heldBytes, maxReadBytes)
    if (mode === 0 || waiting === 0) return null
    return `SSLSRING: 1,${waiting}${mode === 1 ? '' : `,${String.fromCharCode(...this.parts.handOver(maxReadBytes))}`}`
  }

  /** The 8th value of #SSLCFG. */
  private noCarrierDetail(): string {
    return this.parts.nvm.contents.sslConfig.noCarrierMode === 1 ? ':SSL,1' : ''
  }
}

export interface OwnerParts {
  readonly clock: Clock
  readonly nvm: Nvm
  /** What is held for the host; empty unless the socket is open. */
  readonly reader: Reader
  /** As much as #SSLRECV takes at once (D-6). */
  readonly maxReadBytes: number
  /** Takes as much as this of it, as #SSLRECV does. */
  handOver(maxBytes: number): Uint8Array
}
