import type { Server, Socket } from 'node:net'

/** How many connections a server may have. Beyond a limit, an unknown connection is closed for the new one. */
export interface CrowdLimits {
  /** Unknown connections from one address. */
  readonly perAddress: number
  readonly all: number
  /**
   * Which unknown connection is closed. `oldest`: for protocols where a client identifies itself soon. `quietest`: for
   * protocols where it never does; one that has sent nothing, otherwise the one whose last bytes are the oldest.
   */
  readonly yields: 'oldest' | 'quietest'
}

interface Kept {
  readonly address: string
  isKnown: boolean
  /** `bytesRead` of the socket at the last look. */
  bytesRead: number
}

/**
 * All sockets of one server, from accept to close. Closing the server destroys them, whatever they are used for (a
 * request, an upgrade, a refusal), so that no client keeps the program alive.
 * With limits, many connections from one address cannot lock others out: a new connection is always accepted, and an
 * unknown one of the address with the most of them is destroyed, before any byte of the new one is read.
 */
export class ServerSockets {
  readonly #server: Server
  readonly #limits: CrowdLimits | null
  /** The oldest, or the quietest, first. */
  readonly #all = new Map<Socket, Kept>()
  #closed = false

  constructor(server: Server, limits: CrowdLimits | null = null) {
    this.#server = server
    this.#limits = limits
    server.on('connection', (socket: Socket) => this.#take(socket))
  }

  get size(): number {
    return this.#all.size
  }

  /** Marks the connection as identified: it is never closed to make room. */
  know(socket: unknown): void {
    // The stream of an upgrade has a general type. One that is not a socket of this server is not in the map.
    const kept = this.#all.get(socket as Socket)
    if (kept) kept.isKnown = true
  }

  /** Stops listening and destroys all connections. Resolves once they are closed. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#all.keys()) this.#destroy(socket)
    await closed
  }

  #take(socket: Socket): void {
    // The system had accepted it before the server was closed.
    if (this.#closed) return void socket.destroy()
    if (this.#limits?.yields === 'quietest') this.#sortByLastBytes()
    const address = socket.remoteAddress ?? ''
    this.#all.set(socket, { address, isKnown: false, bytesRead: socket.bytesRead })
    socket.once('close', () => this.#all.delete(socket))
    if (this.#limits) this.#makeRoom(socket, address, this.#limits)
  }

  #makeRoom(newcomer: Socket, address: string, { perAddress, all, yields }: CrowdLimits): void {
    const drop = (crowd: readonly Socket[]): void => {
      const others = crowd.filter((socket) => socket !== newcomer)
      const silent = yields === 'quietest' ? others.find((socket) => socket.bytesRead === 0) : undefined
      this.#destroy(silent ?? others[0] ?? newcomer)
    }
    const peers = this.#unknown().filter(([, kept]) => kept.address === address)
    if (peers.length > perAddress) drop(peers.map(([socket]) => socket))
    while (this.#all.size > all) drop(this.#largestCrowds())
  }

  #unknown(): [Socket, Kept][] {
    return [...this.#all].filter(([, kept]) => !kept.isKnown)
  }

  /** Returns the unknown connections of every address that has the most of them. */
  #largestCrowds(): Socket[] {
    const sizes = new Map<string, number>()
    const unknown = this.#unknown()
    for (const [, { address }] of unknown) sizes.set(address, (sizes.get(address) ?? 0) + 1)
    const most = Math.max(...sizes.values())
    return unknown.filter(([, { address }]) => sizes.get(address) === most).map(([socket]) => socket)
  }

  /**
   * Moves sockets that have received data since the last look to the end. A `data` listener would make a paused socket
   * flow.
   */
  #sortByLastBytes(): void {
    const talking = [...this.#all].filter(([socket, kept]) => socket.bytesRead !== kept.bytesRead)
    for (const [socket, kept] of talking) {
      kept.bytesRead = socket.bytesRead
      this.#all.delete(socket)
      this.#all.set(socket, kept)
    }
  }

  /** Removed from the map now, not at its `close` event one turn later: the next connection may come before that. */
  #destroy(socket: Socket): void {
    this.#all.delete(socket)
    socket.destroy()
  }
}
