import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { chromium } from 'playwright-core'
import { afterEach, describe, expect, it, test } from 'vitest'
import { isLoopback, openPortWarning, parseListenAddress } from '../../src/main/options/listen-address.ts'
import { typeOverPort } from '../fixtures/at-host.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

describe('where a port listens', () => {
  it.each([
    ['5000', '127.0.0.1', 5000],
    ['0', '127.0.0.1', 0],
    ['localhost:5000', '127.0.0.1', 5000],
    ['127.0.0.1:5000', '127.0.0.1', 5000],
    ['0.0.0.0:5000', '0.0.0.0', 5000],
    ['192.168.1.7:70', '192.168.1.7', 70],
    ['[::]:5000', '::', 5000],
    ['[::1]:5000', '::1', 5000]
  ])('%s is %s, %i', (text, host, port) => expect(parseListenAddress(text)).toEqual({ host, port }))

  it.each([
    '',
    ':5000',
    '*:5000',
    '::5000',
    '::1:5000',
    'example.com:5000',
    '127.0.0.1',
    '127.1:5000',
    '0x7f.1:5000',
    '2130706433:5000',
    '[127.0.0.1]:5000',
    '[::1]',
    '70000',
    '-1',
    '127.0.0.1:70000',
    '5000:127.0.0.1',
    ' 5000',
    '5000\n'
  ])('%j is neither a port nor an address with one', (text) => expect(parseListenAddress(text)).toBeNull())

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.1.7', false],
    ['::ffff:127.0.0.1', false]
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
    expect(openPortWarning('It', { host, port: 1 }) === null).toBe(expected)
  })
})

describe('the AT port over TCP', () => {
  const running: SimulatorProcess[] = []
  afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address)

  async function start(tcp: string): Promise<SimulatorProcess> {
    const simulator = await startSimulatorProcess(['--lab', 'off', '--tcp', tcp])
    running.push(simulator)
    return simulator
  }

  /** Returns whether the module responds there. */
  async function answersAt(port: number, host: string): Promise<boolean> {
    const socket = connect(port, host)
    try {
      await once(socket, 'connect')
      socket.write('AT\r')
      let text = ''
      while (!text.includes('OK')) text += String((await once(socket, 'data'))[0])
      return true
    } catch {
      return false
    } finally {
      socket.destroy()
    }
  }

  test("is this machine's alone unless asked otherwise, and nothing has to be said of it", async () => {
    const simulator = await start('0')
    expect(await answersAt(simulator.ready.tcp!, '127.0.0.1')).toBe(true)
    for (const address of others) expect(await answersAt(simulator.ready.tcp!, address), address).toBe(false)
    expect(simulator.stderr()).toBe('')
  })

  test('asked for on every address, it comes with a warning', async () => {
    const simulator = await start('0.0.0.0:0')
    for (const address of ['127.0.0.1', ...others])
      expect(await answersAt(simulator.ready.tcp!, address), address).toBe(true)
    expect(simulator.stderr()).toMatch(
      /^telit-sim: The AT port over TCP is open to everybody who can reach 0\.0\.0\.0:\d+, without a password or encryption; [^\n]*\n$/
    )
  })

  test('over RFC 2217 it comes with the same warning', async () => {
    const simulator = await startSimulatorProcess(['--lab', 'off', '--rfc2217', '0.0.0.0:0'])
    running.push(simulator)
    expect(simulator.stderr()).toMatch(
      /^telit-sim: The AT port over RFC 2217 is open to everybody who can reach 0\.0\.0\.0:\d+, [^\n]*\n$/
    )
  })

  test.each(['--tcp', '--rfc2217'])(
    'a web page cannot type commands into %s: its requests are refused whole',
    async (option) => {
      const simulator = await startSimulatorProcess(['--lab', 'off', option, '0'])
      running.push(simulator)
      const port = portOf(simulator, option)
      const post = (path: string, method: string): Promise<unknown> =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          method,
          ...(method === 'POST' ? { body: '\r\nAT+CMEE=2\r\n' } : {}),
          headers: { 'X-A': '1' }
        })
      for (const [path, method] of [
        ['/', 'POST'],
        ['/', 'GET'],
        ['/', 'OPTIONS'],
        [`/${'a'.repeat(100_000)}`, 'POST']
      ] as const) {
        await expect(post(path, method), `${method} ${path.length}`).rejects.toThrow('fetch failed')
      }
      expect(await said(port, 'AT+CMEE?\r', '\r\nOK\r\n')).toContain('+CMEE: 0')
    }
  )

  /**
   * Returns a ClientHello that a page can cause: the server chooses the session ticket, whose lines would be commands
   * on this port.
   */
  function clientHello(ticket: string): Buffer {
    const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])
    const withLength = (body: Buffer): Buffer => Buffer.concat([u16(body.length), body])
    const extensions = withLength(Buffer.concat([u16(35), withLength(Buffer.from(ticket, 'latin1'))]))
    const body = Buffer.concat([
      Buffer.from([3, 3]),
      Buffer.alloc(32, 7),
      Buffer.from([0]),
      withLength(u16(0x1301)),
      Buffer.from([1, 0]),
      extensions
    ])
    const handshake = Buffer.concat([Buffer.from([1, 0]), withLength(body)])
    return Buffer.concat([Buffer.from([22, 3, 1]), withLength(handshake)])
  }

  test.each(['--tcp', '--rfc2217'])(
    'S-4: a ClientHello whose session ticket begins with CR AT#SHDN CR does not switch the module off over %s',
    async (option) => {
      const simulator = await startSimulatorProcess(['--lab', 'off', option, '0'])
      running.push(simulator)
      const port = portOf(simulator, option)
      for (const pieces of [1, 2, 5, 50]) {
        const hello = clientHello('\rAT#SHDN\r'.repeat(3))
        const socket = connect(port, '127.0.0.1')
        socket.on('error', () => {}).resume()
        const closed = new Promise((resolve) => socket.on('close', resolve))
        await once(socket, 'connect')
        const size = Math.ceil(hello.length / pieces)
        for (let at = 0; at < hello.length && socket.writable; at += size)
          await new Promise((resolve) => socket.write(hello.subarray(at, at + size), resolve))
        await closed
      }
      expect(await said(port, 'AT\r', '\r\nOK\r\n')).toContain('OK')
    }
  )

  test.skipIf(!havePeers('chromium', 'pyserial')).each(['--tcp', '--rfc2217'])(
    'S-4: pages in Chromium that connect to %s again and again, by any name, method and protocol, neither type a command nor take the instance from the pty',
    async (option) => {
      const simulator = await startSimulatorProcess(['--lab', 'off', option, '0'])
      running.push(simulator)
      const port = portOf(simulator, option)
      const site = createServer(
        (_, response) =>
          void response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>attacker</title>')
      )
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      const browser = await chromium.launch({
        executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
        // The attacker's name leads to the AT port once the page is loaded (DNS rebinding), and there is no preflight
        // request.
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--host-resolver-rules=MAP *.example 127.0.0.1'
        ]
      })
      try {
        const page = await browser.newPage()
        await page.goto(`http://evil.example:${(site.address() as AddressInfo).port}/`)
        const attack = page.evaluate(async (at) => {
          const outcomes: string[] = []
          const attempt = async (url: string, init: RequestInit): Promise<void> => {
            outcomes.push(
              await fetch(url, { ...init, mode: 'no-cors' }).then(
                () => 'answered',
                () => 'refused'
              )
            )
          }
          for (let round = 0; round < 5; round += 1) {
            await attempt(`https://127.0.0.1:${at}/`, {})
            await attempt(`http://127.0.0.1:${at}/`, { method: 'POST', body: '\r\nAT#SHDN\r\n' })
            await attempt(`https://evil.example:${at}/`, {})
            await new Promise((resolve) => setTimeout(resolve, 300))
          }
          return outcomes
        }, port)
        // The person's part: a line typed in two halves while the page continues, repeatedly.
        for (let line = 0; line < 10; line += 1) {
          await typeOverPort(simulator.link, [
            { send: 'AT+CM' },
            { pause: 0.1 },
            { send: 'EE?\r' },
            { expect: '\\+CMEE: 0\\r\\n\\r\\nOK\\r\\n' }
          ])
        }
        expect(new Set(await attack)).toEqual(new Set(['refused']))
        const own = await page.goto(`http://evil.example:${port}/`).then(
          () => 'answered',
          () => 'refused'
        )
        expect(own).toBe('refused')
      } finally {
        await browser.close()
        site.close()
      }
      expect(await said(port, 'AT+CMEE?\r', '\r\nOK\r\n')).toContain('+CMEE: 0')
    }
  )

  /** Returns the port that an option opened. */
  function portOf(simulator: SimulatorProcess, option: string): number {
    return (simulator.ready as unknown as Record<string, number>)[option.slice(2)]!
  }

  /** Returns the module's response to bytes, up to `end`. */
  async function said(port: number, bytes: string, end: string): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      socket.write(bytes)
      let text = ''
      while (!text.includes(end)) text += String((await once(socket, 'data'))[0])
      return text
    } finally {
      socket.destroy()
    }
  }
})
