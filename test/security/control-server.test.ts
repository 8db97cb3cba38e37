import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { MAX_CONNECTIONS, startControlServer, type ControlServer } from '../../src/main/control/control-server.ts'
import { MAX_MESSAGE_BYTES } from '../../src/main/control/socket-client.ts'
import { makeBoardFolder } from '../unit/control/board-fixture.ts'
import { recordingApi } from '../unit/control/recording-api.ts'

// The server behind the board, attacked by a program that may send any bytes: paths, headers, frames, many connections.

const api = recordingApi()
const board = makeBoardFolder()
let server: ControlServer
let port: number

beforeAll(async () => {
  writeFileSync(join(board.folder, 'index.html.bak'), 'secret')
  server = await startControlServer({ api, port: 0, serveBoard: true, boardFolder: board.folder })
  port = Number(new URL(server.uiUrl!).port)
})

afterAll(async () => {
  await server.close()
  board.remove()
})

/** Sends bytes. Returns everything that comes back. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (part) => (text += part.toString('latin1')))
  // A server that has ended the connection may reset it.
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

const get = (target: string, ...headers: readonly string[]): Promise<string> =>
  raw([`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', ''].join('\r\n'))

describe('paths', () => {
  test.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/%2e%2e%2fsecret.html',
    '/assets/../../secret.html',
    '/..\\secret.html',
    '/%5c..%5csecret.html',
    '//127.0.0.1/../secret.html',
    '/index.html%00.js',
    '/index.html.bak',
    '/assets/',
    '/assets',
    '/etc/passwd',
    '/%252e%252e/secret.html',
    '/assets/index-1a2b.js.map',
    'http://127.0.0.1/secret.html',
    '/__proto__',
    '/constructor',
    `/${'a/'.repeat(40)}`
  ])('%s leads to no file', async (target) => {
    const answer = await get(target)
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404|431) /)
    expect(answer).not.toContain('secret\r\n')
    expect(answer.endsWith('secret')).toBe(false)
  })
})

test.each(['/.', '/..', '/../..'])('%s is the board itself, as in a browser', async (target) => {
  expect(await get(target)).toContain('<title>board</title>')
})

describe('names', () => {
  test.each([
    ['another', 'Host: evil.example'],
    ['ours as a part of another', `Host: 127.0.0.1.evil.example`],
    ['ours with a user', `Host: x@127.0.0.1`],
    ['none', 'X: y']
  ])('%s is refused', async (_case, header) => {
    const answer = await raw(`GET / HTTP/1.1\r\n${header}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403) /)
  })

  test('two are refused', async () => {
    expect(await get('/', 'Host: evil.example')).toMatch(/^HTTP\/1\.1 (400|403) /)
  })

  test('of this machine on its other addresses are not listened to at all', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of others) {
      const socket = connect(port, address)
      const outcome = await Promise.race([
        once(socket, 'connect').then(() => 'connected'),
        once(socket, 'error').then(() => 'refused')
      ]).catch(() => 'refused')
      socket.destroy()
      expect(outcome, address).toBe('refused')
    }
  })
})

describe('too much', () => {
  test('of a header ends that request', async () => {
    expect(await get('/', `X-Long: ${'x'.repeat(20_000)}`)).toMatch(/^HTTP\/1\.1 431 /)
  })

  test('of a message ends that connection before it is put together, in frames or in one', async () => {
    for (const send of [
      (socket: WebSocket) => socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1)),
      (socket: WebSocket) => {
        for (let sent = 0; sent <= MAX_MESSAGE_BYTES; sent += 1024) socket.send('x'.repeat(1024), { fin: false })
      }
    ]) {
      const socket = new WebSocket(server.controlUrl)
      socket.on('error', () => {})
      await once(socket, 'open')
      send(socket)
      const [code] = (await once(socket, 'close')) as [number]
      expect([1006, 1009]).toContain(code)
    }
  })

  test('of a claimed length alone ends it too', async () => {
    const socket = new WebSocket(server.controlUrl)
    socket.on('error', () => {})
    await once(socket, 'open')
    // A text frame that claims to be 2^53-1 bytes long.
    ;(socket as unknown as { _socket: Socket })._socket.write(
      Buffer.from([0x81, 0xff, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])
    )
    const [code] = (await once(socket, 'close')) as [number]
    expect([1006, 1009]).toContain(code)
  })

  test('of depth, and of names that every object has, is a sentence and reaches nobody', async () => {
    const socket = new WebSocket(server.controlUrl)
    await once(socket, 'open')
    const before = api.calls.length
    const ask = async (text: string): Promise<{ error?: string }> => {
      const answered = once(socket, 'message')
      socket.send(text)
      return JSON.parse(String((await answered)[0])) as { error?: string }
    }
    expect((await ask(`{"id":1,"call":"events","args":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)).error).toContain(
      'nests deeper'
    )
    for (const call of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'then', '']) {
      expect((await ask(JSON.stringify({ id: 2, call, args: [] }))).error).toMatch(/^There is no call/)
    }
    expect(
      (await ask('{"id":3,"call":"pressKey","args":[{"key":"on","__proto__":{"key":"reset"},"constructor":1}]}')).error
    ).toBeUndefined()
    expect(({} as Record<string, unknown>)['key']).toBeUndefined()
    expect(api.calls.length - before).toBe(1)
    socket.close()
  })

  test('of connections: the crowd is closed, and who is in stays served', async () => {
    const socket = new WebSocket(server.controlUrl)
    await once(socket, 'open')
    const crowd = Array.from({ length: MAX_CONNECTIONS + 20 }, () => connect(port, '127.0.0.1').on('error', () => {}))
    let turnedAway = 0
    for (const one of crowd) one.on('close', () => (turnedAway += 1))
    await expect.poll(() => turnedAway).toBeGreaterThanOrEqual(20)
    const answered = once(socket, 'message')
    socket.send('{"id":1,"call":"snapshot","args":[]}')
    expect(String((await answered)[0])).toContain('"id":1')
    for (const one of crowd) one.destroy()
    socket.close()
    await expect.poll(async () => (await get('/').catch(() => '')).slice(0, 15)).toBe('HTTP/1.1 200 OK')
  })
})
