/** @module Carries the API to a browser: a web server with a WebSocket, and the checks that every call passes. */

import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { WebSocketServer } from 'ws'
import type { SimulatorApi } from '../../shared/api/api.ts'
import { fileReason } from '../host/file-reason.ts'
import { ServerSockets } from '../host/server-sockets.ts'
import { listBoardFiles } from './board-files.ts'
import type { BoardFiles } from './board-files.ts'
import { BoardRequests } from './board-requests.ts'
import { refuseUpgrade } from './refused-upgrade.ts'
import { refusalOf, targetOf, tokenMatches } from './request-guard.ts'
import type { Refusal } from './request-guard.ts'
import { MAX_MESSAGE_BYTES, refuseClient, serveClient } from './socket-client.ts'

export interface ControlServerOptions {
  readonly api: SimulatorApi
  /** TCP port on 127.0.0.1; 0 for a free one. */
  readonly port: number
  /** Whether browsers get the built window (not with `--ui off`). The WebSocket is always there. */
  readonly serveBoard: boolean
  /** Folder of the built window, `out/renderer`. */
  readonly boardFolder: string
}

export interface ControlServer {
  /**
   * Address of the board for browsers; `null` when it is not served. The token is in the fragment, which browsers never
   * send.
   */
  readonly uiUrl: string | null
  /** Address of the WebSocket (`shared/carrier/wire.ts`). */
  readonly controlUrl: string
  close(): Promise<void>
}

/** The server cannot be started. The message is one sentence; the exit status is 3. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

/** A person has a few windows and scripts. Each client costs a subscription. */
export const MAX_CLIENTS = 16

/**
 * Several times what browsers open for a few windows. Beyond it, the oldest connection without a token is closed for a
 * new one.
 */
export const MAX_CONNECTIONS = 64

/** The same for one address, so that one address cannot displace the connections of others. */
const MAX_UNKNOWN_OF_ADDRESS = 32

/**
 * A request has a few hundred bytes and arrives at once: a browser never needs these limits (milliseconds). Without the
 * interval, Node checks its limits only every 30 s.
 */
const requestLimits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 }

/**
 * Starts the WebSocket carrier of SimulatorApi, on loopback only, and the board for browsers. Rejects with a
 * ControlError.
 */
export async function startControlServer(options: ControlServerOptions): Promise<ControlServer> {
  const files: BoardFiles = options.serveBoard ? listBoardFiles(options.boardFolder) : new Map()
  if (options.serveBoard && !files.has('/index.html')) {
    throw new ControlError(
      `The board has not been built: ${options.boardFolder} has no index.html (npm run build makes it).`
    )
  }
  const token = randomBytes(32).toString('hex')
  const server = createServer({ maxHeaderSize: 16_384, ...requestLimits })
  const connections = new ServerSockets(server, {
    perAddress: MAX_UNKNOWN_OF_ADDRESS,
    all: MAX_CONNECTIONS,
    yields: 'oldest'
  })
  const port = await listen(server, options.port)
  const sockets = new SocketCarrier(options.api)
  const requests = new BoardRequests(port, files)

  server.on('request', (request, response) => requests.answer(request, response))
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const target = targetOf(request)
    const refusal = refusalOf(request, port) ?? refusalOfPath(target) ?? sockets.refusal()
    if (refusal !== null) return refuseUpgrade(socket, refusal)
    const authorised = tokenMatches(target?.searchParams.get('token') ?? null, token)
    if (authorised) connections.know(socket)
    void sockets.accept(request, socket, head, authorised)
  })
  return {
    uiUrl: options.serveBoard ? `http://127.0.0.1:${port}/#token=${token}` : null,
    controlUrl: `ws://127.0.0.1:${port}/api?token=${token}`,
    close: async () => {
      sockets.close()
      await connections.close()
    }
  }
}

/**
 * Connections that were upgraded to WebSocket. Loads ws at the first one, so that a start without clients is not
 * slower.
 */
class SocketCarrier {
  readonly #api: SimulatorApi
  #server: Promise<WebSocketServer> | null = null
  /** Clients with the token. Those without it do not count, so they cannot use up the places. */
  #clients = 0
  #closed = false

  constructor(api: SimulatorApi) {
    this.#api = api
  }

  refusal(): Refusal | null {
    return this.#clients < MAX_CLIENTS
      ? null
      : { status: 503, sentence: `${MAX_CLIENTS} clients are connected already.` }
  }

  /**
   * Accepts a WebSocket also with a wrong token, then closes it with status 1008: a page cannot see why an upgrade was
   * refused.
   */
  async accept(request: IncomingMessage, stream: Duplex, head: Buffer, authorised: boolean): Promise<void> {
    if (authorised) {
      this.#clients += 1
      stream.once('close', () => (this.#clients -= 1))
    }
    this.#server ??= loadSocketServer()
    const server = await this.#server
    if (this.#closed) return
    server.handleUpgrade(request, stream, head, (socket) => {
      if (authorised) serveClient(socket, this.#api)
      else refuseClient(socket)
    })
  }

  close(): void {
    this.#closed = true
  }
}

async function loadSocketServer(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws')
  return new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    autoPong: false
  })
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ControlError(whyNotListening(error, port))))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve)
  })
  // After this point an error means that a connection could not be accepted (too many open files). The server
  // continues.
  server.removeAllListeners('error').on('error', () => {})
  return (server.address() as AddressInfo).port
}

function whyNotListening(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} for the board is in use by another program; choose another with --ui.`
  if (error.code === 'EACCES')
    return `Port ${port} for the board needs rights that this user has not; choose one above 1023 with --ui.`
  return `Port ${port} for the board cannot be opened: ${fileReason(error)}.`
}

function refusalOfPath(target: URL | null): Refusal | null {
  return target?.pathname === '/api' ? null : { status: 404, sentence: 'The WebSocket is at /api.' }
}
