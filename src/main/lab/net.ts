import { randomBytes } from 'node:crypto'
import { connect, createServer, type AddressInfo } from 'node:net'
import type { RandomSource } from '../../shared/contracts/random.ts'
import { ServerSockets, type CrowdLimits } from '../host/server-sockets.ts'

/**
 * What the lab servers run on: network, random numbers and date. Either those of this machine, or in memory for virtual
 * time.
 */
export interface LabWorld {
  readonly net: LabNet
  readonly random: RandomSource
  /** The date in milliseconds since 1970 UTC. */
  nowMs(): number
  /** Runs `action` once after `delayMs`. */
  schedule(delayMs: number, action: () => void): { cancel(): void }
}

export interface LabNet {
  /**
   * Listens at `host` (`port` 0 for any free one). Calls `listening` or `failed` first. `paused`: sockets read nothing
   * before `resume`. `close` stops listening and keeps the connections. `destroy` ends them too, and resolves once they
   * are closed.
   */
  listen(
    where: LabAddress & { readonly paused?: boolean },
    events: LabListenEvents
  ): { close(): void; destroy(): Promise<void> }
  /** Opens a connection, which then emits `connect` or `error`. */
  connect(where: LabAddress): LabSocket
}

export interface LabAddress {
  readonly host: string
  readonly port: number
}

export interface LabListenEvents {
  accepted(socket: LabSocket): void
  listening(where: LabAddress): void
  failed(error: Error): void
}

/** One TCP connection of a lab server: the part of node:net's Socket that it uses. */
export interface LabSocket {
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
  on(event: 'connect' | 'drain' | 'end' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'connect', listener: () => void): unknown
  /** Returns false when the caller should wait for `drain`. */
  write(bytes: Uint8Array): boolean
  pause(): unknown
  resume(): unknown
  end(): unknown
  destroy(): unknown
  /** Closes with a reset, where the network supports it. */
  resetAndDestroy?(): unknown
  readonly writable: boolean
  readonly writableNeedDrain: boolean
  readonly localAddress?: string | undefined
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}

/** This machine: real sockets, random numbers and date. */
export const hostWorld: LabWorld = {
  net: {
    listen: ({ host, port, paused = false }, { accepted, listening, failed }) => {
      const server = createServer({ noDelay: true, pauseOnConnect: paused })
      const sockets = new ServerSockets(server, CROWD_LIMITS)
      server.on('connection', (socket) => {
        // The limits may have closed it at once.
        if (!socket.destroyed) accepted(socket)
      })
      server.on('error', failed)
      server.listen(port, host, () => {
        const { address, port: taken } = server.address() as AddressInfo
        listening({ host: address, port: taken })
      })
      return { close: () => void server.close(), destroy: () => sockets.close() }
    },
    connect: (where) => connect({ ...where, noDelay: true })
  },
  random: { bytes: (length) => randomBytes(length) },
  nowMs: () => Date.now(),
  schedule: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return { cancel: () => clearTimeout(timer) }
  }
}

/** Listens on loopback, on a free port. Rejects when there is none. */
export function listenOnLoopback(
  accepted: (socket: LabSocket) => void
): Promise<LabAddress & { close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = hostWorld.net.listen(
      { host: LOOPBACK, port: 0 },
      {
        accepted,
        listening: (where) => resolve({ ...where, close: () => server.destroy() }),
        failed: reject
      }
    )
  })
}

const LOOPBACK = '127.0.0.1'
/**
 * Enough for a few modules, each with an SSL socket and an FTP session. Any program on this machine may connect and
 * cannot be told from a module. So the quietest connections of the largest crowd are closed for new ones.
 */
const CROWD_LIMITS: CrowdLimits = { perAddress: 48, all: 64, yields: 'quietest' }
