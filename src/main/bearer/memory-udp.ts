import type { Cancellable, Endpoint, Listener, Listening, UdpEvents, UdpSocket } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import { contextAddress } from './addresses.ts'
import { DatagramWay, type FaultOnDatagram } from './datagram-faults.ts'

/** A UDP server in memory. `reply` sends a datagram back to the sender. */
export type MemoryUdpServer = (bytes: Uint8Array, from: Endpoint, reply: (bytes: Uint8Array) => void) => void

/** The UDP side of the network in memory: its servers, and the module's sockets and listeners. */
export class MemoryDatagrams {
  readonly #servers = new Map<string, MemoryUdpServer>()
  /** The module's UDP listeners, by connection id. */
  readonly #listeners = new Map<number, MemoryUdpSocket>()
  #nextPort = FIRST_FREE_PORT

  constructor(
    private readonly clock: Clock,
    private readonly faultOnDatagram: () => FaultOnDatagram | null
  ) {}

  listen(address: string, port: number, server: MemoryUdpServer): Cancellable {
    const where = `${address}:${port}`
    this.#servers.set(where, server)
    return { cancel: () => this.#servers.delete(where) }
  }

  open(contextId: number, events: UdpEvents): UdpSocket {
    return new MemoryUdpSocket(this.clock, this.#way(events), this.#local(contextId), events, (at) =>
      this.#servers.get(nameOf(at))
    )
  }

  openListener({ connId, contextId }: Listener, events: UdpEvents): Listening & UdpSocket {
    const callers = new Map<string, MemoryUdpServer>()
    const receiver = (at: Endpoint): MemoryUdpServer | undefined =>
      callers.get(nameOf(at)) ?? this.#servers.get(nameOf(at))
    const socket = new MemoryUdpSocket(this.clock, this.#way(events), this.#local(contextId), events, receiver, callers)
    this.#listeners.set(connId, socket)
    return {
      forwardedFrom: { address: '127.0.0.1', port: connId },
      send: (bytes, address, port) => socket.send(bytes, address, port),
      close: () => {
        socket.close()
        if (this.#listeners.get(connId) === socket) this.#listeners.delete(connId)
      }
    }
  }

  /** Sends a datagram to the module's listener. `answered` gets what comes back. Returns false without a listener. */
  arrive(connId: number, bytes: Uint8Array, from: Endpoint, answered: (bytes: Uint8Array) => void = () => {}): boolean {
    const listener = this.#listeners.get(connId)
    listener?.callers?.set(nameOf(from), answered)
    listener?.arrive(bytes, from)
    return listener !== undefined
  }

  #way(events: UdpEvents): DatagramWay {
    return new DatagramWay(this.clock, this.faultOnDatagram, events)
  }

  #local(contextId: number): Endpoint {
    return { address: contextAddress(contextId), port: this.#nextPort++ }
  }
}

class MemoryUdpSocket implements UdpSocket {
  #open = true

  constructor(
    private readonly clock: Clock,
    private readonly way: DatagramWay,
    private readonly local: Endpoint,
    events: UdpEvents,
    private readonly receiver: (at: Endpoint) => MemoryUdpServer | undefined,
    /** What receives the answers to each caller of a listener; `null` for a socket that does not listen. */
    readonly callers: Map<string, MemoryUdpServer> | null = null
  ) {
    clock.schedule(0, () => {
      if (this.#open) events.opened()
    })
  }

  send(bytes: Uint8Array, address: string, port: number): boolean {
    if (!this.#open) return false
    const copy = Uint8Array.from(bytes)
    const to = { address, port }
    this.clock.schedule(0, () => this.receiver(to)?.(copy, this.local, (reply) => this.arrive(reply, to)))
    return true
  }

  close(): void {
    this.#open = false
    this.way.close()
  }

  arrive(bytes: Uint8Array, from: Endpoint): void {
    const copy = Uint8Array.from(bytes)
    this.clock.schedule(0, () => this.way.arrive(copy, from))
  }
}

function nameOf({ address, port }: Endpoint): string {
  return `${address}:${port}`
}

/** The first dynamic port (RFC 6335 6). */
const FIRST_FREE_PORT = 49_152
