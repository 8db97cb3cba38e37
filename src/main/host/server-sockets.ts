import type { Server, Socket } from 'node:net'

/** How many connections a server has at once. Beyond either, the oldest one that has not shown who it is makes room. */
export interface CrowdLimits {
  /** From one address, of those that have not shown who they are. */
  readonly perAddress: number
  readonly all: number
}

/**
 * Every socket of one listening server, from the moment it is accepted until it is gone. Whatever a connection is used for
 * (a request, an upgrade, a refusal), closing the server destroys it: nothing that a client does keeps the program alive.
 *
 * With limits a crowd never locks others out: a newcomer is always accepted, and the oldest unknown connection of the
 * address that has the most of them is destroyed for it. This comes before a byte is read.
 */
export class ServerSockets {
  readonly #server: Server
  readonly #limits: CrowdLimits | null
  readonly #all = new Set<Socket>()
  /** Those that have not shown who they are, by address; the oldest comes first. */
  readonly #unknown = new Map<string, Set<Socket>>()
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
    // The stream of an upgrade is declared as any stream; what is no socket of this server is in none of the sets.
    for (const unknown of this.#unknown.values()) unknown.delete(socket as Socket)
  }

  /** Stops listening and destroys every connection. Resolves once all of them are gone. Harmless when called twice. */
  async close(): Promise<void> {
    this.#closed = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#all) {
      this.#forget(socket)
      socket.destroy()
    }
    await closed
  }

  #take(socket: Socket): void {
    // Accepted by the system before the server was closed.
    if (this.#closed) return void socket.destroy()
    this.#all.add(socket)
    socket.once('close', () => this.#forget(socket))
    if (this.#limits === null) return
    const address = socket.remoteAddress ?? ''
    const peers = this.#unknown.get(address) ?? new Set()
    this.#unknown.set(address, peers.add(socket))
    if (peers.size > this.#limits.perAddress) this.#dropOldest(peers)
    while (this.#all.size > this.#limits.all) {
      const largest = [...this.#unknown.values()].reduce((most, one) => (one.size > most.size ? one : most))
      if (!this.#dropOldest(largest)) return
    }
  }

  #dropOldest(sockets: ReadonlySet<Socket>): boolean {
    for (const oldest of sockets) {
      // Forgotten now and not at its `close`, which comes a turn later: the next one of a crowd may come before that.
      this.#forget(oldest)
      oldest.destroy()
      return true
    }
    return false
  }

  #forget(socket: Socket): void {
    this.#all.delete(socket)
    for (const [address, unknown] of this.#unknown) {
      unknown.delete(socket)
      if (unknown.size === 0) this.#unknown.delete(address)
    }
  }
}
