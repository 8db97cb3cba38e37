import type { RawData, WebSocket } from 'ws'
import { unhurriedCalls, type SimulatorApi } from '../../shared/api/api.ts'
import { BatchQueue } from '../../shared/carrier/batch-queue.ts'
import { CALL_FORM, decodeCall, encode, MalformedCall } from '../../shared/carrier/wire.ts'
import { dispatch, sentenceOf } from './dispatch.ts'

/** The longest call types 64 KiB, which is 86 KiB as base64. The rest is room for the JSON around it. */
export const MAX_MESSAGE_BYTES = 131_072

/** Calls that may wait before the socket is no longer read. A window has a handful; a script may send a burst. */
export const MAX_WAITING_CALLS = 64

/**
 * Bytes that may wait in a socket before sending stops. Far more than one batch, so that only a client that has stopped
 * reading reaches it.
 */
export const HIGH_WATER_BYTES = 1_048_576

/** How long a client may take to close after it was refused, before it is disconnected. */
const FAREWELL_MS = 1_000

/** Serves one client until it leaves. Its token must have been checked. */
export function serveClient(socket: WebSocket, api: SimulatorApi): void {
  const client = new SocketClient(socket, api)
  socket.on('message', (data, isBinary) => client.receive({ data, isBinary }))
  socket.on('ping', (data) => client.pinged(data))
  socket.on('close', () => client.leave())
  // ws closes the connection itself after a protocol error (message too long, invalid UTF-8).
  socket.on('error', () => client.leave())
}

/** Refuses a client with a wrong token, and ignores what it sends. */
export function refuseClient(socket: WebSocket): void {
  socket.on('error', () => {})
  socket.close(1008, 'The token is missing or not of this run; use the address that the simulator printed.')
  setTimeout(() => socket.terminate(), FAREWELL_MS).unref()
}

/**
 * Answers calls in order, so that two typed lines cannot overtake each other; only slow read-only calls
 * (`unhurriedCalls`) are answered as soon as they are done. While the client does not read, it answers nothing, reads
 * nothing, and joins the client's batches into one.
 */
class SocketClient {
  readonly #socket: WebSocket
  readonly #api: SimulatorApi
  readonly #batches = new BatchQueue()
  readonly #waiting: Message[] = []
  #answering = false
  /** Calls of `unhurriedCalls` that are running. */
  #underWay = 0
  /** The latest ping without a pong, or `null` when all are answered. */
  #ping: Buffer | null = null
  #ponging = false
  #unsubscribe: (() => void) | null = null

  constructor(socket: WebSocket, api: SimulatorApi) {
    this.#socket = socket
    this.#api = api
  }

  receive(message: Message): void {
    this.#waiting.push(message)
    if (this.#waiting.length >= MAX_WAITING_CALLS) this.#socket.pause()
    void this.#answerWaiting()
  }

  /**
   * Answers a ping. Of pings that arrive faster than pongs can be sent, only the latest is answered (RFC 6455 5.5.3).
   */
  pinged(data: Buffer): void {
    this.#ping = data
    this.#pong()
  }

  leave(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#waiting.length = 0
  }

  async #answerWaiting(): Promise<void> {
    if (this.#answering) return
    this.#answering = true
    while (!this.#isStandingStill && this.#underWay < MAX_WAITING_CALLS) {
      const message = this.#waiting.shift()
      if (message === undefined) break
      const call = readCall(message)
      if (unhurriedCalls.has(call.call)) void this.#answerOutOfTurn(call)
      else this.#send(await this.#answerTo(call))
    }
    this.#answering = false
    if (this.#socket.isPaused && this.#waiting.length < MAX_WAITING_CALLS && !this.#isStandingStill)
      this.#socket.resume()
  }

  async #answerOutOfTurn(call: ReadCall): Promise<void> {
    this.#underWay += 1
    const answer = await this.#answerTo(call)
    this.#underWay -= 1
    this.#send(answer)
    await this.#answerWaiting()
  }

  #pong(): void {
    const ping = this.#ping
    if (ping === null || this.#ponging || this.#socket.readyState !== this.#socket.OPEN) return
    this.#ping = null
    this.#ponging = true
    this.#socket.pong(ping, false, () => {
      this.#ponging = false
      this.#pong()
    })
  }

  async #answerTo({ id, call, args, fault }: ReadCall): Promise<unknown> {
    try {
      if (fault) throw fault
      return { id, result: (await this.#perform(call, args)) ?? null }
    } catch (error) {
      return { id, error: sentenceOf(error) }
    }
  }

  async #perform(call: string, args: readonly unknown[]): Promise<unknown> {
    if (call === 'subscribe') {
      this.#unsubscribe ??= this.#api.subscribe((batch) => {
        this.#batches.add(batch)
        this.#pushBatches()
      })
    } else if (call === 'unsubscribe') {
      this.#unsubscribe?.()
      this.#unsubscribe = null
    } else {
      return await dispatch(this.#api, call, args)
    }
    return null
  }

  #pushBatches(): void {
    if (this.#isStandingStill) return
    const batch = this.#batches.take()
    if (batch !== null) this.#send({ batch })
  }

  #send(message: unknown): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#socket.send(encode(message, base64Of), () => {
      if (this.#isStandingStill) return
      this.#pushBatches()
      void this.#answerWaiting()
    })
  }

  get #isStandingStill(): boolean {
    return this.#socket.bufferedAmount > HIGH_WATER_BYTES
  }
}

interface Message {
  readonly data: RawData
  readonly isBinary: boolean
}

/** Returns the call in a message, or why there is none. */
function readCall({ data, isBinary }: Message): ReadCall {
  try {
    const call = decodeCall(textOf(data))
    if (isBinary) throw new MalformedCall(CALL_FORM, call.id)
    return call
  } catch (error) {
    const fault = error as MalformedCall // The called functions throw nothing else.
    return { id: fault.id, call: '', args: [], fault }
  }
}

interface ReadCall {
  readonly id: number | null
  readonly call: string
  readonly args: readonly unknown[]
  readonly fault?: Error
}

function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8')
}
