import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, it, test } from 'vitest'
import { isLoopback, openPortWarning, parseListenAddress } from '../../src/main/listen-address.ts'
import { isWebRequest } from '../../src/main/ports/web-request.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

describe('where a port listens', () => {
  it.each([
    ['5000', '127.0.0.1', 5000], ['0', '127.0.0.1', 0], ['localhost:5000', '127.0.0.1', 5000], ['127.0.0.1:5000', '127.0.0.1', 5000],
    ['0.0.0.0:5000', '0.0.0.0', 5000], ['192.168.1.7:70', '192.168.1.7', 70], ['[::]:5000', '::', 5000], ['[::1]:5000', '::1', 5000]
  ])('%s is %s, %i', (text, host, port) => expect(parseListenAddress(text)).toEqual({ host, port }))

  it.each(['', ':5000', '*:5000', '::5000', '::1:5000', 'example.com:5000', '127.0.0.1', '127.1:5000', '0x7f.1:5000', '2130706433:5000', '[127.0.0.1]:5000', '[::1]', '70000', '-1', '127.0.0.1:70000', '5000:127.0.0.1', ' 5000', '5000\n'])(
    '%j is neither a port nor an address with one',
    (text) => expect(parseListenAddress(text)).toBeNull()
  )

  it.each([['127.0.0.1', true], ['127.9.9.9', true], ['::1', true], ['0.0.0.0', false], ['::', false], ['192.168.1.7', false], ['::ffff:127.0.0.1', false]])(
    '%s is loopback: %s',
    (host, expected) => {
      expect(isLoopback(host)).toBe(expected)
      expect(openPortWarning('It', { host, port: 1 }) === null).toBe(expected)
    }
  )
})

describe('the AT port over TCP', () => {
  const running: SimulatorProcess[] = []
  afterEach(async () => void (await Promise.all(running.splice(0).map((one) => one.stop()))))
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)

  async function start(tcp: string): Promise<SimulatorProcess> {
    const simulator = await startSimulatorProcess(['--lab', 'off', '--tcp', tcp])
    running.push(simulator)
    return simulator
  }

  /** Whether the module answers there. */
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

  test('is this machine\'s alone unless asked otherwise, and nothing has to be said of it', async () => {
    const simulator = await start('0')
    expect(await answersAt(simulator.ready.tcp!, '127.0.0.1')).toBe(true)
    for (const address of others) expect(await answersAt(simulator.ready.tcp!, address), address).toBe(false)
    expect(simulator.stderr()).toBe('')
  })

  test('asked for on every address, it comes with a warning', async () => {
    const simulator = await start('0.0.0.0:0')
    for (const address of ['127.0.0.1', ...others]) expect(await answersAt(simulator.ready.tcp!, address), address).toBe(true)
    expect(simulator.stderr()).toMatch(/^telit-sim: The AT port over TCP is open to everybody who can reach 0\.0\.0\.0:\d+, without a password and in the clear; [^\n]*\n$/)
  })

  test('over RFC 2217 it comes with the same warning', async () => {
    const simulator = await startSimulatorProcess(['--lab', 'off', '--rfc2217', '0.0.0.0:0'])
    running.push(simulator)
    expect(simulator.stderr()).toMatch(/^telit-sim: The AT port over RFC 2217 is open to everybody who can reach 0\.0\.0\.0:\d+, [^\n]*\n$/)
  })

  test.each(['--tcp', '--rfc2217'])('a web page cannot type commands into %s: its requests are refused whole', async (option) => {
    const simulator = await startSimulatorProcess(['--lab', 'off', option, '0'])
    running.push(simulator)
    const port = (simulator.ready as unknown as Record<string, number>)[option.slice(2)]!
    const post = (path: string, method: string): Promise<unknown> =>
      fetch(`http://127.0.0.1:${port}${path}`, { method, ...(method === 'POST' ? { body: '\r\nAT+CMEE=2\r\n' } : {}), headers: { 'X-A': '1' } })
    for (const [path, method] of [['/', 'POST'], ['/', 'GET'], ['/', 'OPTIONS'], [`/${'a'.repeat(100_000)}`, 'POST']] as const) {
      await expect(post(path, method), `${method} ${path.length}`).rejects.toThrow('fetch failed')
    }
    expect(await said(port, 'AT+CMEE?\r', '\r\nOK\r\n')).toContain('+CMEE: 0')
  })

  /** What the module says to these bytes, up to `end`. */
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

describe('the first bytes of a client', () => {
  const is = (text: string, port = 5000): boolean => isWebRequest(Buffer.from(text, 'latin1'), port)

  it('are a web request when they name this port', () => {
    expect(is('POST / HTTP/1.1\r\nHost: 127.0.0.1:5000\r\n\r\nAT\r')).toBe(true)
    expect(is('GET /x HTTP/1.1\r\nUser-Agent: x\r\nhost: rebound.example:5000\r\n\r\n')).toBe(true)
    expect(is('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 80)).toBe(true)
    expect(is(`POST /${'a'.repeat(2_000)}`)).toBe(true)
  })

  it('are a host\'s when they are commands, or a request that goes through the module to its far end', () => {
    for (const text of ['AT\r', '', '\x1a', 'GET / HTTP/1.1\r\nHost: www.example.lab\r\n\r\n', 'GET / HTTP/1.0\r\n\r\n', 'POST', 'AT+CMEE=1\rPOST / HTTP/1.1\r\nHost: x:5000\r\n']) {
      expect(is(text), text).toBe(false)
    }
  })
})
