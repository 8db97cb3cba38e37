import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { boardHeaders, safeHeaders, type BoardFile, type BoardFiles } from './board-files.ts'
import { refusalOf, targetOf, type Refusal } from './request-guard.ts'

/** Browsers send one request at a time on a connection. A client with more unanswered requests is disconnected. */
export const MAX_REQUESTS_AHEAD = 16

/**
 * Serves the built window. Requests on one connection are answered in order, and files are streamed at the client's
 * pace: what a client requests and does not read costs no memory.
 */
export class BoardRequests {
  readonly #port: number
  readonly #files: BoardFiles
  readonly #underWay = new WeakMap<Socket, Queue>()

  constructor(port: number, files: BoardFiles) {
    this.#port = port
    this.#files = files
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const queue = this.#underWay.get(socket) ?? { length: 0, last: Promise.resolve() }
    this.#underWay.set(socket, queue)
    if (queue.length >= MAX_REQUESTS_AHEAD) return void socket.destroy()
    queue.length += 1
    queue.last = queue.last.then(async () => {
      await this.#answerOne(request, response)
      queue.length -= 1
    })
  }

  /** Answers one request. Never rejects. */
  async #answerOne(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The client left while earlier requests were being answered.
    if (request.socket.destroyed) return
    const refusal = refusalOf(request, this.#port)
    if (refusal !== null) return refuse(response, refusal)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(response, { status: 405, sentence: 'Only GET and HEAD are answered here.' })
    }
    const file = this.#files.get(targetOf(request)?.pathname ?? '')
    if (file === undefined) return refuse(response, { status: 404, sentence: 'There is no such file.' })
    await send(response, file, request.method === 'HEAD')
  }
}

interface Queue {
  length: number
  last: Promise<void>
}

async function send(response: ServerResponse, file: BoardFile, headersOnly: boolean): Promise<void> {
  try {
    const handle = await open(file.path)
    try {
      const { size } = await handle.stat()
      response.writeHead(200, { ...boardHeaders(file), 'Content-Length': size })
      if (headersOnly || size === 0) response.end()
      // `end`: a file that grows meanwhile must not send more bytes than Content-Length.
      else await pipeline(handle.createReadStream({ end: size - 1 }), response)
    } finally {
      await handle.close()
    }
  } catch {
    if (response.headersSent) response.destroy()
    else
      refuse(response, {
        status: 404,
        sentence: 'The file is gone because the board was built again; restart the simulator.'
      })
  }
}

function refuse(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, {
    ...safeHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store'
  })
  response.end(`${refusal.sentence}\n`)
}
