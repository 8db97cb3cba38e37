import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Nvm } from '../hardware/nvm.ts'
import { ringKept } from './ends.ts'
import type { Reader } from './reader.ts'
import { OWN_BURST_MS, RETRY_MS, Ring } from './ring.ts'

/**
 * The AT instance that enabled SSL, the only one that may use it (G-3.1-3), and the URCs to its host: data waits (D-2),
 * and the connection has ended (D-7). Both depend on #SSLCFG (D-1).
 */
export class SocketOwner {
  private owner: AtInstance | null = null
  /** Whether a command of this run has set the SSLSRING mode; else it comes from NVM. */
  ringAsked = false
  private readonly ring: Ring
  /** A NO CARRIER that is still to be sent. */
  private due: Timer | null = null

  constructor(private readonly parts: OwnerParts) {
    this.ring = new Ring(
      parts.clock,
      () => this.announcement(),
      () => this.owner,
      () => (this.ringAsked ? null : ringKept()),
      () => this.parts.reader.newestCauses
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

  /** Data waits, or still waits. */
  dataWaits(): void {
    if (this.parts.reader.heldBytes > 0) this.ring.wake()
  }

  /** There is nothing to announce any more. */
  nothingWaits(): void {
    this.ring.stop()
  }

  /** The connection ended in online mode. `because` is set unless the host ended it. */
  carrierLost(cause: number | null, because?: EndReason): void {
    this.owner?.carrierLost(cause, this.noCarrierDetail(), because)
  }

  /** Milliseconds until a URC may be sent, to keep a distance from the last result code (D-7). */
  get quietInMs(): number {
    return this.owner ? Math.max(0, this.owner.lastResultMs + OWN_BURST_MS - this.parts.clock.nowMs()) : 0
  }

  /** The connection ended in command mode. A running command gives its response first. */
  noCarrier(cause: number | null, because: EndReason, inMs = 0): void {
    if (inMs === 0) return this.owner?.reportNoCarrier(this.noCarrierDetail(), cause, because)
    this.due = this.parts.clock.schedule(inMs, () => {
      this.due = null
      // A command may be running by now. Keep the distance from its result code too.
      this.noCarrier(cause, because, this.owner?.idle === false ? RETRY_MS : this.quietInMs)
    })
  }

  /** The host dials again: a late NO CARRIER would look like the end of the new connection. */
  forgetNoCarrier(): void {
    this.due?.cancel()
    this.due = null
    this.owner?.withdrawNoCarrier()
  }

  /** Returns the SSLSRING line for the 7th value of #SSLCFG. In mode 2 it includes the data. */
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
  /** Data held for the host; empty unless the socket is open. */
  readonly reader: Reader
  /** The limit of #SSLRECV (D-6). */
  readonly maxReadBytes: number
  /** Takes that many bytes of it, like #SSLRECV. */
  handOver(maxBytes: number): Uint8Array
}
