import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { startControlServer, type ControlServer } from '../../src/main/control/control-server.ts'
import { makeBoardFolder } from '../unit/control/board-fixture.ts'
import { recordingApi } from '../unit/control/recording-api.ts'
import { growthOf } from './growth-of.ts'
import { controlClient, httpInputs, send, webSocketInputs, type ControlAddress } from './worst-inputs/control.ts'

// What a client sends to the control port takes only linear processor time, of client and server together, and no
// lasting memory. Sizes go up to the limits, or far beyond where there is no limit.

const mostOfEight = 16
/** Released memory is collected at some time; more than this would be kept. */
const keptBytes = 32 * 1_048_576

const board = makeBoardFolder()
const api = recordingApi()
let server: ControlServer

const address = (): ControlAddress => ({ port: Number(new URL(server.uiUrl!).port), url: server.controlUrl })

beforeAll(async () => {
  server = await startControlServer({ api, port: 0, serveBoard: true, boardFolder: board.folder })
})
afterAll(async () => {
  await server.close()
  board.remove()
})

const request = (headers: string): string =>
  `GET /index.html HTTP/1.1\r\nHost: 127.0.0.1:${address().port}\r\nConnection: close\r\n${headers}\r\n`

describe('HTTP', () => {
  // The port is not known when the table is made, so the test looks it up.
  it.each(httpInputs({ port: 0, url: '' }).map(({ shape }, index) => [shape, index] as const))(
    'takes linear time for %s',
    async (_shape, index) => {
      const { n, make } = httpInputs(address())[index]!
      // Many requests of one size: a single one takes less than the resolution of the clock.
      const { ratio } = await growthOf(async (size) => {
        const { run } = make(size)
        for (let count = 0; count < Math.ceil(72_000 / n); count += 1) await run()
      }, n)
      expect(ratio).toBeLessThanOrEqual(mostOfEight)
    }
  )

  it('takes linear time for many requests on many connections', async () => {
    const { ratio } = await growthOf(async (n) => {
      for (let count = 0; count < n; count += 1) await send(address().port, request(''))
    }, 20)
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })
})

describe('WebSocket', () => {
  it.each(webSocketInputs({ port: 0, url: '' }).map(({ shape }, index) => [shape, index] as const))(
    'takes linear time for %s',
    async (_shape, index) => {
      const { n, make } = webSocketInputs(address())[index]!
      // The smaller size is one message, the larger one eight messages. Smaller sizes measure growth within a message.
      const within = await growthOf(async (size) => {
        const { run } = make(size)
        for (let count = 0; count < 5; count += 1) await run()
      }, 15_000)
      expect(within.ratio).toBeLessThanOrEqual(mostOfEight)
      const across = await growthOf(async (size) => await make(size).run(), n)
      expect(across.ratio).toBeLessThanOrEqual(mostOfEight)
    }
  )

  it.each([1, 100])('takes linear time for a message in fragments of %i bytes', async (fragmentBytes) => {
    const { ratio } = await growthOf(
      async (n) => {
        const socket = await controlClient(address().url)
        const answered = once(socket, 'message')
        // Fewer than the allowed fragments of a message.
        for (let sent = 0; sent < n * fragmentBytes; sent += fragmentBytes)
          socket.send('x'.repeat(fragmentBytes), { fin: false })
        socket.send('')
        await answered
        socket.terminate()
      },
      fragmentBytes === 1 ? 2_000 : 160
    )
    expect(ratio).toBeLessThanOrEqual(mostOfEight)
  })

  it.each([
    ['pings', (socket: WebSocket) => socket.ping('x'.repeat(125))],
    ['pongs that nobody asked for', (socket: WebSocket) => socket.pong('x'.repeat(125))],
    ['empty fragments', (socket: WebSocket, first: boolean) => socket.send(first ? '{' : '', { fin: false })]
  ] as const)('takes linear time and keeps nothing for a flood of %s that reads no answer', async (_flood, one) => {
    const flood = async (n: number): Promise<void> => {
      const socket = await controlClient(address().url)
      socket.pause()
      // The server closes the connection for a message with too many fragments; other messages are checked at the end.
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

/** Resolves once all data has left this process. */
async function drained(socket: WebSocket): Promise<void> {
  while (socket.bufferedAmount > 0 && socket.readyState === socket.OPEN) await new Promise(setImmediate)
}
