import type { AtInstance } from '../at/instance.ts'

/**
 * The two directions of a port in online mode, for sockets and for files of FTP. Whichever side takes no more pauses the
 * other.
 */
export class PortFlow {
  readonly #instance: AtInstance
  readonly #peer: Pausable

  constructor(instance: AtInstance, peer: Pausable) {
    this.#instance = instance
    this.#peer = peer
  }

  /** Passes data of the peer to the host. */
  toHost(bytes: Uint8Array, causes: readonly number[]): void {
    if (!this.#instance.toHost(bytes, causes)) this.#peer.setReading(false)
  }

  /** The peer was sent data; `taken` is false when it takes no more. */
  sent(taken: boolean): void {
    if (!taken) this.#instance.setHostReading(false)
  }

  /** The port takes data again. */
  hostDrained(): void {
    this.#peer.setReading(true)
  }

  /** The peer takes data again, or is gone. */
  peerDrained(): void {
    this.#instance.setHostReading(true)
  }
}

/** A peer whose data can be stopped. */
interface Pausable {
  setReading(reading: boolean): void
}
