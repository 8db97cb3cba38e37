import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ControlError, startControlServer } from '../../../src/main/control/control-server.ts'
import type { ControlServer } from '../../../src/main/control/control-server.ts'
import { makeBoardFolder } from './board-fixture.ts'
import { recordingApi } from './recording-api.ts'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

const board = makeBoardFolder()
let server: ControlServer
let port: number

beforeAll(async () => {
  server = await startControlServer({ api: recordingApi(), port: 0, serveBoard: true, boardFolder: board.folder })
  port = Number(new URL(server.uiUrl!).port)
})

afterAll(async () => {
  await server.close()
  board.remove()
})

/** node:http sends the path unchanged; fetch would remove `..` before it is sent. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) })
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('the addresses', () => {
  test('are on loopback, with one token of 32 bytes that never travels in a page request', () => {
    const token = /^http:\/\/127\.0\.0\.1:\d+\/#token=([0-9a-f]{64})$/.exec(server.uiUrl!)?.[1]
    expect(token).toBeDefined()
    expect(server.controlUrl).toBe(`ws://127.0.0.1:${port}/api?token=${token}`)
  })
})

describe('the board for browsers', () => {
  test('is the built window, with strict headers', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(page.body.toString()).toContain('<title>board</title>')
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store'
    })
    expect(page.headers).not.toHaveProperty('access-control-allow-origin')
  })

  test('its files have their types, and bytes arrive as they are', async () => {
    expect((await get('/assets/index-1a2b.js')).headers['content-type']).toBe('text/javascript; charset=utf-8')
    const font = await get('/assets/mono.woff2')
    expect(font.headers['content-type']).toBe('font/woff2')
    expect([...font.body]).toEqual([0, 1, 2, 255])
  })

  test('HEAD sends no body', async () => {
    const page = await get('/index.html', {}, 'HEAD')
    expect([page.status, page.body.length]).toEqual([200, 0])
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    expect((await get('/', {}, method)).status).toBe(405)
  })

  test.each([
    '/../secret.html',
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/../../secret.html',
    '/assets\\..\\..\\secret.html',
    '//127.0.0.1/secret.html',
    '/index.html%00.js',
    '/assets/',
    '/assets',
    '/assets/index-1a2b.js.map',
    '/constructor',
    'http://127.0.0.1/index.html'
  ])('%s leads nowhere', async (path) => {
    const page = await get(path)
    expect([page.status, page.body.toString()]).toEqual([404, 'There is no such file.\n'])
  })
})

describe('who may ask', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '[::1]:80', 'localhost.evil.example'])(
    'a page under the name "%s" is refused (DNS rebinding)',
    async (host) => {
      const page = await get('/', { host })
      expect([page.status, page.body.toString()]).toEqual([403, `This server answers at 127.0.0.1:${port} only.\n`])
    }
  )

  test('localhost is this machine too', async () => {
    expect((await get('/', { host: `localhost:${port}` })).status).toBe(200)
  })

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'file://'])(
    'the origin %s is refused',
    async (origin) => {
      expect((await get('/', { origin })).status).toBe(403)
    }
  )

  test('the own origin may', async () => {
    expect((await get('/', { origin: `http://127.0.0.1:${port}` })).status).toBe(200)
  })
})

describe('starting', () => {
  test('a port that is taken is one sentence', async () => {
    const start = startControlServer({ api: recordingApi(), port, serveBoard: false, boardFolder: board.folder })
    await expect(start).rejects.toThrow(
      new ControlError(`Port ${port} for the board is in use by another program; choose another with --ui.`)
    )
    await expect(start).rejects.toBeInstanceOf(ControlError)
  })

  test('a board that was not built is one sentence', async () => {
    const start = startControlServer({ api: recordingApi(), port: 0, serveBoard: true, boardFolder: '/nowhere' })
    await expect(start).rejects.toThrow(
      new ControlError('The board has not been built: /nowhere has no index.html (npm run build makes it).')
    )
  })

  test('with the board off there is an address for programs and no file at all', async () => {
    const off = await startControlServer({ api: recordingApi(), port: 0, serveBoard: false, boardFolder: board.folder })
    const answer = await fetch(`http://127.0.0.1:${new URL(off.controlUrl).port}/`)
    expect([off.uiUrl, answer.status]).toEqual([null, 404])
    await off.close()
  })

  test('closing ends open connections and frees the port', async () => {
    const first = await startControlServer({
      api: recordingApi(),
      port: 0,
      serveBoard: false,
      boardFolder: board.folder
    })
    const samePort = Number(new URL(first.controlUrl).port)
    const idle = connect(samePort, '127.0.0.1')
    await new Promise((resolve) => idle.once('connect', resolve))
    const ended = new Promise((resolve) => idle.once('close', resolve))
    idle.on('error', () => {})
    await first.close()
    await ended
    const second = await startControlServer({
      api: recordingApi(),
      port: samePort,
      serveBoard: false,
      boardFolder: board.folder
    })
    await second.close()
  })
})
