import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { AtInstance } from '../at/instance.ts'
import { OWN_BURST_MS, RETRY_MS, Ring } from './ring.ts'

/**
 * The AT instance that owns a socket, the only one that may use it (G-3.1-3), and the URCs to its host: data waits (D-2),
 * and the connection has ended (D-7).
 */
export class SocketOwner {
  readonly #parts: OwnerParts
  #owner: AtInstance | null = null
  readonly #ring: Ring
  /** A NO CARRIER that is still to be sent. */
  #due: Timer | null = null

  constructor(parts: OwnerParts) {
    this.#parts = parts
    this.#ring = new Ring({ ...parts, instance: () => this.#owner })
  }

  get instance(): AtInstance | null {
    return this.#owner
  }

  take(instance: AtInstance): void {
    this.#owner = instance
  }

  release(): void {
    this.forgetNoCarrier()
    this.#owner = null
    this.#ring.stop()
  }

  /** There may be something to announce, at the earliest in `inMs`. */
  ring(inMs?: number): void {
    this.#ring.wake(inMs)
  }

  /** There is nothing to announce any more. */
  nothingWaits(): void {
    this.#ring.stop()
  }

  /** The connection ended in online mode. `because` is set unless the host ended it. */
  carrierLost(cause: number | null, because?: EndReason): void {
    this.#owner?.carrierLost(cause, this.#parts.noCarrierDetail(), because)
  }

  /** Milliseconds until a URC may be sent, to keep a distance from the last result code (D-7). */
  get quietInMs(): number {
    return this.#owner ? Math.max(0, this.#owner.lastResultMs + OWN_BURST_MS - this.#parts.clock.nowMs()) : 0
  }

  /** The connection ended in command mode. A running command gives its response first. */
  noCarrier(cause: number | null, because: EndReason, inMs = 0): void {
    if (inMs === 0) return this.#owner?.reportNoCarrier(this.#parts.noCarrierDetail(), cause, because, this.#parts.name)
    this.#due = this.#parts.clock.schedule(inMs, () => {
      this.#due = null
      // A command may be running by now. Keep the distance from its result code too.
      this.noCarrier(cause, because, this.#owner?.idle === false ? RETRY_MS : this.quietInMs)
    })
  }

  /** The host dials again: a late NO CARRIER would look like the end of the new connection. */
  forgetNoCarrier(): void {
    this.#due?.cancel()
    this.#due = null
    this.#owner?.withdrawNoCarrier(this.#parts.name)
  }
}

export interface OwnerParts {
  readonly clock: Clock
  /** The name of the socket, such as `ssl` or `socket1`. */
  readonly name: string
  /** Returns the URC that tells of waiting data, or `null` when there is nothing to announce. */
  announcement(): string | null
  /** Returns why it is sent although no command of this run asked for it, or `null`. */
  unasked(): EndReason | null
  /** The events that brought the newest of the data. */
  causes(): readonly number[]
  /** What follows NO CARRIER. */
  noCarrierDetail(): string
}
