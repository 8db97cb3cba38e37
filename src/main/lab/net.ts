import { randomBytes } from 'node:crypto'
import { connect, createServer, type AddressInfo } from 'node:net'
import type { RandomSource } from '../../shared/contracts/random.ts'
import { ServerSockets, type CrowdLimits } from '../host/server-sockets.ts'

/** What the lab's far ends live on: a network with its sockets, chance and the date. This machine's, or one in memory for virtual time. */
export interface LabWorld {
  readonly net: LabNet
  readonly random: RandomSource
  /** The date, milliseconds since 1970 UTC. */
  nowMs(): number
  /** Runs `action` once, after so many milliseconds. */
  schedule(delayMs: number, action: () => void): { cancel(): void }
}

export interface LabNet {
  /**
   * Listens at `host` (`port` 0: any free one); one of `listening` and `failed` is called first. `paused`: nothing is read before `resume`.
   * `close` stops listening and keeps the connections; `destroy` ends them as well, and resolves once they are gone.
   */
  listen(
    where: LabAddress & { readonly paused?: boolean },
    events: LabListenEvents
  ): { close(): void; destroy(): Promise<void> }
  /** Tells `connect` or `error`. */
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

/** One TCP connection as a far end sees it: what it uses of a socket of node:net. */
export interface LabSocket {
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
  on(event: 'connect' | 'drain' | 'end' | 'close', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'connect', listener: () => void): unknown
  /** False: wait for `drain`. */
  write(bytes: Uint8Array): boolean
  pause(): unknown
  resume(): unknown
  end(): unknown
  destroy(): unknown
  /** Drops the connection with a reset, where the network has such. */
  resetAndDestroy?(): unknown
  readonly writable: boolean
  readonly writableNeedDrain: boolean
  readonly localAddress?: string | undefined
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}

/** This machine: real sockets, real chance, today. */
export const hostWorld: LabWorld = {
  net: {
    listen: ({ host, port, paused = false }, { accepted, listening, failed }) => {
      const server = createServer({ noDelay: true, pauseOnConnect: paused })
      const sockets = new ServerSockets(server, CROWD_LIMITS)
      server.on('connection', (socket) => {
        // A connection that had to make room at once is none.
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

/** Listens on loopback and a free port; rejects when there is none. */
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
 * A module has one socket and one FTP session; a bench has a few modules. Anybody on this machine may connect, and nothing tells a module from
 * others: a crowd makes room for a newcomer, first those that have never sent anything.
 */
const CROWD_LIMITS: CrowdLimits = { perAddress: 48, all: 64, yields: 'quietest' }
