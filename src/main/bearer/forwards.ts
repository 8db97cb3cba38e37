import { createSocket, type Socket as UdpSocketOfNode } from 'node:dgram'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Endpoint, Listener, TcpConnection, TcpEvents, TcpListenEvents } from '../../shared/contracts/bearer.ts'
import type { Forward } from './forward.ts'

/**
 * The ports of this machine that lead to the module's listeners. They are open from the start, so that a port that is
 * taken is known then. Whoever calls while no listener takes the caller gets no answer, like somebody whose packets a
 * phone network drops (D-120): the connection is kept silent for a while, and then reset.
 */
export class Forwards {
  readonly #ways: readonly Way[]
  readonly #silent = new Set<Socket>()
  readonly #tcpListeners = new Map<number, TcpListenEvents>()
  readonly #udpListeners = new Map<number, DatagramTaker>()
  /** Connection ids without a UDP listener of which the record speaks already. */
  readonly #told = new Set<number>()
  /** Called for callers and datagrams for which nothing listens. */
  onDropped: (sentence: string) => void = () => {}

  private constructor(ways: readonly Way[]) {
    this.#ways = ways
    for (const { forward, server, udp } of ways) {
      server.on('connection', (socket: Socket) => this.#called(forward.connId, socket))
      udp.on('message', (bytes, { address, port }) => this.#arrived(forward.connId, bytes, { address, port }, udp))
    }
  }

  /** Opens TCP and UDP for each. Rejects with a ForwardError, and leaves nothing open. */
  static async open(forwards: readonly Forward[]): Promise<Forwards> {
    const ways: Way[] = []
    try {
      for (const forward of forwards) ways.push(await openWay(forward))
      return new Forwards(ways)
    } catch (error) {
      for (const way of ways) closeWay(way)
      throw error
    }
  }

  /** The addresses that are open, with the connection ids to which they lead. */
  get all(): readonly (Endpoint & { readonly connId: number })[] {
    return this.#ways.map(({ at, forward: { connId } }) => ({ ...at, connId }))
  }

  /** The address that leads to a connection id, or `null`. */
  to(connId: number): Endpoint | null {
    return this.#ways.find(({ forward }) => forward.connId === connId)?.at ?? null
  }

  /** `kept` makes a connection of the caller's socket. Returns what ends the listener. */
  listenTcp({ connId }: Listener, events: TcpListenEvents, kept: KeepSocket): () => void {
    this.#kept = kept
    this.#tcpListeners.set(connId, events)
    return () => {
      if (this.#tcpListeners.get(connId) === events) this.#tcpListeners.delete(connId)
    }
  }

  /** `taker` gets the datagrams, and how to answer each. Returns what ends the listener. */
  listenUdp({ connId }: Listener, taker: DatagramTaker): () => void {
    this.#told.delete(connId)
    this.#udpListeners.set(connId, taker)
    return () => {
      if (this.#udpListeners.get(connId) === taker) this.#udpListeners.delete(connId)
    }
  }

  close(): void {
    for (const way of this.#ways) closeWay(way)
    for (const socket of this.#silent) socket.destroy()
  }

  #kept: KeepSocket | null = null

  #called(connId: number, socket: Socket): void {
    socket.on('error', () => {})
    const { remoteAddress: address, remotePort: port } = socket
    // It is gone already.
    if (address === undefined || port === undefined) return void socket.destroy()
    const listener = this.#tcpListeners.get(connId)
    let taken = false
    listener?.called({ address, port }, (events) => {
      taken = true
      const connection = this.#kept!(socket, { host: address, port }, events)
      socket.resume()
      return connection
    })
    if (taken) return
    if (!listener)
      this.onDropped(`A caller from ${address}:${port} was dropped: nothing listens at connection id ${connId}.`)
    this.#keepSilent(socket)
  }

  #arrived(connId: number, bytes: Uint8Array, from: Endpoint, udp: UdpSocketOfNode): void {
    const taker = this.#udpListeners.get(connId)
    if (taker) return taker(bytes, from, udp)
    if (this.#told.has(connId)) return
    this.#told.add(connId)
    this.onDropped(
      `A datagram from ${from.address}:${from.port} was dropped, as further ones will be: ` +
        `nothing listens at connection id ${connId}.`
    )
  }

  #keepSilent(socket: Socket): void {
    const timer = setTimeout(() => socket.resetAndDestroy(), SILENT_MS)
    this.#silent.add(socket)
    socket.on('close', () => {
      clearTimeout(timer)
      this.#silent.delete(socket)
    })
    const [oldest] = this.#silent
    if (this.#silent.size > MAX_SILENT) oldest?.resetAndDestroy()
  }
}

/** A forward cannot be opened. The message is one sentence; the exit status is 3. */
export class ForwardError extends Error {}

/** Makes a connection of the module of a caller's socket. */
export type KeepSocket = (
  socket: Socket,
  target: { readonly host: string; readonly port: number },
  events: TcpEvents
) => TcpConnection

/** Takes a datagram from somebody who is answered through `udp`. */
export type DatagramTaker = (bytes: Uint8Array, from: Endpoint, udp: UdpSocketOfNode) => void

interface Way {
  readonly forward: Forward
  readonly at: Endpoint
  readonly server: Server
  readonly udp: UdpSocketOfNode
}

async function openWay(forward: Forward): Promise<Way> {
  const server = createServer({ noDelay: true, pauseOnConnect: true })
  // More callers than listeners: the system lets the others wait.
  server.maxConnections = MAX_CALLERS
  const udp = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BUFFER_BYTES })
  const { host } = forward
  try {
    await opened('TCP', forward, server, () => server.listen({ host, port: forward.port }))
    const { port } = server.address() as AddressInfo
    // The same port, also where the system chose it.
    await opened('UDP', { ...forward, port }, udp, () => udp.bind({ address: host, port }))
    server.on('error', () => {})
    udp.on('error', () => {})
    return { forward, at: { address: host, port }, server, udp }
  } catch (error) {
    server.close()
    udp.close()
    throw error
  }
}

function opened(
  protocol: 'TCP' | 'UDP',
  { host, port, connId }: Forward,
  socket: Server | UdpSocketOfNode,
  open: () => void
): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      const reason = reasons[error.code ?? ''] ?? `the system reports ${error.code ?? error.message}`
      reject(
        new ForwardError(`The ${protocol} port ${host}:${port} of --forward …=${connId} cannot be opened: ${reason}.`)
      )
    }
    socket.once('error', failed)
    socket.once('listening', () => {
      socket.removeListener('error', failed)
      resolve()
    })
    open()
  })
}

function closeWay({ server, udp }: Way): void {
  server.close()
  udp.close()
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program has it',
  EACCES: 'ports below 1024 need rights that this user does not have',
  EADDRNOTAVAIL: 'this machine has no such address'
}

/** How long a caller without an answer waits: about as long as a system repeats its first packet. */
const SILENT_MS = 60_000
/** Callers that wait in silence. The oldest makes room for the next. */
const MAX_SILENT = 32
const MAX_CALLERS = 64
/** Some hundred datagrams that come in one burst. */
const RECEIVE_BUFFER_BYTES = 262_144
