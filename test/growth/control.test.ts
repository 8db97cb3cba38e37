import { once } from 'node:events'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxMessageBytes } from '../../src/main/control/socket-client.ts'
import { startControlServer, type ControlServer } from '../../src/main/control/control-server.ts'
import { makeBoardFolder } from '../unit/control/board-fixture.ts'
import { recordingApi } from '../unit/control/recording-api.ts'
import { growthOf } from './growth-of.ts'

/**
 * What a client may send to the control port costs no more than linear processor time, client and server together, and no memory that
 * stays. The sizes go up to what the limits let through, and to many times that where there is no end.
 */
const mostOfEight = 16
/** What is let go of is collected some time; more than this would be kept. */
const keptBytes = 32 * 1_048_576

const board = makeBoardFolder()
const api = recordingApi()
let server: ControlServer
let port: number

beforeAll(async () => {
  server = await startControlServer({ api, port: 0, serveBoard: true, boardFolder: board.folder })
  port = Number(new URL(server.uiUrl!).port)
})
afterAll(async () => {
  await server.close()
  board.remove()
})

/** Sends the pieces on one connection, and reads until the server closes it. */
async function send(...pieces: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {}).resume()
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  for (const piece of pieces) socket.write(piece)
  await closed
}

const request = (headers: string): string => `GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n${headers}\r\n`

describe('HTTP', () => {
  const shapes: Record<string, (n: number) => Promise<void>> = {
    // 16 KiB of header are the limit: what comes after it is not read at all.
    'a header line': (n) => send(request(`X: ${'x'.repeat(n)}\r\n`)),
    'a request line': (n) => send(`GET /${'a'.repeat(n)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    'a path of many steps': (n) => send(`GET /${'../'.repeat(n / 3)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    'a path of many escapes': (n) => send(`GET /${'%2e'.repeat(n / 3)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`),
    'many headers': (n) => send(request('a:b\r\n'.repeat(n / 5))),
    'one header many times': (n) => send(request('Cookie:b\r\n'.repeat(n / 10))),
    'many Host headers': (n) => send(request('Host:b\r\n'.repeat(n / 8))),
    'a query of many parts': (n) => send(`GET /?${'token=a&'.repeat(n / 8)} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
  }
  it.each(Object.entries(shapes))('takes linear time for %s', async (_shape, run) => {
    // Many requests of one size: one alone takes less than the clock shows.
    const { ratio } = await growthOf(async (n) => {
      for (let count = 0; count < 40; count += 1) await run(n)
    }, 1_800)
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })

  it.each([1, 16_000])('takes linear time for a body in chunks of %i bytes, which nobody wants', async (chunkBytes) => {
    const chunk = `${chunkBytes.toString(16)}\r\n${'x'.repeat(chunkBytes)}\r\n`
    const { ratio } = await growthOf(
      (n) => send(`POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(n / chunkBytes)}0\r\n\r\n`),
      16_000 * 4
    )
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })

  it('takes linear time for many requests on many connections', async () => {
    const { ratio } = await growthOf(async (n) => {
      for (let count = 0; count < n; count += 1) await send(request(''))
    }, 20)
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })
})

/** An open client. */
async function client(): Promise<WebSocket> {
  const socket = new WebSocket(server.controlUrl, { perMessageDeflate: false })
  socket.on('error', () => {})
  await once(socket, 'open')
  return socket
}

/** All of `n` bytes as messages of the shape, each as long as one may be; resolves when the last is answered. */
async function ask(n: number, text: (bytes: number) => string): Promise<void> {
  const socket = await client()
  const message = text(Math.min(n, maxMessageBytes - 200))
  const count = Math.ceil(n / message.length)
  let answers = 0
  const done = new Promise<void>((resolve) => socket.on('message', () => ++answers === count && resolve()))
  for (let sent = 0; sent < count; sent += 1) socket.send(message)
  await done
  socket.terminate()
}

describe('WebSocket', () => {
  const call = (args: string): string => `{"id":1,"call":"type","args":${args}}`
  const shapes: Record<string, (bytes: number) => string> = {
    'arrays in arrays': (bytes) => call(`${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`),
    'objects in objects': (bytes) => call(`[${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}]`),
    'arrays side by side': (bytes) => call(`[${'[],'.repeat(bytes / 3)}[]]`),
    'arguments that are none': (bytes) => call(`[${'0,'.repeat(bytes / 2)}0]`),
    'a list in place of bytes': (bytes) => call(`[{"instance":0,"bytes":[${'0,'.repeat(bytes / 2)}0]}]`),
    'one key many times': (bytes) => call(`[{${'"a":1,'.repeat(bytes / 6)}"a":1}]`),
    'many keys': (bytes) => call(`[{${Array.from({ length: bytes / 14 }, (_, at) => `"k${at}":{}`).join(',')}}]`),
    'many numbers as keys': (bytes) => call(`[{${Array.from({ length: bytes / 14 }, (_, at) => `"${at * 7919}":{}`).join(',')}}]`),
    'base64': (bytes) => call(`[{"instance":0,"bytes":{"$bytes":"${'AAAA'.repeat(Math.min(bytes, 80_000) / 4)}"}}]`),
    'base64 that is none': (bytes) => call(`[{"instance":0,"bytes":{"$bytes":"${'A'.repeat(bytes)}%"}}]`),
    'many small byte arrays': (bytes) => call(`[${'{"$bytes":"AA=="},'.repeat(bytes / 18)}0]`),
    'an unknown call': (bytes) => `{"id":1,"call":"${'x'.repeat(bytes)}","args":[]}`,
    'escapes': (bytes) => `{"id":1,"call":"${'\\u0041'.repeat(bytes / 6)}","args":[]}`,
    'a text without an end': (bytes) => `{"id":1,"call":"${'x'.repeat(bytes)}`,
    'spaces': (bytes) => `${' '.repeat(bytes)}{"id":1`,
    'digits': (bytes) => `{"id":${'1'.repeat(bytes)},"call":"x","args":[]}`,
    'a filter that is none': (bytes) => `{"id":1,"call":"findEvents","args":[{"fromSeq":0,"toSeq":null,"filter":{"text":"${'(a+)+'.repeat(bytes / 5)}"}}]}`
  }
  it.each(Object.entries(shapes))('takes linear time for %s', async (_shape, text) => {
    // The lower size is that of one message; eight of them follow one another. Sizes below are for growth within a message.
    const within = await growthOf(async (n) => {
      for (let count = 0; count < 5; count += 1) await ask(n, text)
    }, 15_000)
    expect(within.ratio).toBeLessThanOrEqual(mostOfEight)
    const across = await growthOf((n) => ask(n, text), 250_000)
    expect(across.ratio).toBeLessThanOrEqual(mostOfEight)
  })

  it.each([1, 100])('takes linear time for a message in fragments of %i bytes', async (fragmentBytes) => {
    const { ratio } = await growthOf(async (n) => {
      const socket = await client()
      const answered = once(socket, 'message')
      // Below the number of fragments that a message may have.
      for (let sent = 0; sent < n * fragmentBytes; sent += fragmentBytes) socket.send('x'.repeat(fragmentBytes), { fin: false })
      socket.send('')
      await answered
      socket.terminate()
    }, fragmentBytes === 1 ? 2_000 : 160)
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })

  it.each([
    ['pings', (socket: WebSocket) => socket.ping('x'.repeat(125))],
    ['pongs that nobody asked for', (socket: WebSocket) => socket.pong('x'.repeat(125))],
    ['empty fragments', (socket: WebSocket, first: boolean) => socket.send(first ? '{' : '', { fin: false })]
  ] as const)('takes linear time and keeps nothing for a flood of %s that reads no answer', async (_flood, one) => {
    const flood = async (n: number): Promise<void> => {
      const socket = await client()
      socket.pause()
      // The server ends a message of too many fragments by itself; the others are looked for at the end.
      for (let sent = 0; sent < n && socket.readyState === socket.OPEN; sent += 1) {
        one(socket, sent === 0)
        if (sent % 1_000 === 999) await drained(socket)
      }
      await drained(socket)
      socket.terminate()
    }
    const { ratio } = await growthOf(flood, 3_000)
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
    const before = process.memoryUsage().rss
    await flood(200_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(keptBytes)
  })
})

/** Once all that was sent has left this process, that is, has been taken by the server or lies before it. */
async function drained(socket: WebSocket): Promise<void> {
  while (socket.bufferedAmount > 0 && socket.readyState === socket.OPEN) await new Promise(setImmediate)
}
