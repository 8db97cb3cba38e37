import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { ControlClient } from '../../fixtures/control-client.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

/** The built program against local programs that occupy its ports: it stays usable, and a signal ends it. */
describe.skipIf(process.platform !== 'linux')('local programs that connect and do not leave', () => {
  let simulator: SimulatorProcess
  let stopped = false
  afterEach(async () => {
    if (!stopped) await simulator.stop('SIGKILL')
  })

  async function start(...args: readonly string[]): Promise<number> {
    stopped = false
    simulator = await startSimulatorProcess(['--lab', 'off', '--ui', '0', ...args])
    return Number(new URL(simulator.ready.control!).port)
  }

  /** Returns the status after SIGTERM. A hanging program is killed at the end of the test. */
  async function terminate(): Promise<number | null> {
    const status = await simulator.stop('SIGTERM')
    stopped = true
    return status
  }

  /** Returns a connected client, destroyed at the end of the test. */
  async function client(port: number, text: string): Promise<Socket> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }

  const upgrade = (port: number, { path = '/api', host = `127.0.0.1:${port}`, origin = '' } = {}): string =>
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${origin === '' ? '' : `Origin: ${origin}\r\n`}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'

  /** Reads the refusal, sends ten more bytes and ends its side. */
  async function refused(port: number, request: string): Promise<void> {
    const socket = await client(port, request)
    await new Promise((resolve) => socket.once('data', resolve).once('close', resolve))
    if (!socket.destroyed) socket.end('0123456789')
  }

  const openSockets = (): number => {
    const folder = `/proc/${simulator.pid}/fd`
    return readdirSync(folder).filter((name) => targetOf(join(folder, name)).startsWith('socket:')).length
  }

  const boardAnswers = async (port: number): Promise<void> => {
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    const board = await ControlClient.open(simulator.ready.control!)
    expect((await board.snapshot()).product).toBeDefined()
    board.close()
  }

  it.each([
    ['Origin', { origin: 'http://evil.example' }],
    ['Host', { host: 'evil.example' }],
    ['path', { path: '/' }]
  ])(
    'S-1: a refused upgrade (wrong %s) with ten bytes more leaves no socket, and SIGTERM ends the program',
    async (_what, wrong) => {
      const port = await start()
      const before = openSockets()
      for (let count = 0; count < 5; count += 1) await refused(port, upgrade(port, wrong))
      await expect.poll(openSockets).toBe(before)
      expect(await terminate()).toBe(0)
      expect(simulator.stderr()).toBe('')
    }
  )

  it('S-1: 100 refused upgrades at once do not lock the board out, and SIGTERM ends the program while they are there', async () => {
    const port = await start()
    const before = openSockets()
    await Promise.all(
      Array.from({ length: 100 }, () => refused(port, upgrade(port, { origin: 'http://evil.example' })))
    )
    await boardAnswers(port)
    await expect.poll(openSockets).toBe(before)
    // Once more, with clients that neither read, send nor close.
    for (let count = 0; count < 100; count += 1) await client(port, upgrade(port, { path: '/' }))
    expect(await terminate()).toBe(0)
    expect(simulator.stderr()).toBe('')
  })

  it('S-1: who asks for the board again and again and never reads costs no more than 64 MB', async () => {
    const port = await start()
    const page = await (await fetch(`http://127.0.0.1:${port}/`)).text()
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
    expect(script).toBeDefined()
    const rssBytes = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${simulator.pid}/status`, 'utf8'))![1]) * 1024
    const before = rssBytes()
    const wanted = `GET ${script} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
    for (let count = 0; count < 30; count += 1) (await client(port, wanted.repeat(15))).pause()
    // Requested last, so the others were started before it.
    await boardAnswers(port)
    expect(rssBytes() - before).toBeLessThan(64 * 1_048_576)
    // A thousand at once are refused.
    const greedy = await client(port, wanted.repeat(1000))
    greedy.resume()
    await once(greedy, 'end')
    expect(await terminate()).toBe(0)
  })

  it('S-6: 100 half-sent requests do not lock the board out, and are ended within seconds', async () => {
    const port = await start()
    let ended = 0
    for (let count = 0; count < 100; count += 1) {
      const half = await client(port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ')
      half.resume().on('close', () => (ended += 1))
      half.on('end', () => half.end())
    }
    await boardAnswers(port)
    // The limit of five seconds plus one for the check. Node's default interval is 30 s.
    await expect.poll(() => ended, { timeout: 20_000 }).toBe(100)
  })

  it.each(['tcp', 'rfc2217'] as const)(
    'S-1: at the AT port over %s neither unread answers nor half a close keep the program alive',
    async (kind) => {
      await start(`--${kind}`, '0')
      const port = simulator.ready[kind]!
      const first = await client(port, 'AT\r')
      first.pause()
      for (let count = 0; count < 20; count += 1) (await client(port, 'AT\r')).end('0123456789')
      first.end('AT\r')
      expect(await terminate()).toBe(0)
      expect(simulator.stderr()).toBe('')
    }
  )

  it('S-1: nor do clients of the lab that say nothing', async () => {
    stopped = false
    simulator = await startSimulatorProcess([])
    for (const server of ['tls', 'https', 'ftps'] as const)
      for (let count = 0; count < 3; count += 1) (await client(simulator.ready.lab[server]!.port, 'x')).end()
    expect(await terminate()).toBe(0)
    expect(simulator.stderr()).toBe('')
  })
})

function targetOf(file: string): string {
  try {
    return readlinkSync(file)
  } catch {
    // It was closed while the folder was being read.
    return ''
  }
}
