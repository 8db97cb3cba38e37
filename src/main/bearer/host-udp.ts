import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns'
import { isIPv4 } from 'node:net'
import type { Endpoint as Peer, Listener, Listening, UdpEvents, UdpSocket } from '../../shared/contracts/bearer.ts'
import type { DatagramWay } from './datagram-faults.ts'
import type { Forwards } from './forwards.ts'
import type { Endpoint } from './route.ts'

/**
 * One UDP socket of this machine. Like the address translation of a mobile network, it lets in only datagrams from
 * addresses to which it has sent one, from any of their ports (RFC 4787 5: address-dependent filtering).
 */
export class HostUdpSocket implements UdpSocket {
  readonly #socket: Socket
  readonly #peers = new KnownPeers()
  #unsentBytes = 0
  #open = true

  /** `routed`: where an address leads. */
  constructor(
    private readonly way: DatagramWay,
    private readonly routed: (asked: Peer) => Endpoint,
    private readonly events: UdpEvents
  ) {
    this.#socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
    this.#socket.on('listening', () => events.opened())
    this.#socket.on('message', (bytes, { address, port }) => {
      const from = this.#peers.shown({ address, port })
      if (from) way.arrive(bytes, from)
    })
    this.#socket.on('error', (error: NodeJS.ErrnoException) => {
      this.close()
      const code = error.code ?? 'EUNKNOWN'
      events.closed({ code, sentence: `This machine gives no UDP socket (${code}).` })
    })
    this.#socket.bind(0)
  }

  send(bytes: Uint8Array, address: string, port: number): boolean {
    if (!this.#open || this.#unsentBytes + bytes.length > SEND_QUEUE_BYTES) return false
    this.#unsentBytes += bytes.length
    const asked = { address, port }
    const { host, port: realPort } = this.routed(asked)
    const copy = Uint8Array.from(bytes)
    const leave = (real: string): void => {
      if (!this.#open) return
      this.#peers.know(asked, { address: real, port: realPort })
      this.#socket.send(copy, realPort, real, (error) => {
        this.#unsentBytes -= copy.length
        if (error) this.#unsent(asked, (error as NodeJS.ErrnoException).code ?? error.message)
      })
    }
    if (isIPv4(host)) leave(host)
    else
      lookup(host, { family: 4 }, (error, found) => {
        if (!error) return leave(found)
        this.#unsentBytes -= copy.length
        this.#unsent(asked, error.code ?? error.message)
      })
    return true
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    this.way.close()
    this.#socket.close()
  }

  #unsent({ address, port }: Peer, code: string): void {
    if (this.#open) this.events.unsent?.(`This machine could not send the datagram to ${address}:${port} (${code}).`)
  }
}

/**
 * The module's UDP listener. What it sends to somebody who came in by a forward leaves by the same port of this machine;
 * everything else leaves by a socket of its own.
 */
export class HostUdpListener implements UdpSocket, Listening {
  readonly forwardedFrom: Peer | null
  readonly #callers = new Map<string, Socket>()
  readonly #endListening: () => void
  readonly #own: HostUdpSocket

  constructor(forwards: Forwards, listener: Listener, way: DatagramWay, own: HostUdpSocket) {
    this.forwardedFrom = forwards.to(listener.connId)
    this.#own = own
    this.#endListening = forwards.listenUdp(listener, (bytes, from, udp) => {
      const name = `${from.address}:${from.port}`
      this.#callers.delete(name)
      this.#callers.set(name, udp)
      const [oldest] = this.#callers.keys()
      if (this.#callers.size > MAX_PEERS && oldest !== undefined) this.#callers.delete(oldest)
      way.arrive(bytes, from)
    })
  }

  send(bytes: Uint8Array, address: string, port: number): boolean {
    const udp = this.#callers.get(`${address}:${port}`)
    if (!udp) return this.#own.send(bytes, address, port)
    if (udp.getSendQueueSize() + bytes.length > SEND_QUEUE_BYTES) return false
    udp.send(Uint8Array.from(bytes), port, address, () => {})
    return true
  }

  close(): void {
    this.#endListening()
    this.#own.close()
  }
}

/** The peers to which a socket has sent, the latest last: their real addresses, and those that the module knows. */
class KnownPeers {
  readonly #byReal = new Map<string, Peer>()

  know(asked: Peer, real: Peer): void {
    const key = `${real.address}:${real.port}`
    this.#byReal.delete(key)
    this.#byReal.set(key, asked)
    const [oldest] = this.#byReal.keys()
    if (this.#byReal.size > MAX_PEERS && oldest !== undefined) this.#byReal.delete(oldest)
  }

  /** Returns the sender as the module knows it, or `null` for a stranger. */
  shown(real: Peer): Peer | null {
    const known = this.#byReal.get(`${real.address}:${real.port}`)
    if (known) return known
    const prefix = `${real.address}:`
    for (const [key] of this.#byReal) if (key.startsWith(prefix)) return real
    return null
  }
}

/** One turn of the event loop brings at most 64 kB from the port. */
const SEND_QUEUE_BYTES = 65_536
/** Some hundred datagrams that come in one burst. */
const RECEIVE_BUFFER_BYTES = 262_144
/** More than a host talks to through one socket. */
const MAX_PEERS = 64
