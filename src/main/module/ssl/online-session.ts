import type { AtInstance } from '../at/instance.ts'
import type { OnlineLink } from '../at/online-link.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { Held } from './held-bytes.ts'
import { Packetiser } from './packetiser.ts'

/**
 * Online mode of an SSL socket (guide chapter 4.2.1): collects the host's data into packets, watches txTo and maxTo,
 * and pauses whichever side is too fast.
 */
export class OnlineSession implements OnlineLink {
  private readonly packets: Packetiser

  constructor(
    private readonly options: OnlineOptions,
    private readonly connection: PeerConnection,
    private readonly instance: AtInstance,
    private readonly timers: TimerBoard,
    private readonly events: OnlineEvents
  ) {
    this.packets = new Packetiser(options.packetBytes, (packet, causes) => {
      // The peer takes no more: hold the host back until `farEndDrained`.
      if (!connection.causes.during(causes, () => connection.write(packet))) instance.setHostReading(false)
    })
    if (options.maxToMs > 0)
      timers.start('maxTo', options.maxToMs, (cause) => events.idle(cause), connection.causes.current)
  }

  get maxToMs(): number {
    return this.options.maxToMs
  }

  get waitingBytes(): number {
    return this.packets.waitingBytes
  }

  /** Passes on what arrived in command mode, then lets a paused peer continue. */
  begin({ bytes, causes }: Held): void {
    this.connection.setReading(bytes.length === 0 || this.instance.toHost(bytes, causes))
  }

  fromHost(bytes: Uint8Array, causes: readonly number[]): void {
    this.timers.restart('maxTo')
    const before = this.packets.waitingBytes
    this.packets.add(bytes, causes)
    const waiting = this.packets.waitingBytes
    if (waiting === 0) return this.timers.stop('txTo')
    // txTo counts from the oldest waiting byte.
    const begins = before === 0 || before + bytes.length !== waiting
    if (begins && this.options.txToMs > 0)
      this.timers.start('txTo', this.options.txToMs, (cause) => this.packets.flush(cause))
  }

  fromFarEnd(bytes: Uint8Array, causes: readonly number[]): void {
    this.timers.restart('maxTo')
    if (!this.instance.toHost(bytes, causes)) this.connection.setReading(false)
  }

  hostDrained(): void {
    this.connection.setReading(true)
  }

  farEndDrained(): void {
    this.instance.setHostReading(true)
  }

  suspend(cause: number | null): void {
    this.packets.flush(cause)
    this.end()
    this.events.suspended(cause)
  }

  hangUp(cause: number): void {
    this.packets.flush(cause)
    this.events.hungUp(cause)
  }

  /** Ends online mode. Waiting bytes are lost, unless `suspend` has sent them. */
  end(): void {
    this.packets.discard()
    this.timers.stop('txTo')
    this.timers.stop('maxTo')
    this.instance.setHostReading(true)
  }
}

export interface OnlineOptions {
  readonly packetBytes: number
  /** 0 for no limit. */
  readonly txToMs: number
  /** 0 for no limit. */
  readonly maxToMs: number
}

export interface OnlineEvents {
  /** maxTo has expired without data in either direction. `cause` is the timer's event. */
  idle(cause: number): void
  /** +++ was received. */
  suspended(cause: number | null): void
  /** DTR dropped with AT&D2. */
  hungUp(cause: number): void
}
