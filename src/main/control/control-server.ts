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
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number
  /** Whether browsers get the built window; the WebSocket is there in any case (`--ui off`). */
  readonly serveBoard: boolean
  /** Where the built window is, `out/renderer`. */
  readonly boardFolder: string
}

export interface ControlServer {
  /** Where a browser finds the board; null when it is not served. The token stays in the fragment, which is never sent. */
  readonly uiUrl: string | null
  /** The WebSocket of `shared/wire.ts`. */
  readonly controlUrl: string
  close(): Promise<void>
}

/** The server cannot be had. The message is one sentence; the command line's exit status is 3. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}

/** A person has a few windows and scripts; each costs a subscription. */
export const MAX_CLIENTS = 16

/** What browsers open for a few windows, several times over. Beyond it the oldest connection without a token makes room. */
export const MAX_CONNECTIONS = 64

/** The same for one address: a crowd from one place makes room itself. */
const MAX_UNKNOWN_OF_ADDRESS = 32

/**
 * A request is a few hundred bytes and comes at once: what takes longer than these seconds is no browser. Node looks at its
 * limits twice a minute unless told otherwise.
 */
const requestLimits = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 }

/** The WebSocket carrier of SimulatorApi, on loopback only, and the board for browsers. Rejects with ControlError. */
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

/** Upgraded connections. ws is loaded at the first of them: a start that nobody connects to does not pay for it. */
class SocketCarrier {
  readonly #api: SimulatorApi
  #server: Promise<WebSocketServer> | null = null
  /** Those with the token: a client without it takes nobody's place. */
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

  /** A page learns nothing of a refused upgrade; hence a wrong token is accepted, told, and closed (1008, policy violation). */
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
  // Once it listens, an error is a connection that could not be accepted (too many open files); the server lives on.
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
