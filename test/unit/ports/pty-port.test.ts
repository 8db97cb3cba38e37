import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { HIGH_WATER_BYTES, QUEUE_LIMIT_BYTES } from '../../../src/main/ports/bounded-writer.ts'
import { openPtyPort, PortError, type PtyPort } from '../../../src/main/ports/index.ts'
import { LineResponder, PortRecorder } from './port-recorder.ts'
import { scratchFolder } from './scratch-folder.ts'
import { TtyClient } from './tty-client.ts'

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

async function openPort(events: PortRecorder, name = 'tty0', folder = scratchFolder()): Promise<PtyPort> {
  const port = await openPtyPort({ link: join(folder, name), recordFolder: folder, probeMs: 10 }, events)
  onTestFinished(() => port.close())
  return port
}

function openClient(path: string): TtyClient {
  const client = new TtyClient(path)
  onTestFinished(() => client.close())
  return client
}

/** Opens the port and waits until it has noticed. */
async function presentClient(port: PtyPort, recorder: PortRecorder): Promise<TtyClient> {
  const before = recorder.presences.length
  const client = openClient(port.link)
  await recorder.until((heard) => heard.presences.slice(before).includes(true))
  return client
}

describe.skipIf(process.platform === 'win32')('a pty as an AT port', () => {
  it('publishes a link to the slave and takes it away on closing', async () => {
    const port = await openPort(new PortRecorder())
    expect(port.name).toBe(port.link)
    expect(readlinkSync(port.link)).toBe(port.path)
    expect(statSync(port.link).isCharacterDevice()).toBe(true)
    await port.close()
    expect(existsSync(port.link)).toBe(false)
    await port.close()
  })

  it('carries every byte value unchanged both ways, without echo', async () => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, value) => value)).toString('latin1')
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await presentClient(port, recorder)
    client.write(everyByte)
    await recorder.until((heard) => heard.received.length >= 256)
    expect(recorder.received).toBe(everyByte)
    port.write(latin1(everyByte))
    expect(await client.readUntil((text) => text.length >= 256)).toBe(everyByte)
  })

  it('keeps two ports apart', async () => {
    const folder = scratchFolder()
    const first = new LineResponder((text) => void firstPort.write(latin1(`1${text}`)))
    const second = new LineResponder((text) => void secondPort.write(latin1(`2${text}`)))
    const firstPort = await openPort(first, 'tty0', folder)
    const secondPort = await openPort(second, 'tty1', folder)
    expect(firstPort.path).not.toBe(secondPort.path)
    const clients = [openClient(firstPort.link), openClient(secondPort.link)] as const
    clients[0].write('ATI\r')
    clients[1].write('AT+CSQ\r')
    expect(await clients[0].readUntil((text) => text.endsWith('OK\r\n'))).toBe('1\r\nOK\r\n')
    expect(await clients[1].readUntil((text) => text.endsWith('OK\r\n'))).toBe('2\r\nOK\r\n')
    expect([first.lines, second.lines]).toEqual([['ATI'], ['AT+CSQ']])
  })

  it('says when a client opens and closes the port, again and again, on the same pair', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const path = port.path
    expect(port.clientPresent).toBe(false)
    for (let round = 1; round <= 3; round += 1) {
      const client = await presentClient(port, recorder)
      expect(port.clientPresent).toBe(true)
      client.close()
      await recorder.until((heard) => heard.presences.length === 2 * round)
      expect(port.clientPresent).toBe(false)
    }
    expect(recorder.presences).toEqual([true, false, true, false, true, false])
    expect(port.path).toBe(path)
    expect(recorder.notes).toEqual([])
  })

  it('notices a client that writes at once, before the next look, and serves one that leaves again', async () => {
    const recorder = new PortRecorder()
    const folder = scratchFolder()
    const port = await openPtyPort({ link: join(folder, 'tty0'), recordFolder: folder, probeMs: 3_600_000 }, recorder)
    onTestFinished(() => port.close())
    const client = openClient(port.link)
    client.write('AT\r')
    client.close()
    await recorder.until((heard) => heard.received === 'AT\r')
    expect(recorder.presences).toEqual([true])
  })

  it.runIf(process.platform === 'linux')(
    'S-14: is told that a client leaves, and does not find out by looking',
    async () => {
      // The periodic look never happens.
      vi.useFakeTimers({ toFake: ['setInterval'] })
      onTestFinished(() => void vi.useRealTimers())
      const recorder = new PortRecorder()
      const port = await openPort(recorder)
      for (let round = 1; round <= 40; round += 1) {
        const client = openClient(port.link)
        client.write('half')
        await recorder.until((heard) => heard.presences.length === 2 * round - 1)
        client.close()
        await recorder.until((heard) => heard.presences.length === 2 * round)
      }
      expect(recorder.presences).toEqual(Array.from({ length: 80 }, (_, index) => index % 2 === 0))
      expect(recorder.received).toBe('half'.repeat(40))
    }
  )

  it.runIf(process.platform === 'linux')(
    'S-14: two clients at once are one presence, until the last has gone',
    async () => {
      const recorder = new PortRecorder()
      const port = await openPort(recorder)
      const first = await presentClient(port, recorder)
      const second = openClient(port.link)
      first.close()
      second.write('AT\r')
      await recorder.until((heard) => heard.received === 'AT\r')
      expect(recorder.presences).toEqual([true])
      second.close()
      await recorder.until((heard) => heard.presences.length === 2)
    }
  )

  it.runIf(process.platform === 'linux')('names the client program', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const program = spawn('sh', ['-c', 'exec <"$1"; read line', 'sh', port.link], { stdio: 'ignore' })
    await recorder.until((heard) => heard.presences.includes(true))
    expect(recorder.clients[0]).toBe(`sh (pid ${program.pid})`)
    program.kill('SIGKILL')
    await once(program, 'exit')
    await recorder.until((heard) => heard.presences.includes(false))
  })

  it('drops and counts output while nobody has the port open', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    expect(port.write(latin1('\r\nRING\r\n'))).toBe(true)
    expect(port.undeliveredBytes).toBe(8)
    const client = await presentClient(port, recorder)
    port.write(latin1('now'))
    expect(await client.readUntil((text) => text.length >= 3)).toBe('now')
    expect(recorder.droppedBytes).toBe(0)
  })

  it('gives a new client nothing that an earlier one left unread', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const first = await presentClient(port, recorder)
    port.write(latin1('stale '.repeat(10_000)))
    first.close()
    await recorder.until((heard) => heard.presences.includes(false))
    expect(port.undeliveredBytes).toBe(60_000)
    const second = await presentClient(port, recorder)
    port.write(latin1('fresh'))
    expect(await second.readUntil((text) => text.length >= 5)).toBe('fresh')
  })

  it('gives a new client a raw line when an earlier one left it cooked', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const first = await presentClient(port, recorder)
    const cooked = spawn('stty', [process.platform === 'darwin' ? '-f' : '-F', port.link, 'cooked', 'echo'])
    await once(cooked, 'exit')
    first.close()
    await recorder.until((heard) => heard.presences.includes(false))
    const second = await presentClient(port, recorder)
    second.write('AT\r')
    await recorder.until((heard) => heard.received === 'AT\r')
    port.write(latin1('\n'))
    expect(await second.readUntil((text) => text.length > 0)).toBe('\n')
  })

  it('stays alive and bounded when a client never reads', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await presentClient(port, recorder)
    const beforeBytes = process.memoryUsage().arrayBuffers
    const total = 1_048_576
    const piece = Buffer.alloc(1_024, 0x55)
    let held = false
    let turns = 0
    for (let sent = 0; sent < total; sent += piece.length) {
      if (!port.write(piece)) held = true
      await nextTurn()
      turns += 1
    }
    expect(turns).toBe(total / piece.length)
    expect(held).toBe(true)
    expect(recorder.droppedBytes).toBeGreaterThan(total - QUEUE_LIMIT_BYTES - HIGH_WATER_BYTES)
    expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(4 * QUEUE_LIMIT_BYTES)
    // The reader reads again: what was kept arrives complete, and the producer may continue.
    await client.readUntil((text) => text.length === total - recorder.droppedBytes)
    await recorder.until((heard) => heard.drainedCount === 1)
    expect(port.write(latin1('x'))).toBe(true)
    await client.readUntil((text) => text.endsWith('x'))
  })

  it('carries a megabyte from a host that streams, whole and in order', async () => {
    const folder = scratchFolder()
    const recorder = new PortRecorder()
    const port = await openPort(recorder, 'tty0', folder)
    const lines = Array.from({ length: 100_000 }, (_, index) => `${String(index).padStart(9, '0')}\r`).join('')
    writeFileSync(join(folder, 'lines'), lines)
    const host = spawn('sh', ['-c', 'exec cat "$1" >"$2"', 'sh', join(folder, 'lines'), port.link], { stdio: 'ignore' })
    await once(host, 'exit')
    await recorder.until((heard) => heard.received.length >= lines.length)
    expect(recorder.received === lines).toBe(true)
  })

  it('leaves bytes with the host while the module does not read, in order', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await presentClient(port, recorder)
    port.setReading(false)
    client.write('first ')
    await nextTurn()
    client.write('second ')
    for (let turn = 0; turn < 50; turn += 1) await nextTurn()
    expect(recorder.received).toBe('')
    client.write('third')
    port.setReading(true)
    await recorder.until((heard) => heard.received.length >= 18)
    expect(recorder.received).toBe('first second third')
  })

  it('notices that a client leaves, and the next one, while the module does not read', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    port.setReading(false)
    const sent = ['first ', 'second '.repeat(500), 'third']
    for (const text of sent) {
      const client = await presentClient(port, recorder)
      client.write(text)
      client.close()
      await recorder.until((heard) => heard.presences.at(-1) === false)
    }
    expect(recorder.received).toBe('')
    port.setReading(true)
    expect(recorder.received === sent.join('')).toBe(true)
  })

  it('leaves what is too much with a host that sends on and on to a module that does not read', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const client = await presentClient(port, recorder)
    port.setReading(false)
    let sentBytes = 0
    const send = async (): Promise<void> => {
      sentBytes += client.writeSome('x'.repeat(4_096))
      await nextTurn()
    }
    while (sentBytes < 65_536) await send()
    for (let turn = 0; turn < 2_000; turn += 1) await send()
    expect(sentBytes).toBeLessThan(2 * 65_536)
    port.setReading(true)
    await recorder.until((heard) => heard.received.length === sentBytes)
  })

  it('says in one sentence that node-pty is missing', async () => {
    const folder = scratchFolder()
    const link = join(folder, 'tty0')
    const loadNodePty = (): never => {
      throw new Error('Failed to load native module: pty.node')
    }
    const refused = openPtyPort({ link, recordFolder: folder, loadNodePty }, new PortRecorder())
    await expect(refused).rejects.toThrow(PortError)
    await expect(refused).rejects.toMatchObject({
      code: 'no-pty',
      message: expect.stringMatching(/python3, make and g\+\+/)
    })
    // Nothing is left of the failed start: the name is free again.
    const port = await openPtyPort({ link, recordFolder: folder }, new PortRecorder())
    await port.close()
  })
})
