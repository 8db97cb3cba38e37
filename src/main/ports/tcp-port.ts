import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { SerialPortEnd, SerialPortEvents } from '../../shared/contracts/serial-port.ts'
import { fileReason } from '../host/file-reason.ts'
import { ServerSockets, type CrowdLimits } from '../host/server-sockets.ts'
import { QUEUE_LIMIT_BYTES } from './bounded-writer.ts'
import type { BrowserMessage } from './first-bytes.ts'
import { PortError } from './port-error.ts'
import { plainProtocol, TcpConnection, type TcpProtocol, type TcpProtocolHost } from './tcp-connection.ts'
import { hostTime, type WireTime } from './wire-time.ts'

export interface TcpPortOptions {
  /** 0 for a free one; `port` of the result says which. */
  readonly port: number
  /** Loopback by default: whoever can reach the port can use the module. */
  readonly host?: string
  /** The machine's by default; tests pass another one. */
  readonly time?: WireTime
  /** The protocol of the clients; plain bytes by default. */
  readonly protocol?: (host: TcpProtocolHost) => TcpProtocol
}

/** An AT port as raw TCP. `name` is `tcp HOST:PORT`. */
export interface TcpPort extends SerialPortEnd {
  readonly kind: 'tcp'
  readonly host: string
  readonly port: number
  /** Bytes that were lost because no client was connected. */
  readonly undeliveredBytes: number
  /** Bytes that wait for the client to read. Those above `queueLimitBytes` are dropped. */
  readonly queuedBytes: number
}

/** One client only: if two clients read, each would miss what the other reads. */
const BUSY_SENTENCE = 'This AT port is in use by another client.\r\n'
/**
 * `printf 'AT\r' | nc` shuts down its sending side at once: its responses get this long to arrive before the connection
 * closes.
 */
const ANSWER_AFTER_SHUTDOWN_MS = 500
/** Connections that are not judged yet. A page may open hundreds; those of one address displace each other. */
const newcomerLimits: CrowdLimits = { perAddress: 8, all: 32, yields: 'oldest' }

/**
 * Listens for one client at a time. A connection becomes the client when it sends a command, or after a while. Until
 * then, and when a browser made it, it takes the port from nobody. Rejects with a `PortError` ('tcp-failed'). The
 * client's name is its address.
 */
export async function openTcpPort(options: TcpPortOptions, events: SerialPortEvents): Promise<TcpPort> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer({ allowHalfOpen: true, noDelay: true })
  const sockets = new ServerSockets(server, newcomerLimits)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(host, options.port, error)))
    server.listen({ host, port: options.port }, resolve)
  })
  return new TcpPortEnd(server, sockets, options, events)
}

class TcpPortEnd implements TcpPort {
  readonly kind = 'tcp'
  readonly host: string
  readonly port: number
  readonly #server: Server
  /** The client, new connections, and those that are being refused. */
  readonly #sockets: ServerSockets
  readonly #events: SerialPortEvents
  readonly #time: WireTime
  readonly #protocolOf: (host: TcpProtocolHost) => TcpProtocol
  #client: TcpConnection | null = null
  #reading = true
  #online = false
  /** Data that arrived while the module was not reading; passed on when it reads again. */
  #unread: Uint8Array | null = null
  #holdingBack = false
  #undeliveredBytes = 0
  readonly #refusalsTold = new Set<BrowserMessage>()

  constructor(server: Server, sockets: ServerSockets, options: TcpPortOptions, events: SerialPortEvents) {
    // `address()` is a string for a pipe and `null` before listening. This server listens on TCP.
    const address = server.address() as AddressInfo
    this.host = address.address
    this.port = address.port
    this.#server = server
    this.#sockets = sockets
    this.#events = events
    this.#time = options.time ?? hostTime
    this.#protocolOf = options.protocol ?? plainProtocol
    server.on('connection', (socket) => {
      // A client that resets the connection has left; `close` follows.
      socket.on('error', () => {})
      // One turn later: in this turn, the end of a client that has just left may still be queued.
      setImmediate(() => this.#accept(socket))
    })
    server.on('error', (error) => events.note(`The TCP port ${this.host}:${this.port} had a fault: ${error.message}.`))
  }

  get name(): string {
    return `tcp ${this.host}:${this.port}`
  }

  get clientPresent(): boolean {
    return this.#client !== null
  }

  get undeliveredBytes(): number {
    return this.#undeliveredBytes
  }

  get queuedBytes(): number {
    return this.#client?.socket.writableLength ?? 0
  }

  write(bytes: Uint8Array): boolean {
    const client = this.#client?.socket
    if (!client?.writable) {
      this.#undeliveredBytes += bytes.length
      return true
    }
    const kept = bytes.subarray(0, Math.max(0, QUEUE_LIMIT_BYTES - client.writableLength))
    // A copy: the socket keeps what it gets, and the caller may reuse its array.
    if (kept.length > 0 && !client.write(Uint8Array.from(kept))) this.#holdingBack = true
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    return !this.#holdingBack
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    if (!reading) {
      this.#client?.socket.pause()
      return
    }
    const unread = this.#unread
    this.#unread = null
    if (unread) this.#events.data(unread)
    // The listener may have paused again.
    if (this.#reading) this.#client?.socket.resume()
  }

  setOnline(online: boolean): void {
    this.#online = online
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    await this.#sockets.close()
  }

  #accept(socket: Socket): void {
    if (socket.destroyed || !this.#server.listening) {
      socket.destroy()
      return
    }
    this.#dismissLeaving()
    // A client that never sent anything may come from a web page, and gives way to a host that does.
    if (this.#client?.isHost) return turnAway(socket)
    const connection = new TcpConnection(socket, this.#time, this.#protocolOf, {
      wantsPort: () => this.#admit(connection),
      data: (bytes) => {
        if (connection === this.#client) this.#receive(bytes)
      },
      refused: (message) => this.#refuse(connection, message),
      online: () => this.#online
    })
    socket.on('drain', () => {
      if (connection === this.#client) this.#resumeProducer()
    })
    socket.on('end', () => {
      if (connection === this.#client) this.#closeSoon(socket)
      // It may still be judged a host, and get its responses.
      else if (connection.holdsNothing) socket.end(() => socket.destroy())
    })
    socket.on('close', () => {
      this.#forget(connection)
    })
  }

  /** Gives the port to the connection if it is free; refuses the connection otherwise. */
  #admit(connection: TcpConnection): boolean {
    const { socket, protocol } = connection
    if (socket.destroyed) return false
    this.#dismissLeaving()
    const silent = this.#client
    if (silent && !silent.isHost && connection.isHost) {
      this.#forget(silent)
      turnAway(silent.socket)
    }
    if (this.#client) {
      turnAway(socket)
      return false
    }
    this.#client = connection
    this.#sockets.know(socket)
    if (this.#reading) socket.resume()
    else socket.pause()
    if (socket.readableEnded) this.#closeSoon(socket)
    protocol.admitted?.()
    this.#events.presence(true, `${socket.remoteAddress}:${socket.remotePort}`)
    return true
  }

  #receive(bytes: Uint8Array): void {
    if (this.#reading) this.#events.data(bytes)
    else this.#unread = this.#unread ? Buffer.concat([this.#unread, bytes]) : bytes
  }

  /** Frees the port at once when the client has ended its side. */
  #dismissLeaving(): void {
    const leaving = this.#client
    if (!leaving || !(leaving.socket.readableEnded || leaving.socket.destroyed)) return
    this.#forget(leaving)
    leaving.socket.destroy()
  }

  #closeSoon(socket: Socket): void {
    const patience = setTimeout(() => socket.end(() => socket.destroy()), ANSWER_AFTER_SHUTDOWN_MS)
    socket.once('close', () => clearTimeout(patience))
  }

  #refuse(connection: TcpConnection, message: BrowserMessage): void {
    // Free the port in the same turn in which a connection is refused.
    this.#forget(connection)
    connection.socket.destroy()
    // Once for each kind: a page that tries again and again must not fill the timeline.
    if (this.#refusalsTold.has(message)) return
    this.#refusalsTold.add(message)
    this.#events.note(
      `A web browser sent ${message} to ${this.host}:${this.port}; it was refused, so that no web page can type commands.`
    )
  }

  #forget(connection: TcpConnection): void {
    if (connection !== this.#client) return
    this.#undeliveredBytes += connection.socket.writableLength
    this.#client = null
    this.#unread = null
    this.#events.presence(false, null)
    this.#resumeProducer()
  }

  #resumeProducer(): void {
    if (!this.#holdingBack) return
    this.#holdingBack = false
    this.#events.drained()
  }
}

function turnAway(socket: Socket): void {
  socket.end(BUSY_SENTENCE, () => socket.destroy())
}

function cannotListen(host: string, port: number, error: unknown): PortError {
  const reasons = {
    EADDRINUSE: 'another program has it',
    EACCES: 'ports below 1024 need rights that this user does not have',
    EADDRNOTAVAIL: 'this machine has no such address'
  }
  return new PortError(
    'tcp-failed',
    `The TCP port ${host}:${port} cannot be opened: ${fileReason(error, reasons)}.`,
    error
  )
}
