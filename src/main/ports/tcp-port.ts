import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { SerialPortEnd, SerialPortEvents } from '../../shared/serial-port.ts'
import { ServerSockets } from '../host/server-sockets.ts'
import { fileReason } from '../host/file-reason.ts'
import { PortError } from './port-error.ts'
import { queueLimitBytes } from './bounded-writer.ts'
import { isWebRequest } from './web-request.ts'

export interface TcpPortOptions {
  /** 0: a free one, told by `port` of the result. */
  readonly port: number
  /** Loopback unless said otherwise: whoever reaches the port can use the module. */
  readonly host?: string
}

/** An AT port as raw TCP. `name` is `tcp HOST:PORT`. */
export interface TcpPort extends SerialPortEnd {
  readonly kind: 'tcp'
  readonly host: string
  readonly port: number
  /** Bytes that went nowhere because no client was connected. */
  readonly undeliveredBytes: number
  /** Bytes that wait for the client to read; what is beyond `queueLimitBytes` is dropped. */
  readonly queuedBytes: number
}

/** A line has two ends: what a second client would read, the first would miss. */
const busySentence = 'This AT port is in use by another client.\r\n'
/** `printf 'AT\r' | nc` shuts its sending side at once: its answers get this long to arrive before the line closes. */
const answerAfterShutdownMs = 500

/**
 * Listens for one client at a time. Rejects with a `PortError` ('tcp-failed') when the port cannot be had. The client is
 * named by its address.
 */
export async function openTcpPort(options: TcpPortOptions, events: SerialPortEvents): Promise<TcpPort> {
  const host = options.host ?? '127.0.0.1'
  const server = createServer({ allowHalfOpen: true, noDelay: true })
  const sockets = new ServerSockets(server)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(host, options.port, error)))
    server.listen({ host, port: options.port }, resolve)
  })
  return new TcpPortEnd(server, sockets, events)
}

class TcpPortEnd implements TcpPort {
  readonly kind = 'tcp'
  readonly host: string
  readonly port: number
  readonly #server: Server
  /** The client and those that are being refused. */
  readonly #sockets: ServerSockets
  readonly #events: SerialPortEvents
  #client: Socket | null = null
  #reading = true
  #holdingBack = false
  #undeliveredBytes = 0
  #pageTold = false

  constructor(server: Server, sockets: ServerSockets, events: SerialPortEvents) {
    const address = server.address() as AddressInfo
    this.host = address.address
    this.port = address.port
    this.#server = server
    this.#sockets = sockets
    this.#events = events
    server.on('connection', (socket) => {
      // A reset by the client is its way of leaving; `close` follows.
      socket.on('error', () => {})
      // One turn later: a client that has just left may still have its farewell in the same turn's pile.
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
    return this.#client?.writableLength ?? 0
  }

  write(bytes: Uint8Array): boolean {
    const client = this.#client
    if (!client || !client.writable) {
      this.#undeliveredBytes += bytes.length
      return true
    }
    const kept = bytes.subarray(0, Math.max(0, queueLimitBytes - client.writableLength))
    // A copy: the socket keeps what it is given, and the caller may reuse its array.
    if (kept.length > 0 && !client.write(Uint8Array.from(kept))) this.#holdingBack = true
    if (kept.length < bytes.length) this.#events.overrun(bytes.length - kept.length)
    return !this.#holdingBack
  }

  setReading(reading: boolean): void {
    this.#reading = reading
    if (reading) this.#client?.resume()
    else this.#client?.pause()
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
    // A client that has said its last word, or was shown the door in this very turn, makes room for the next at once.
    if (this.#client?.readableEnded || this.#client?.destroyed) {
      const leaving = this.#client
      this.#forget(leaving)
      leaving.destroy()
    }
    if (this.#client) {
      socket.end(busySentence, () => socket.destroy())
      return
    }
    this.#client = socket
    let first = true
    socket.on('data', (bytes: Uint8Array) => {
      // What a socket had in its pile still comes after it was destroyed.
      if (socket.destroyed) return
      if (first && isWebRequest(bytes, this.port)) return this.#refusePage(socket)
      first = false
      this.#events.data(bytes)
    })
    socket.on('drain', () => this.#resumeProducer())
    socket.on('end', () => {
      const patience = setTimeout(() => socket.end(() => socket.destroy()), answerAfterShutdownMs)
      socket.once('close', () => clearTimeout(patience))
    })
    socket.on('close', () => this.#forget(socket))
    if (!this.#reading) socket.pause()
    this.#events.presence(true, `${socket.remoteAddress}:${socket.remotePort}`)
  }

  #refusePage(socket: Socket): void {
    socket.destroy()
    // Once: a page that asks again and again must not fill the timeline.
    if (this.#pageTold) return
    this.#pageTold = true
    this.#events.note(`A web browser sent a request to ${this.host}:${this.port}; it was refused, so that no page types commands.`)
  }

  #forget(socket: Socket): void {
    if (socket !== this.#client) return
    this.#undeliveredBytes += socket.writableLength
    this.#client = null
    this.#events.presence(false, null)
    this.#resumeProducer()
  }

  #resumeProducer(): void {
    if (!this.#holdingBack) return
    this.#holdingBack = false
    this.#events.drained()
  }
}

function cannotListen(host: string, port: number, error: unknown): PortError {
  const reasons = {
    EADDRINUSE: 'another program has it',
    EACCES: 'ports below 1024 need rights that this user does not have',
    EADDRNOTAVAIL: 'this machine has no such address'
  }
  return new PortError('tcp-failed', `The TCP port ${host}:${port} cannot be opened: ${fileReason(error, reasons)}.`, error)
}
