import type { AtInstance } from '../at/instance.ts'
import type { NoCarrier, OnlineLink } from '../at/online-link.ts'
import type { Timers } from '../hardware/timer-board.ts'
import type { Held } from './held-bytes.ts'
import type { IdleLimit } from './idle-limit.ts'
import type { SocketLink } from './link.ts'
import { Packetiser } from './packetiser.ts'
import { PortFlow } from './port-flow.ts'

/**
 * Online mode of a socket (guide chapter 4.2.1): collects the host's data into packets, watches txTo and maxTo, and
 * pauses whichever side is too fast.
 */
export class OnlineSession implements OnlineLink {
  readonly #options: OnlineOptions
  readonly #link: SocketLink
  readonly #instance: AtInstance
  readonly #timers: Timers
  readonly #idle: IdleLimit
  readonly #events: OnlineEvents
  readonly #packets: Packetiser
  readonly #flow: PortFlow

  constructor(options: OnlineOptions, parts: OnlineParts, events: OnlineEvents) {
    this.#options = options
    this.#link = parts.link
    this.#instance = parts.instance
    this.#timers = parts.timers
    this.#idle = parts.idle
    this.#events = events
    this.#flow = new PortFlow(parts.instance, parts.link)
    this.#packets = new Packetiser(options.packetBytes, (packet, causes) =>
      this.#flow.sent(parts.link.writeBecause(causes, packet))
    )
  }

  get waitingBytes(): number {
    return this.#packets.waitingBytes
  }

  /** Passes on what arrived in command mode, then lets a paused peer continue. */
  begin({ bytes, causes }: Held): void {
    this.#link.setReading(bytes.length === 0 || this.#instance.toHost(bytes, causes))
  }

  fromHost(bytes: Uint8Array, causes: readonly number[]): void {
    this.#idle.touched()
    const before = this.#packets.waitingBytes
    this.#packets.add(bytes, causes)
    const waiting = this.#packets.waitingBytes
    if (waiting === 0) return this.#timers.stop('txTo')
    // txTo counts from the oldest waiting byte, unless each byte restarts it.
    const begins = this.#options.everyByteRestartsTxTo || before === 0 || before + bytes.length !== waiting
    if (begins && this.#options.txToMs > 0)
      this.#timers.start('txTo', this.#options.txToMs, (cause) => this.#packets.flush(cause))
  }

  fromPeer(bytes: Uint8Array, causes: readonly number[]): void {
    this.#idle.touched()
    this.#flow.toHost(bytes, causes)
  }

  hostDrained(): void {
    this.#flow.hostDrained()
  }

  peerDrained(): void {
    this.#flow.peerDrained()
  }

  suspend(cause: number | null): NoCarrier | null {
    this.#packets.flush(cause)
    this.end()
    return this.#events.suspended(cause)
  }

  hangUp(cause: number): void {
    this.#packets.flush(cause)
    this.#events.hungUp(cause)
  }

  /** Ends online mode. Waiting bytes are lost, unless `suspend` has sent them. */
  end(): void {
    this.#packets.discard()
    this.#timers.stop('txTo')
    this.#flow.peerDrained()
  }
}

export interface OnlineOptions {
  readonly packetBytes: number
  /** 0 for no limit. */
  readonly txToMs: number
  /** Whether each byte of the host gives txTo its full time again (`bufferStart` of #SCFGEXT2). */
  readonly everyByteRestartsTxTo: boolean
}

export interface OnlineParts {
  readonly link: SocketLink
  readonly instance: AtInstance
  readonly timers: Timers
  readonly idle: IdleLimit
}

export interface OnlineEvents {
  /** +++ was received. Returns the end of the connection, if the host must learn of it instead of OK. */
  suspended(cause: number | null): NoCarrier | null
  /** DTR dropped with AT&D2. */
  hungUp(cause: number): void
}
