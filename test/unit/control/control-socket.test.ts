import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'
import { MAX_CLIENTS, startControlServer } from '../../../src/main/control/control-server.ts'
import type { ControlServer } from '../../../src/main/control/control-server.ts'
import { MAX_MESSAGE_BYTES, MAX_WAITING_CALLS } from '../../../src/main/control/socket-client.ts'
import type { Batch } from '../../../src/shared/api/api.ts'
import { MAX_PENDING_EVENTS } from '../../../src/shared/carrier/batch-queue.ts'
import { decode, encode } from '../../../src/shared/carrier/wire.ts'
import { batchOf, eventOf, recordingApi } from './recording-api.ts'

const api = recordingApi()
let server: ControlServer
const clients: Client[] = []

beforeAll(async () => {
  server = await startControlServer({ api, port: 0, serveBoard: false, boardFolder: '/nowhere' })
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate()
  await vi.waitFor(() => expect(api.listeners.size).toBe(0), { timeout: 30_000 })
})

afterAll(() => server.close())

interface Message {
  readonly id?: number | null
  readonly result?: unknown
  readonly error?: string
  readonly batch?: Batch
}

/** A plain client of the wire protocol, like a script or the window's own carrier. */
class Client {
  readonly messages: Message[] = []
  readonly #changed: (() => void)[] = []
  readonly socket: WebSocket

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      this.messages.push(decode(String(data)) as Message)
      for (const look of this.#changed.splice(0)) look()
    })
    clients.push(this)
  }

  async call(id: number, call: string, ...args: readonly unknown[]): Promise<Message> {
    this.socket.send(encode({ id, call, args }))
    return await this.find((message) => message.id === id)
  }

  async find(wanted: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.messages.find(wanted)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#changed.push(resolve))
    }
  }
}

async function open(): Promise<Client> {
  const client = new Client(new WebSocket(server.controlUrl))
  await once(client.socket, 'open')
  return client
}

/** Returns status and sentence of a refused upgrade. */
function refusalAt(url: string, options: ClientOptions = {}): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options)
    socket.on('error', () => {})
    socket.on('open', () => reject(new Error('the connection was accepted')))
    socket.on('unexpected-response', (_request, response) => {
      response.setEncoding('utf8').on('data', (body: string) => resolve([response.statusCode, body.trim()]))
    })
  })
}

describe('who may connect', () => {
  const tokenSentence = 'The token is missing or not of this run; use the address that the simulator printed.'

  test.each(['', '?token=', '?token=00', `?token=${'0'.repeat(64)}`, '?TOKEN=1'])(
    'not with the token "%s"',
    async (query) => {
      const socket = new WebSocket(server.controlUrl.replace(/\?.*$/, query))
      const messages: string[] = []
      socket.on('message', (data) => messages.push(String(data)))
      socket.on('open', () => {
        socket.send(encode({ id: 1, call: 'subscribe', args: [] }))
        socket.send(encode({ id: 2, call: 'pressKey', args: [{ key: 'reset' }] }))
      })
      const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
      expect([code, String(reason), messages]).toEqual([1008, tokenSentence, []])
      expect([api.listeners.size, api.calls.filter(({ call }) => call === 'pressKey')]).toEqual([0, []])
    }
  )

  test('not at another path', async () => {
    expect(await refusalAt(server.controlUrl.replace('/api', '/'))).toEqual([404, 'The WebSocket is at /api.'])
  })

  test.each(['http://evil.example', 'null', 'https://127.0.0.1'])(
    'not a page of %s, even with the token',
    async (origin) => {
      expect(await refusalAt(server.controlUrl, { origin })).toEqual([
        403,
        'Pages of other sites may not use this simulator.'
      ])
    }
  )

  test('not under another name, even with the token', async () => {
    const [status] = await refusalAt(server.controlUrl, { headers: { host: 'evil.example' } })
    expect(status).toBe(403)
  })

  test("S-1: clients with a wrong token take nobody's place", async () => {
    const wrong = server.controlUrl.replace(/token=.*/, 'token=00')
    const strangers = Array.from({ length: MAX_CLIENTS + 1 }, () => new WebSocket(wrong, { autoPong: false }))
    // They do not read, and so do not close.
    for (const stranger of strangers) stranger.on('open', () => stranger.pause()).on('error', () => {})
    await Promise.all(strangers.map((stranger) => once(stranger, 'open')))
    expect(await (await open()).call(1, 'snapshot')).toMatchObject({ id: 1 })
    for (const stranger of strangers) stranger.terminate()
  })

  test(`not more than ${MAX_CLIENTS} at once`, async () => {
    await Promise.all(Array.from({ length: MAX_CLIENTS }, open))
    expect(await refusalAt(server.controlUrl)).toEqual([503, `${MAX_CLIENTS} clients are connected already.`])
  })
})

describe('calls', () => {
  test('are answered with their id; bytes survive both ways', async () => {
    const client = await open()
    expect(await client.call(1, 'catalog')).toMatchObject({ id: 1, result: { families: [{ name: 'HE910' }] } })
    expect(await client.call(2, 'type', { instance: 0, bytes: new Uint8Array([0, 13, 128, 255]) })).toEqual({
      id: 2,
      result: null
    })
    expect(api.calls.at(-1)).toEqual({
      call: 'type',
      args: [{ instance: 0, bytes: new Uint8Array([0, 13, 128, 255]) }]
    })
  })

  test('that only search do not hold up those that follow', async () => {
    const client = await open()
    let found = (): void => {}
    const search = vi.spyOn(api, 'findEvents').mockImplementation(
      () =>
        new Promise((resolve) => {
          found = () => resolve({ firstSeq: 0, fromSeq: 0, scannedTo: 9, count: 0, matches: new Uint8Array() })
        })
    )
    client.socket.send(encode({ id: 1, call: 'findEvents', args: [{ filter: {}, fromSeq: 0, toSeq: null }] }))
    expect(await client.call(2, 'snapshot')).toMatchObject({ id: 2 })
    expect(client.messages.some(({ id }) => id === 1)).toBe(false)
    found()
    expect(await client.find(({ id }) => id === 1)).toMatchObject({ result: { scannedTo: 9 } })
    search.mockRestore()
  })

  test('that only search are answered so many at once, and a client that asks for more waits', async () => {
    const client = await open()
    let underWay = 0
    let most = 0
    const search = vi.spyOn(api, 'findEvents').mockImplementation(async () => {
      most = Math.max(most, ++underWay)
      await new Promise(setImmediate)
      underWay -= 1
      return { firstSeq: 0, fromSeq: 0, scannedTo: 9, count: 0, matches: new Uint8Array() }
    })
    const asked = 500
    for (let id = 1; id <= asked; id += 1)
      client.socket.send(encode({ id, call: 'findEvents', args: [{ filter: {}, fromSeq: 0, toSeq: null }] }))
    await vi.waitFor(() => expect(client.messages).toHaveLength(asked), { timeout: 30_000 })
    search.mockRestore()
    expect(most).toBeLessThanOrEqual(MAX_WAITING_CALLS)
  })

  test('in a burst are answered in their order', async () => {
    const client = await open()
    for (let id = 1; id <= 500; id += 1)
      client.socket.send(encode({ id, call: 'events', args: [{ fromSeq: id, limit: 1 }] }))
    await client.find((message) => message.id === 500)
    expect(client.messages.map((message) => message.id)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1))
  })

  test('that the schemas refuse get a sentence and reach nobody', async () => {
    const client = await open()
    const before = api.calls.length
    expect(await client.call(1, 'events', { fromSeq: -1, limit: 1 })).toEqual({
      id: 1,
      error: 'The call events was refused: fromSeq is wrong, expected >=0, got -1.'
    })
    expect(await client.call(2, 'constructor')).toEqual({ id: 2, error: 'There is no call "constructor".' })
    expect(api.calls.length).toBe(before)
  })

  test('that the simulator refuses get its sentence, no stack', async () => {
    const client = await open()
    expect(await client.call(1, 'selectProduct', { product: 'X', software: null })).toEqual({
      id: 1,
      error: 'There is no product X.'
    })
  })

  const form = 'A message must be text of the form {"id": 1, "call": "snapshot", "args": []}.'
  const notBase64 = 'A byte array in the message is not base64.'
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  test.each([
    ['{', 'The message is not JSON.'],
    ['', 'The message is not JSON.'],
    ['null', form],
    ['[]', form],
    ['{"id":"1","call":"snapshot","args":[]}', form],
    ['{"id":1.5,"call":"snapshot","args":[]}', form],
    ['{"id":9007199254740993,"call":"snapshot","args":[]}', form],
    ['{"args":[],"call":"snapshot"}', form],
    [nested(1000), 'The message nests deeper than 40 levels.'],
    [Buffer.from([0xff, 0xfe]), 'The message is not JSON.']
  ])('without an id that can be read, case %#, get a sentence, and the next call works', async (text, sentence) => {
    const client = await open()
    client.socket.send(text)
    expect(await client.find((message) => message.id === null)).toEqual({ id: null, error: sentence })
    expect(await client.call(1, 'snapshot')).toMatchObject({ id: 1 })
  })

  test.each([
    ['bad base64', '{"id":7,"call":"type","args":[{"instance":0,"bytes":{"$bytes":"%"}}]}', notBase64],
    ['bad base64 before the id', '{"args":[{"$bytes":"%"}],"call":"type","id":7}', notBase64],
    ['bad base64 in place of the call', '{"id":7,"call":{"$bytes":"%"},"args":[]}', notBase64],
    [
      'arguments nested too deep',
      `{"id":7,"call":"events","args":${nested(1000)}}`,
      'The message nests deeper than 40 levels.'
    ],
    ['no call', '{"id":7,"args":[]}', form],
    ['a call that is no text', '{"id":7,"call":1,"args":[]}', form],
    ['no arguments', '{"id":7,"call":"snapshot"}', form],
    ['arguments that are no list', '{"id":7,"call":"snapshot","args":{}}', form],
    ['an id that was given twice', '{"id":1,"id":7,"call":"snapshot"}', form],
    ['binary', Buffer.from('{"id":7,"call":"snapshot","args":[]}'), form],
    ['binary and no call', Buffer.from('{"id":7}'), form],
    ['cut off', '{"id":7,"call":"snapshot","args":[', 'The message is not JSON.'],
    ['not JSON after the id', ' { "id" : 7 , "call": snapshot }', 'The message is not JSON.'],
    ['an unknown call', '{"id":7,"call":"nothing","args":[]}', 'There is no call "nothing".'],
    ['too many arguments', '{"id":7,"call":"snapshot","args":[1]}', 'The call snapshot takes 0 argument(s), not 1.'],
    [
      'a wrong argument',
      '{"id":7,"call":"pressKey","args":[null]}',
      expect.stringMatching(/^The call pressKey was refused: /)
    ]
  ])('S-10: malformed by %s are answered with their id', async (_case, text, sentence) => {
    const client = await open()
    client.socket.send(text)
    // An answer without the id would leave the caller waiting for ever.
    expect(await client.find((message) => message.id !== undefined)).toEqual({ id: 7, error: sentence })
    expect(await client.call(1, 'snapshot')).toMatchObject({ id: 1 })
  })

  test('the longest that a window may type goes through, a longer message ends that connection only', async () => {
    const [client, other] = [await open(), await open()]
    expect(await client.call(1, 'type', { instance: 0, bytes: new Uint8Array(65_536) })).toEqual({
      id: 1,
      result: null
    })
    client.socket.on('error', () => {})
    client.socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1))
    const [code] = (await once(client.socket, 'close')) as [number]
    expect(code).toBe(1009)
    expect(await other.call(1, 'snapshot')).toMatchObject({ id: 1 })
  })

  test('bytes that are no WebSocket frame end that connection only', async () => {
    const port = Number(new URL(server.controlUrl).port)
    const raw = connect(port, '127.0.0.1')
    raw.on('error', () => {})
    raw.write(
      `GET /api${new URL(server.controlUrl).search} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'
    )
    raw.write(Buffer.alloc(200, 0xff))
    raw.resume()
    await once(raw, 'close')
    expect(await (await open()).call(1, 'snapshot')).toMatchObject({ id: 1 })
  })
})

describe('a subscription', () => {
  test('pushes batches until it is ended', async () => {
    const client = await open()
    expect(await client.call(1, 'subscribe')).toEqual({ id: 1, result: null })
    api.report(batchOf(7, { events: [eventOf(1)], output: [{ instance: 0, bytes: new Uint8Array([255]) }] }))
    expect(await client.find((message) => message.batch !== undefined)).toMatchObject({
      batch: {
        snapshot: { moduleMs: 7 },
        events: [{ seq: 1 }],
        output: [{ instance: 0, bytes: new Uint8Array([255]) }]
      }
    })
    await client.call(2, 'unsubscribe')
    expect(api.listeners.size).toBe(0)
  })

  test('asked for twice is one, and ends with the connection', async () => {
    const client = await open()
    await client.call(1, 'subscribe')
    await client.call(2, 'subscribe')
    expect(api.listeners.size).toBe(1)
    client.socket.terminate()
    await vi.waitFor(() => expect(api.listeners.size).toBe(0), { timeout: 30_000 })
  })
})

describe('pings', () => {
  test('are answered', async () => {
    const { socket } = await open()
    const pong = once(socket, 'pong')
    socket.ping('abc')
    expect(String((await pong)[0])).toBe('abc')
  })

  test('of a client that does not read pongs are answered with the latest alone when it reads again', async () => {
    const [client, other] = [await open(), await open()]
    const pings = 200_000
    const pongs: number[] = []
    client.socket.on('pong', (data) => pongs.push(data.readUInt32BE()))
    client.socket.pause()
    const payload = Buffer.alloc(125)
    for (let at = 0; at < pings; at += 1) {
      payload.writeUInt32BE(at)
      client.socket.ping(Buffer.from(payload))
    }
    // All pings were taken: pings alone never make the simulator stop reading.
    for (let round = 1; client.socket.bufferedAmount > 0; round += 1) await other.call(round, 'snapshot')
    client.socket.resume()
    await vi.waitFor(() => expect(pongs.at(-1)).toBe(pings - 1), { timeout: 30_000 })
    expect(pongs.length).toBeLessThan(pings)
    expect(pongs).toEqual([...pongs].sort((first, second) => first - second))
  })
})

describe('a client that stands still', () => {
  test('gets one joined batch with the newest events when it reads again, and is told what it missed', async () => {
    const client = await open()
    await client.call(1, 'subscribe')
    client.socket.pause()
    const rounds = 400
    const perRound = 100
    for (let round = 0; round < rounds; round += 1) {
      const events = Array.from({ length: perRound }, (_, index) => eventOf(round * perRound + index, 'x'.repeat(500)))
      api.report(batchOf(round, { events }))
      await new Promise(setImmediate)
    }
    client.socket.resume()
    const last = await client.find((message) => message.batch?.snapshot.moduleMs === rounds - 1)
    const batches = client.messages.filter((message) => message.batch !== undefined)
    const seen = batches.flatMap((message) => message.batch!.events.map((event) => event.seq))
    expect(batches.length).toBeLessThan(rounds)
    expect(last.batch!.events).toHaveLength(MAX_PENDING_EVENTS)
    expect(seen.at(-1)).toBe(rounds * perRound - 1)
    expect(seen).toEqual([...seen].sort((first, second) => first - second))
    const skipped = batches.reduce((sum, message) => sum + (message.batch!.skipped?.events ?? 0), 0)
    expect(seen.length + skipped).toBe(rounds * perRound)
    expect(skipped).toBeGreaterThan(0)
  })

  test('and asks without reading is not listened to, until it reads', async () => {
    const client = await open()
    const other = await open()
    const asked = 1_000
    const events = vi.spyOn(api, 'events').mockImplementation(async (query) => {
      return { events: [eventOf(query.fromSeq, 'x'.repeat(60_000))], firstSeq: 0, nextSeq: 1, dropped: 0 }
    })
    client.socket.pause()
    for (let id = 1; id <= asked; id += 1)
      client.socket.send(encode({ id, call: 'events', args: [{ fromSeq: id, limit: 1 }] }))
    for (let round = 1; round <= 100; round += 1) await other.call(round, 'snapshot')
    // What fits the buffers of both sockets has been answered; the rest is unread, because 60 MB are too much to hold.
    const answeredUnread = events.mock.calls.length
    client.socket.resume()
    await client.find((message) => message.id === asked)
    events.mockRestore()
    expect(answeredUnread).toBeLessThan(asked / 2)
    expect(client.messages).toHaveLength(asked)
  })

  test('and sends more than is being answered is left unread, so that nothing piles up here', async () => {
    const client = await open()
    const other = await open()
    let release = (): void => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    const type = vi.spyOn(api, 'type').mockImplementation(() => released)
    const asked = 400
    const text = encode({ id: 1, call: 'type', args: [{ instance: 0, bytes: new Uint8Array(65_536) }] })
    for (let id = 1; id < asked; id += 1) client.socket.send(text)
    client.socket.send(encode({ id: asked, call: 'snapshot', args: [] }))
    for (let round = 1; round <= 200; round += 1) await other.call(round, 'snapshot')
    // Of 35 MB, only what both sockets and the waiting list can hold has left the client.
    const unsentBytes = client.socket.bufferedAmount
    release()
    await client.find((message) => message.id === asked)
    type.mockRestore()
    expect(unsentBytes).toBeGreaterThan(10_000_000)
    expect(client.messages).toHaveLength(asked)
  })
})
