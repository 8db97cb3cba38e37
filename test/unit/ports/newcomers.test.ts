import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRfc2217Port, openTcpPort, type Rfc2217Port, type TcpPort } from '../../../src/main/ports/index.ts'
import { JUDGEMENT_MS } from '../../../src/main/ports/tcp-connection.ts'
import { FakeTime } from './fake-time.ts'
import { PortRecorder } from './port-recorder.ts'

// Connections to a network port that are not yet known to come from a host or a web page.

const kinds = [
  ['tcp', openTcpPort],
  ['rfc2217', openRfc2217Port]
] as const
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

interface Opened {
  readonly port: TcpPort | Rfc2217Port
  readonly heard: PortRecorder & { lines: unknown[] }
  readonly time: FakeTime
}

async function openPort(open: typeof openTcpPort | typeof openRfc2217Port): Promise<Opened> {
  const time = new FakeTime()
  const heard = Object.assign(new PortRecorder(), { lines: [] as unknown[] })
  const events = {
    data: (bytes: Uint8Array) => heard.data(bytes),
    presence: (present: boolean, client: string | null) => heard.presence(present, client),
    drained: () => heard.drained(),
    overrun: (bytes: number) => heard.overrun(bytes),
    note: (sentence: string) => heard.note(sentence),
    hostLines: (lines: unknown) => void heard.lines.push(lines)
  }
  const port = await open({ port: 0, time }, events)
  onTestFinished(() => port.close())
  return { port, heard, time }
}

/** Returns a connection that the port has noticed. */
async function come({ port, time }: Opened, from = '127.0.0.1'): Promise<Socket & { got: string }> {
  const before = time.waiting
  const socket = Object.assign(connect({ port: port.port, host: port.host, localAddress: from }), { got: '' })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  socket.on('data', (bytes) => (socket.got += bytes.toString('latin1')))
  await once(socket, 'connect')
  while (time.waiting === before) await nextTurn()
  return socket
}

/** Sends bytes and waits until they were read: a second connection made afterwards gets its answer. */
async function sent(opened: Opened, socket: Socket, bytes: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => socket.write(typeof bytes === 'string' ? latin1(bytes) : bytes, () => resolve()))
  const probe = await come(opened)
  const gone = once(probe, 'close')
  probe.end()
  await gone
}

describe.each(kinds)('S-4: a connection to a %s port', (_, open) => {
  it('S-4: has no effect while it says nothing, and is a client after five seconds', async () => {
    const opened = await openPort(open)
    await come(opened)
    opened.time.pass(JUDGEMENT_MS - 1)
    expect(opened.heard.presences).toEqual([])
    expect(opened.port.clientPresent).toBe(false)
    opened.time.pass(1)
    expect(opened.heard.presences).toEqual([true])
  })

  it.each(['AT\r', 'at\r\n', 'A/', '+++', '\0\x1b\x1a\x11\r\nAT\r', 'AT S7=45 S0=0\r', 'noise\rAT\r'])(
    'S-4: is a client at once by %j',
    async (text) => {
      const opened = await openPort(open)
      const socket = await come(opened)
      socket.write(latin1(text))
      // RFC 2217 removes the NUL after a CR, as Telnet does.
      await opened.heard.until(({ received }) => received === text)
      expect(opened.heard.presences).toEqual([true])
    }
  )

  it('S-4: typed byte by byte it is a client with the T', async () => {
    const opened = await openPort(open)
    const socket = await come(opened)
    await sent(opened, socket, 'a')
    expect(opened.heard.received).toBe('')
    await sent(opened, socket, 't')
    await opened.heard.until(({ received }) => received === 'at')
  })

  it('S-4: is held with anything else for five seconds, and loses none of it', async () => {
    const opened = await openPort(open)
    const socket = await come(opened)
    await sent(opened, socket, 'hello ')
    await sent(opened, socket, 'x'.repeat(200))
    expect(opened.heard.presences).toEqual([])
    socket.write('the end')
    opened.time.pass(JUDGEMENT_MS)
    await opened.heard.until(({ received }) => received === `hello ${'x'.repeat(200)}the end`)
  })

  it('S-4: is held though its client has shut its side, and answered then', async () => {
    const opened = await openPort(open)
    const socket = connect({ port: opened.port.port, host: opened.port.host, allowHalfOpen: true })
    onTestFinished(() => void socket.destroy())
    let got = ''
    socket.on('data', (bytes) => (got += bytes.toString('latin1')))
    socket.end('hello\x1a')
    while (opened.time.waiting === 0) await nextTurn()
    const probe = await come(opened)
    const gone = once(probe, 'close')
    probe.end()
    await gone
    opened.time.pass(JUDGEMENT_MS)
    await opened.heard.until(({ received }) => received === 'hello\x1a')
    opened.port.write(latin1('\r\nOK\r\n'))
    await once(socket, 'close')
    expect(got).toContain('\r\nOK\r\n')
  })

  it.each([
    'GET / HTTP/1.1\r\n\r\nAT#SHDN\r',
    'AT#SHDN / HTTP/1.1\r\nHost: x\r\n\r\nAT#SHDN\r',
    '\x16\x03\x01\x00\x20\rAT#SHDN\r',
    '\x05\x01\x00',
    '\x04\x01\x1f\x40'
  ])('S-4: is ended by %j, before and after its five seconds, and online, and none of it arrives', async (text) => {
    const opened = await openPort(open)
    const early = await come(opened)
    early.write(latin1(text))
    await once(early, 'close')
    expect(opened.heard.presences).toEqual([])
    const late = await come(opened)
    opened.time.pass(JUDGEMENT_MS)
    late.write(latin1(text))
    await once(late, 'close')
    opened.port.setOnline?.(true)
    const online = await come(opened)
    online.write(latin1(text))
    await once(online, 'close')
    expect(opened.heard.received).toBe('')
    expect(opened.heard.presences).toEqual([true, false])
    expect(opened.heard.notes.filter((note) => note.includes('A web browser sent'))).toHaveLength(1)
  })

  it('S-4: is let through at once while the module is online, whatever else it sends', async () => {
    const opened = await openPort(open)
    opened.port.setOnline?.(true)
    const socket = await come(opened)
    socket.write('hello')
    await opened.heard.until(({ received }) => received === 'hello')
  })

  it('S-4: takes nothing from the client that is there, and makes no room scarce for the next', async () => {
    const opened = await openPort(open)
    const crowd: Socket[] = []
    for (let count = 0; count < 20; count += 1) {
      const before = opened.heard.presences.length
      const socket = connect(opened.port.port, opened.port.host)
      socket.on('error', () => {})
      crowd.push(socket)
      onTestFinished(() => void socket.destroy())
      await once(socket, 'connect')
      expect(opened.heard.presences).toHaveLength(before)
    }
    const host = connect(opened.port.port, opened.port.host)
    onTestFinished(() => void host.destroy())
    host.write('AT\r')
    await opened.heard.until(({ received }) => received === 'AT\r')
    opened.time.pass(JUDGEMENT_MS)
    expect(opened.heard.presences).toEqual([true])
  })

  it.skipIf(process.platform !== 'linux')('S-1: does not lose its place to the crowd of another address', async () => {
    const opened = await openPort(open)
    await come(opened)
    // On Linux, any address of 127.0.0.0/8 is this machine's.
    for (let count = 0; count < 40; count += 1) await come(opened, '127.0.0.2')
    opened.time.pass(JUDGEMENT_MS)
    expect(opened.heard.clients[0]).toMatch(/^127\.0\.0\.1:/)
  })

  it('S-4: yields to a host if it has never said anything', async () => {
    const opened = await openPort(open)
    const silent = await come(opened)
    opened.time.pass(JUDGEMENT_MS)
    expect(opened.heard.presences).toEqual([true])
    const host = await come(opened)
    host.write('AT\r')
    await opened.heard.until(({ received }) => received === 'AT\r')
    await once(silent, 'close')
    expect(silent.got).toContain('in use by another client')
    expect(opened.heard.presences).toEqual([true, false, true])
  })
})

describe('S-4: Telnet options of a connection to an RFC 2217 port', () => {
  const IAC = 255
  const comPort = [IAC, 251, 44]
  const dtrOn = [IAC, 250, 44, 5, 8, IAC, 240]
  /** WILL BINARY and DO SGA, which any Telnet client sends. */
  const plain = [IAC, 251, 0, IAC, 253, 3]

  it('S-4: are answered from the start, and are not what is judged', async () => {
    const opened = await openPort(openRfc2217Port)
    const socket = await come(opened)
    await sent(opened, socket, Uint8Array.from(plain))
    while (!socket.got.includes('\xff\xfb\x03')) await nextTurn()
    expect(opened.heard.presences).toEqual([])
    socket.write(Buffer.concat([Uint8Array.from(plain), latin1('AT\r')]))
    await opened.heard.until(({ received }) => received === 'AT\r')
  })

  it('S-4: to agree to COM-PORT-OPTION shows a host: it is there, and moves its DTR', async () => {
    const opened = await openPort(openRfc2217Port)
    const socket = await come(opened)
    socket.write(Uint8Array.from([...comPort, ...dtrOn]))
    await opened.heard.until(({ presences }) => presences.length === 1)
    expect(opened.heard.lines).toEqual([{ rts: true, dtr: true }])
  })

  it.each([
    ['plain Telnet', plain],
    ['COM-PORT-OPTION', comPort]
  ])('S-4: what a browser sends is refused behind %s too', async (_, options) => {
    const opened = await openPort(openRfc2217Port)
    const socket = await come(opened)
    socket.write(Buffer.concat([Uint8Array.from(options), latin1('\x16\x03\x01\rAT#SHDN\r')]))
    await once(socket, 'close')
    expect(opened.heard.received).toBe('')
  })

  it('S-4: of one that is turned away move no line of the client that is there', async () => {
    const opened = await openPort(openRfc2217Port)
    const first = await come(opened)
    const second = await come(opened)
    first.write(Uint8Array.from(comPort))
    await opened.heard.until(({ presences }) => presences.length === 1)
    second.write(Uint8Array.from([...comPort, IAC, 250, 44, 5, 9, IAC, 240, 0x41, 0x54, 0x0d]))
    await once(second, 'close')
    expect(opened.heard.lines).toEqual([{ rts: true, dtr: true }])
    expect(opened.heard.received).toBe('')
  })
})
