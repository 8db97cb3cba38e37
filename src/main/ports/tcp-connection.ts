import type { Socket } from 'node:net'
import { QUEUE_LIMIT_BYTES } from './bounded-writer.ts'
import { browserMessage, showsCommand, type BrowserMessage } from './first-bytes.ts'
import type { WireTime } from './wire-time.ts'

/** The protocol between the socket and the AT port: plain bytes, or Telnet. */
export interface TcpProtocol {
  /** Takes bytes from the socket. */
  feed(bytes: Uint8Array): void
  /** The connection has become the client of the port. */
  admitted?(): void
}

/** What a protocol can do with its connection. */
export interface TcpProtocolHost {
  /** Passes on data for the module, without the bytes of the protocol itself. */
  data(bytes: Uint8Array): void
  /**
   * Sends bytes to the client, whether it has the port or not. Drops them when too many wait for a client that does not
   * read.
   */
  send(bytes: Uint8Array): void
  /** Reports that the client sent what no browser can send. */
  proven(): void
}

export interface TcpConnectionEvents {
  /** Asks for the port. Returns false when it was refused; the connection is then over. */
  wantsPort(): boolean
  data(bytes: Uint8Array): void
  refused(message: BrowserMessage): void
  /** Whether the module is in online mode. Then all bytes are data, and only those of a browser are refused. */
  online(): boolean
}

/** A browser sends at once. A host that sends something other than a command waits this long. */
export const JUDGEMENT_MS = 5_000
/** Bytes held until the connection is judged. The rest stays with the system. */
const HELD_BYTES = 64

/**
 * One connection to a network port. It may come from a host or from a web page, so at first its bytes are held and have
 * no effect. What a browser can send first ends it; a command, or the end of the waiting time, makes it a client.
 */
export class TcpConnection {
  readonly socket: Socket
  readonly protocol: TcpProtocol
  readonly #events: TcpConnectionEvents
  #deadline: { cancel(): void } | null
  #state: 'waiting' | 'admitted' | 'over' = 'waiting'
  /** The first data was examined and passed on. */
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
      // Queued data still arrives after the socket was destroyed.
      if (!socket.destroyed) this.protocol.feed(bytes)
    })
    socket.on('close', () => this.#settle())
  }

  /** Whether it has shown that it is not from a web page: by data that was passed on, or by its protocol. */
  get isHost(): boolean {
    return this.#judged || this.#isProven
  }

  /** Whether no bytes wait to be judged. */
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

/** The protocol that passes on bytes unchanged. */
export function plainProtocol(host: TcpProtocolHost): TcpProtocol {
  return { feed: (bytes) => host.data(bytes) }
}

const NOTHING = new Uint8Array(0)
