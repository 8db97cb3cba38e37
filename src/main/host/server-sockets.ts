import type { Server, Socket } from 'node:net'

/** How many connections a server has at once. Beyond either, one that has not shown who it is makes room. */
export interface CrowdLimits {
  /** From one address, of those that have not shown who they are. */
  readonly perAddress: number
  readonly all: number
  /**
   * Which one makes room. `oldest`: where a client shows who it is soon. `quietest`: where none ever does; one that has sent nothing, and
   * where all have sent something, the one whose last bytes are the oldest.
   */
  readonly yields: 'oldest' | 'quietest'
}

interface Kept {
  readonly address: string
  isKnown: boolean
  /** When it was looked last. */
  bytesRead: number
}

/**
 * Every socket of one listening server, from the moment it is accepted until it is gone. Whatever a connection is used for
 * (a request, an upgrade, a refusal), closing the server destroys it: nothing that a client does keeps the program alive.
 *
 * With limits a crowd never locks others out: a newcomer is always accepted, and an unknown connection of the address that
 * has the most of them is destroyed for it. This comes before a byte of the newcomer is read.
 */
export class ServerSockets {
  readonly #server: Server
  readonly #limits: CrowdLimits | null
  /** The oldest, or the quietest, comes first. */
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

  /** The client has shown who it is: its connection makes room for nobody. */
  know(socket: unknown): void {
    // The stream of an upgrade is declared as any stream; what is no socket of this server is not in the map.
    const kept = this.#all.get(socket as Socket)
    if (kept) kept.isKnown = true
  }

  /** Stops listening and destroys every connection. Resolves once all of them are gone. Harmless when called twice. */
  async close(): Promise<void> {
    this.#closed = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#all.keys()) this.#destroy(socket)
    await closed
  }

  #take(socket: Socket): void {
    // Accepted by the system before the server was closed.
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

  /** The unknown connections of every address that has the most of them. */
  #largestCrowds(): Socket[] {
    const sizes = new Map<string, number>()
    const unknown = this.#unknown()
    for (const [, { address }] of unknown) sizes.set(address, (sizes.get(address) ?? 0) + 1)
    const most = Math.max(...sizes.values())
    return unknown.filter(([, { address }]) => sizes.get(address) === most).map(([socket]) => socket)
  }

  /** Those that have sent something since the last look go to the end. A listener for their data would set a paused one flowing. */
  #sortByLastBytes(): void {
    const talking = [...this.#all].filter(([socket, kept]) => socket.bytesRead !== kept.bytesRead)
    for (const [socket, kept] of talking) {
      kept.bytesRead = socket.bytesRead
      this.#all.delete(socket)
      this.#all.set(socket, kept)
    }
  }

  /** Forgotten now and not at its `close`, which comes a turn later: the next one of a crowd may come before that. */
  #destroy(socket: Socket): void {
    this.#all.delete(socket)
    socket.destroy()
  }
}
