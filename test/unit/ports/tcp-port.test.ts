import { once } from 'node:events'
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { QUEUE_LIMIT_BYTES } from '../../../src/main/ports/bounded-writer.ts'
import { openTcpPort, type TcpPort } from '../../../src/main/ports/index.ts'
import { JUDGEMENT_MS } from '../../../src/main/ports/tcp-connection.ts'
import { FakeTime } from './fake-time.ts'
import { LineResponder, PortRecorder } from './port-recorder.ts'

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

async function openPort(recorder: PortRecorder, time?: FakeTime): Promise<TcpPort> {
  const port = await openTcpPort({ port: 0, ...(time ? { time } : {}) }, recorder)
  onTestFinished(() => port.close())
  return port
}

async function connectTo(port: TcpPort): Promise<Socket> {
  const socket = connect(port.port, port.host)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** Waits until the port has noticed connections: it sets a time limit for each. */
async function waitsFor(time: FakeTime, connections = 1): Promise<void> {
  while (time.waiting < connections) await nextTurn()
}

async function readUntil(socket: Socket, condition: (text: string) => boolean): Promise<string> {
  let text = ''
  for await (const bytes of socket as AsyncIterable<Buffer>) {
    text += bytes.toString('latin1')
    if (condition(text)) break
  }
  return text
}

describe('an AT port over TCP', () => {
  it('answers a client and says when it comes and goes', async () => {
    const recorder = new LineResponder((text) => void port.write(latin1(text)))
    const port = await openPort(recorder)
    expect(port.name).toBe(`tcp 127.0.0.1:${port.port}`)
    for (let round = 1; round <= 2; round += 1) {
      const client = await connectTo(port)
      client.write('AT\r')
      expect(await readUntil(client, (text) => text.endsWith('OK\r\n'))).toBe('\r\nOK\r\n')
      client.destroy()
      await recorder.until((heard) => heard.presences.length === 2 * round)
    }
    expect(recorder.presences).toEqual([true, false, true, false])
    expect(recorder.clients[0]).toMatch(/^127\.0\.0\.1:\d+$/)
  })

  it('has room for a client that comes in the turn in which a web page’s request is refused', async () => {
    const time = new FakeTime()
    const recorder = new LineResponder((text) => void port.write(latin1(text)))
    const port = await openPort(recorder, time)
    const page = await connectTo(port)
    await waitsFor(time)
    time.pass(JUDGEMENT_MS)
    expect(recorder.presences).toEqual([true])
    page.on('error', () => {})
    page.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\n\r\n`)
    const next = connect(port.port, port.host)
    onTestFinished(() => void next.destroy())
    // Request and connection are both waiting when the port looks next.
    const untilMs = performance.now() + 20
    while (performance.now() < untilMs);
    next.write('AT\r')
    expect(await readUntil(next, (text) => text.endsWith('\r\n'))).toBe('\r\nOK\r\n')
    expect(recorder.presences).toEqual([true, false, true])
  })

  it('tells a second client why, and the first one notices nothing', async () => {
    const recorder = new LineResponder((text) => void port.write(latin1(text)))
    const port = await openPort(recorder)
    const first = await connectTo(port)
    first.write('AT\r')
    await recorder.until((heard) => heard.presences.length === 1)
    const second = await connectTo(port)
    expect(await readUntil(second, () => false)).toBe('This AT port is in use by another client.\r\n')
    first.write('AT\r')
    expect(await readUntil(first, (text) => text.endsWith('OK\r\n\r\nOK\r\n'))).toBe('\r\nOK\r\n\r\nOK\r\n')
    expect(recorder.presences).toEqual([true])
  })

  it('still answers a client that shuts its sending side at once', async () => {
    const recorder = new LineResponder((text) => setImmediate(() => void port.write(latin1(text))))
    const port = await openPort(recorder)
    const client = connect({ port: port.port, host: port.host, allowHalfOpen: true })
    client.end('AT\r')
    expect(await readUntil(client, () => false)).toBe('\r\nOK\r\n')
  })

  it('lets a client come back at once', async () => {
    const recorder = new LineResponder((text) => void port.write(latin1(text)))
    const port = await openPort(recorder)
    for (let round = 0; round < 20; round += 1) {
      const client = await connectTo(port)
      client.write('AT\r')
      expect(await readUntil(client, (text) => text.endsWith('OK\r\n'))).toBe('\r\nOK\r\n')
      client.destroy()
    }
    expect(recorder.presences.filter(Boolean)).toHaveLength(20)
  })

  it('drops and counts output while nobody is connected', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    expect(port.write(latin1('RING'))).toBe(true)
    expect(port.undeliveredBytes).toBe(4)
  })

  it('stays bounded when a client never reads, and goes on when it does', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await connectTo(port)
    client.pause()
    client.write('AT\r')
    await recorder.until((heard) => heard.presences.length === 1)
    const piece = Buffer.alloc(65_536, 0x55)
    let sentBytes = 0
    while (recorder.droppedBytes === 0) {
      port.write(piece)
      sentBytes += piece.length
      await nextTurn()
    }
    expect(port.write(piece)).toBe(false)
    sentBytes += piece.length
    const receivedBytes = (await readUntil(client, (text) => text.length === sentBytes - recorder.droppedBytes)).length
    expect(receivedBytes).toBeGreaterThanOrEqual(QUEUE_LIMIT_BYTES)
    await recorder.until((heard) => heard.drainedCount === 1)
  })

  it('leaves bytes with the host while the module does not read', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    port.setReading(false)
    const client = await connectTo(port)
    client.write('AT+held')
    await recorder.until((heard) => heard.presences.length === 1)
    for (let turn = 0; turn < 50; turn += 1) await nextTurn()
    client.write(' more')
    for (let turn = 0; turn < 50; turn += 1) await nextTurn()
    expect(recorder.received).toBe('')
    port.setReading(true)
    await recorder.until((heard) => heard.received === 'AT+held more')
  })

  it('says in one sentence that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    await expect(openTcpPort({ port }, new PortRecorder())).rejects.toMatchObject({
      code: 'tcp-failed',
      message: `The TCP port 127.0.0.1:${port} cannot be opened: another program has it.`
    })
  })

  it('frees the port on closing, with a client connected', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await connectTo(port)
    const gone = once(client, 'close')
    client.resume()
    await port.close()
    await port.close()
    await gone
    const again = await openTcpPort({ port: port.port }, new PortRecorder())
    await again.close()
  })
})
