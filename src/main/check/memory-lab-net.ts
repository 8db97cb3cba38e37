import type { Clock } from '../../shared/contracts/clock.ts'
import { contextAddress } from '../bearer/addresses.ts'
import type { MemoryFarEnd, MemoryNetwork } from '../bearer/memory-network.ts'
import type { LabAddress, LabNet, LabSocket } from '../lab/net.ts'

/**
 * Returns the lab's network in memory, for virtual time: the sockets of the lab servers are those of the memory
 * network.
 */
export function memoryLabNet(network: MemoryNetwork, clock: Clock): LabNet {
  let nextPort = FIRST_FREE_PORT
  return {
    listen: ({ host, port, paused = false }, { accepted, listening }) => {
      const taken = port === 0 ? nextPort++ : port
      const sockets = new Set<MemorySocket>()
      const listener = network.listen(host, taken, (far) => {
        const socket = new MemorySocket({ host, port: taken }, paused).join(far)
        sockets.add(socket)
        socket.on('close', () => sockets.delete(socket))
        accepted(socket)
      })
      listening({ host, port: taken })
      return {
        close: () => listener.cancel(),
        destroy: async () => {
          listener.cancel()
          for (const socket of sockets) socket.destroy()
        }
      }
    },
    connect: (where) => {
      const socket = new MemorySocket(where, false)
      if (!network.call(where.host, where.port, (far) => socket.join(far).emit('connect')))
        clock.schedule(0, () => socket.emit('error'))
      return socket
    }
  }
}

/** A connection in memory with the part of the node:net socket interface that the lab servers use. */
export class MemorySocket implements LabSocket {
  readonly writableNeedDrain = false
  private far: MemoryFarEnd | null = null
  private readonly listeners: Record<SocketEvent, ((argument?: never) => void)[]> = {
    data: [],
    connect: [],
    drain: [],
    end: [],
    close: [],
    error: []
  }
  private ended = false
  private peerEnded = false
  private closed = false

  constructor(
    private readonly where: LabAddress,
    private paused: boolean
  ) {}

  get writable(): boolean {
    return !this.ended
  }

  get localAddress(): string {
    return this.where.host
  }

  /** The module's only address. PORT may name no other. */
  get remoteAddress(): string {
    return contextAddress(MODULE_CONTEXT)
  }

  /** The connection number of the memory network: unique, but not a real port. */
  get remotePort(): number | undefined {
    return this.far?.number
  }

  join(far: MemoryFarEnd): this {
    this.far = far
    if (this.paused) far.takeNothing()
    far.onData((bytes) => this.emit('data', Buffer.from(bytes)))
    far.onEnd(() => {
      this.peerEnded = true
      this.tellEnd()
    })
    return this
  }

  on(event: SocketEvent, listener: (argument: never) => void): this {
    this.listeners[event].push(listener as () => void)
    return this
  }

  once(event: SocketEvent, listener: () => void): this {
    return this.on(event, listener)
  }

  emit(event: SocketEvent, argument?: unknown): void {
    for (const listener of this.listeners[event]) (listener as (argument: unknown) => void)(argument)
  }

  write(bytes: Uint8Array): boolean {
    if (!this.ended) this.far?.write(bytes)
    return true
  }

  pause(): void {
    this.paused = true
    this.far?.takeNothing()
  }

  resume(): void {
    if (!this.paused) return
    this.paused = false
    this.far?.takeAll()
    this.tellEnd()
  }

  end(): void {
    if (this.ended) return
    this.ended = true
    this.far?.end()
    this.close()
  }

  destroy(): void {
    this.peerEnded = true
    this.end()
    this.close()
  }

  resetAndDestroy(): void {
    if (!this.ended) this.far?.reset()
    this.ended = true
    this.destroy()
  }

  private tellEnd(): void {
    if (!this.peerEnded || this.paused) return
    this.emit('end')
    this.close()
  }

  /** Closes once both directions have ended. */
  private close(): void {
    if (this.closed || !this.ended || !this.peerEnded) return
    this.closed = true
    this.emit('close')
  }
}

type SocketEvent = 'data' | 'connect' | 'drain' | 'end' | 'close' | 'error'

/** The PDP context that all connections use (G-2.1-2). */
const MODULE_CONTEXT = 1
/** Does not collide with the ports on which the module waits. */
const FIRST_FREE_PORT = 30_001
