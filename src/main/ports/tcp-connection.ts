import type { Socket } from 'node:net'
import { QUEUE_LIMIT_BYTES } from './bounded-writer.ts'
import { browserMessage, showsCommand, type BrowserMessage } from './first-bytes.ts'
import type { WireTime } from './wire-time.ts'

/** What runs on a connection between its socket and the AT port: plain bytes, or Telnet. */
export interface TcpProtocol {
  /** Takes bytes from the socket. */
  feed(bytes: Uint8Array): void
  /** The connection has the port from here on. */
  admitted?(): void
}

/** What a protocol does with its connection. */
export interface TcpProtocolHost {
  /** Data for the module; what the protocol itself needs is none of it. */
  data(bytes: Uint8Array): void
  /** Bytes for the client, whether it has the port or not; what a client that does not read would pile up is dropped. */
  send(bytes: Uint8Array): void
  /** The client has spoken as no browser can. */
  proven(): void
}

export interface TcpConnectionEvents {
  /** It may have the port now. Returns whether it has got it; if not, the connection is over. */
  wantsPort(): boolean
  data(bytes: Uint8Array): void
  refused(message: BrowserMessage): void
  /** The module is online: what comes is data, and only what a browser sends is kept from it. */
  online(): boolean
}

/** A browser speaks at once; a host that connects and sends something else than a command is kept waiting this long. */
export const JUDGEMENT_MS = 5_000
/** So much is held of what shows nothing yet; the rest stays with the system. */
const HELD_BYTES = 64

/**
 * One connection to a network port. At first nobody knows whether a host or a web page made it: then it has no effect on the port and
 * the module, what it sends is held, and what a browser can send first ends it. A command, or time, makes it a client.
 */
export class TcpConnection {
  readonly socket: Socket
  readonly protocol: TcpProtocol
  readonly #events: TcpConnectionEvents
  #deadline: { cancel(): void } | null
  #state: 'waiting' | 'admitted' | 'over' = 'waiting'
  /** Its first data was looked at and let through. */
  #judged = false
  /** It may have the port without having sent a command. */
  #trusted = false
  #isProven = false
  #held: Uint8Array = NOTHING

  constructor(
    socket: Socket,
    time: WireTime,
    protocolOf: (host: TcpProtocolHost) => TcpProtocol,
    events: TcpConnectionEvents
  ) {
    this.socket = socket
    this.#events = events
    this.#deadline = time.after(JUDGEMENT_MS, () => this.#timeIsUp())
    this.protocol = protocolOf({
      data: (bytes) => this.#data(bytes),
      send: (bytes) => {
        if (socket.writable && socket.writableLength + bytes.length <= QUEUE_LIMIT_BYTES)
          socket.write(Uint8Array.from(bytes))
      },
      proven: () => this.#proven()
    })
    socket.on('data', (bytes: Uint8Array) => {
      // What a socket had in its pile still comes after it was destroyed.
      if (!socket.destroyed) this.protocol.feed(bytes)
    })
    socket.on('close', () => this.#settle())
  }

  /** Whether it has shown that no page made it: by data that was let through, or by its protocol. */
  get isHost(): boolean {
    return this.#judged || this.#isProven
  }

  /** Whether nothing of it is held that has still to be judged. */
  get holdsNothing(): boolean {
    return this.#held.length === 0
  }

  #data(bytes: Uint8Array): void {
    if (this.#state === 'over') return
    if (this.#judged) return this.#events.data(bytes)
    this.#held = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes])
    const message = browserMessage(this.#held)
    if (message) {
      this.#held = NOTHING
      this.#state = 'over'
      this.#settle()
      return this.#events.refused(message)
    }
    if (this.#trusted || this.#events.online() || showsCommand(this.#held)) return this.#letThrough()
    if (this.#held.length >= HELD_BYTES) this.socket.pause()
  }

  #proven(): void {
    this.#isProven = true
    this.#trusted = true
    if (this.#admit() && this.#held.length > 0) this.#letThrough()
  }

  #timeIsUp(): void {
    this.#trusted = true
    if (this.#held.length > 0) this.#letThrough()
    else this.#admit()
  }

  #letThrough(): void {
    this.#judged = true
    const held = this.#held
    this.#held = NOTHING
    if (this.#admit()) this.#events.data(held)
  }

  #admit(): boolean {
    if (this.#state !== 'waiting') return this.#state === 'admitted'
    this.#settle()
    this.#state = this.#events.wantsPort() ? 'admitted' : 'over'
    return this.#state === 'admitted'
  }

  #settle(): void {
    this.#deadline?.cancel()
    this.#deadline = null
  }
}

/** Bytes as they are. */
export function plainProtocol(host: TcpProtocolHost): TcpProtocol {
  return { feed: (bytes) => host.data(bytes) }
}

const NOTHING = new Uint8Array(0)
