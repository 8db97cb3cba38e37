import type { Endpoint, UdpEvents } from '../../shared/contracts/bearer.ts'
import type { Clock, Timer } from '../../shared/contracts/clock.ts'
import type { DatagramFaultId } from '../../shared/lab/faults.ts'

/** A fault that is armed for the datagram that is about to arrive. */
export interface FaultOnDatagram {
  readonly id: DatagramFaultId
  readonly parameter: number | null
  /** Reports the fault on the timeline and returns the number of its event. */
  strike(cause: number | null): number
}

/** The last part of a datagram's way to one socket of the module, where the faults of datagrams strike. */
export class DatagramWay {
  /** The datagram that waits to be overtaken; `null` for none. */
  #held: { readonly deliver: () => void; readonly timer: Timer } | null = null
  #open = true

  constructor(
    private readonly clock: Clock,
    private readonly faultOnDatagram: () => FaultOnDatagram | null,
    private readonly events: UdpEvents
  ) {}

  arrive(bytes: Uint8Array, from: Endpoint): void {
    if (!this.#open) return
    // The one behind a datagram that is held overtakes it, whatever is armed.
    const fault = this.#held ? null : this.faultOnDatagram()
    const deliver = (byFault: number | null): void => {
      if (this.#open) this.events.datagram(bytes, from, byFault)
    }
    if (!fault) {
      deliver(null)
      return this.#release()
    }
    const report = (cause: number | null): number => fault.strike(cause)
    const seq = this.events.struck ? this.events.struck(report) : report(null)
    behaviours[fault.id]({
      deliver: () => deliver(seq),
      hold: () => {
        const timer = this.clock.schedule(fault.parameter ?? HELD_MS, () => this.#release())
        this.#held = { deliver: () => deliver(seq), timer }
      }
    })
  }

  /** Drops what is held. Nothing arrives any more. */
  close(): void {
    this.#open = false
    this.#held?.timer.cancel()
    this.#held = null
  }

  #release(): void {
    const held = this.#held
    this.#held = null
    held?.timer.cancel()
    held?.deliver()
  }
}

/** What each fault does with the datagram that it strikes. */
const behaviours: Readonly<Record<DatagramFaultId, (way: { deliver(): void; hold(): void }) => void>> = {
  'datagram-lost': () => {},
  'datagram-doubled': ({ deliver }) => {
    deliver()
    deliver()
  },
  'datagrams-reordered': ({ hold }) => hold()
}

/** Where the fault has no figure of its own. */
const HELD_MS = 1000
