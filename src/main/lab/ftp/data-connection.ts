import type { LabAddress, LabSocket, LabWorld } from '../net.ts'
import type { Visit } from '../visit.ts'
import { LabStream, type LabStreamEvents } from './stream.ts'

/** What the data connection of a session works with. */
export interface DataConnectionParts {
  /** The control connection, whose machine alone may have a data connection. */
  readonly socket: LabSocket
  readonly visit: Visit
  readonly world: LabWorld
  readonly events: LabStreamEvents
  reply(text: string): void
}

/** The data connection of one session of the FTPS server (RFC 959 3.2): asked for with PASV or PORT, and one at a time. */
export class LabDataConnection {
  readonly #parts: DataConnectionParts
  #passive: { close(): void } | null = null
  #stream: LabStream | null = null
  /** On its way to the port that the client named. */
  #connecting: LabSocket | null = null
  /** The port that the client named. */
  #reach: LabAddress | null = null
  #whenConnected: ((stream: LabStream) => void) | null = null
  #closed = false

  constructor(parts: DataConnectionParts) {
    this.#parts = parts
  }

  /** Whether PASV or PORT has come. */
  get isAskedFor(): boolean {
    return this.#stream !== null || this.#passive !== null || this.#reach !== null
  }

  /** PASV. */
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

  /** PORT. */
  rememberPort(argument: string): void {
    const { socket, reply } = this.#parts
    const numbers = argument.split(',').map(Number)
    const host = numbers.slice(0, 4).join('.')
    // Only where the session comes from: else this would connect anywhere for anybody (RFC 2577 3).
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

  /** Drops what there is; another one may be asked for. */
  forget(): void {
    this.#drop()
    this.#passive = this.#stream = this.#connecting = this.#reach = this.#whenConnected = null
  }

  /** The session is over: what still comes is refused. */
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
    // A second one that came before the port was closed, or after its session: nobody would ever close it.
    if (this.#stream || this.#closed) return void socket.destroy()
    const { visit, world, events } = this.#parts
    // A fault of TLS is the control connection's.
    const stream = new LabStream(socket, { ...visit, fault: null }, () => false, world, events)
    this.#stream = stream
    this.#whenConnected?.(stream)
    this.#whenConnected = null
  }
}
