import type { LabAddress, LabSocket, LabWorld } from '../net.ts'
import type { Visit } from '../visit.ts'
import { LabStream, type LabStreamEvents } from './stream.ts'

/** What a data connection needs from its session. */
export interface DataConnectionParts {
  /** The control connection. Only its machine may open a data connection. */
  readonly socket: LabSocket
  readonly visit: Visit
  readonly world: LabWorld
  readonly events: LabStreamEvents
  reply(text: string): void
}

/** The data connection of one session of the FTPS server (RFC 959 3.2), requested by PASV or PORT. One at a time. */
export class LabDataConnection {
  readonly #parts: DataConnectionParts
  #passive: { close(): void } | null = null
  #stream: LabStream | null = null
  /** A connection to the client's port that is not open yet. */
  #connecting: LabSocket | null = null
  /** The port that the client named. */
  #reach: LabAddress | null = null
  #whenConnected: ((stream: LabStream) => void) | null = null
  #closed = false

  constructor(parts: DataConnectionParts) {
    this.#parts = parts
  }

  /** Whether PASV or PORT was received. */
  get isAskedFor(): boolean {
    return this.#stream !== null || this.#passive !== null || this.#reach !== null
  }

  /** Handles PASV. */
  listen(): void {
    const { socket, world, reply } = this.#parts
    const server = world.net.listen(
      { host: socket.localAddress ?? '', port: 0, paused: true },
      {
        accepted: (accepted) => {
          server.close()
          this.#connected(accepted)
        },
        listening: ({ host, port }) =>
          reply(`227 Entering Passive Mode (${[...host.split('.'), port >> 8, port & 255].join(',')})`),
        failed: () => reply('425 No port can be opened')
      }
    )
    this.#passive = server
  }

  /** Handles PORT. */
  rememberPort(argument: string): void {
    const { socket, reply } = this.#parts
    const numbers = argument.split(',').map(Number)
    const host = numbers.slice(0, 4).join('.')
    // Only the session's own address: otherwise a client could make this server connect anywhere (RFC 2577 3).
    if (numbers.length !== 6 || numbers.some((one) => !(one >= 0 && one <= 255)) || host !== socket.remoteAddress)
      return reply('501 Not that address')
    this.#reach = { host, port: numbers[4]! * 256 + numbers[5]! }
    reply('200 I shall connect there')
  }

  /** Calls `begin` once there is a connection. */
  connect(begin: (stream: LabStream) => void): void {
    if (this.#stream) return begin(this.#stream)
    this.#whenConnected = begin
    if (!this.#reach) return
    const { world, reply } = this.#parts
    const socket = world.net.connect(this.#reach)
    this.#connecting = socket
    socket.once('connect', () => this.#connected(socket))
    socket.on('error', () => reply('425 No way to that port'))
  }

  /** Drops the connection. Another one may be requested. */
  forget(): void {
    this.#drop()
    this.#passive = this.#stream = this.#connecting = this.#reach = this.#whenConnected = null
  }

  /** The session is over: later connections are refused. */
  close(): void {
    this.#closed = true
    this.#drop()
  }

  #drop(): void {
    this.#passive?.close()
    this.#stream?.cut()
    this.#connecting?.destroy()
  }

  #connected(socket: LabSocket): void {
    // A second connection before the port was closed, or one after the session, would never be closed.
    if (this.#stream || this.#closed) return void socket.destroy()
    const { visit, world, events } = this.#parts
    // A TLS fault applies to the control connection.
    const stream = new LabStream(socket, { ...visit, fault: null }, () => false, world, events)
    this.#stream = stream
    this.#whenConnected?.(stream)
    this.#whenConnected = null
  }
}
