import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AtPortHub } from '../../../src/main/ports/at-port-hub.ts'
import {
  openPtyPort,
  openRfc2217Port,
  openTcpPort,
  type Rfc2217Port,
  type TcpPort
} from '../../../src/main/ports/index.ts'
import { deadUart } from '../../../src/shared/hardware/port-lines.ts'
import { Bench } from '../../fixtures/bench.ts'
import { HostBench } from '../../fixtures/host-bench.ts'
import { scratchFolder } from './scratch-folder.ts'
import { SocketClient } from './socket-client.ts'
import { TtyClient } from './tty-client.ts'

/** A host program that reads only when it is told to. */
interface Client {
  received: string
  write(text: string): void
  writeSome(text: string): number
  read(): string
  readUntil(condition: (received: string) => boolean): Promise<string>
  close(): void
}

interface Kind {
  readonly name: string
  /** Bytes that the system keeps of a host that is held back, in both directions together. */
  readonly systemBytes: number
  open(hub: AtPortHub): Promise<Client>
}

const openPty = async (hub: AtPortHub): Promise<Client> => {
  const folder = scratchFolder()
  const { end } = await hub.plug((events) =>
    openPtyPort({ link: join(folder, 'tty0'), recordFolder: folder, probeMs: 10 }, events)
  )
  return new TtyClient(end.link)
}
const openSocket = async (hub: AtPortHub, open: typeof openTcpPort | typeof openRfc2217Port): Promise<Client> => {
  const { end } = await hub.plug<TcpPort | Rfc2217Port>((events) => open({ port: 0 }, events))
  return SocketClient.open(end.port)
}
const kinds: readonly Kind[] = [
  ...(process.platform === 'win32' ? [] : [{ name: 'pty', systemBytes: 1_048_576, open: openPty }]),
  // What Linux lets a socket grow to: 6 MB to read and 4 MB to write at each of its ends.
  { name: 'tcp', systemBytes: 20_971_520, open: (hub) => openSocket(hub, openTcpPort) },
  { name: 'rfc2217', systemBytes: 20_971_520, open: (hub) => openSocket(hub, openRfc2217Port) }
]

interface Opened {
  readonly bench: HostBench
  readonly hub: AtPortHub
  readonly client: Client
}

/** Returns a module on a real port, and a host that has it. */
async function moduleOn({ open }: Kind): Promise<Opened> {
  const bench = new HostBench()
  const instance = bench.module.instances[0]!
  const behind = {
    receive: (bytes: Uint8Array) => instance.receive(bytes),
    clientChanged: () => instance.clientChanged(),
    drained: () => instance.portDrained(),
    hostLines: () => {},
    output: () => {}
  }
  const hub = new AtPortHub(0, bench.timeline, behind)
  bench.held = (reading) => hub.setReading(reading)
  onTestFinished(() => hub.close())
  const client = await open(hub)
  onTestFinished(() => client.close())
  await bench.when(() => bench.module.parts.registration.registered)
  bench.sink = (bytes) => hub.write(bytes)
  client.write('AT\r')
  await client.readUntil((text) => text === 'AT\r\r\nOK\r\n')
  client.received = ''
  return { bench, hub, client }
}

/** Writes a text as fast as the port takes it, and reads while `read` returns true. */
async function write(client: Client, text: string, read: (written: number) => boolean): Promise<void> {
  for (let at = 0; at < text.length;) {
    at += client.writeSome(text.slice(at, at + 4_096))
    if (read(at)) client.read()
    await nextTurn()
  }
}

/** Writes without reading until the port is held and the system takes no more. Returns how many bytes it took. */
async function writeUntilHeld({ bench, client }: Opened, piece: string, mostBytes: number): Promise<number> {
  let written = 0
  for (let refusals = 0; (bench.maySend || refusals < REFUSALS_IN_A_ROW) && written < mostBytes;) {
    const taken = client.writeSome(piece)
    written += taken
    refusals = taken === 0 ? refusals + 1 : 0
    await nextTurn()
  }
  return written
}

const REFUSALS_IN_A_ROW = 200

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Returns what this process holds of its own: heap and buffers. */
function heldBytes(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))(
  'a host on a %s that reads slower than it writes',
  (_, kind) => {
    it('S-3: gets every byte of its echo: 2 MB without CR', async () => {
      const { hub, client } = await moduleOn(kind)
      const text = 'x'.repeat(2_097_152)
      let turns = 0
      await write(client, text, () => (turns += 1) % 200 === 0)
      await client.readUntil((echo) => echo.length >= text.length)
      expect(client.received === text).toBe(true)
      expect(hub.snapshot()[0]).toMatchObject({ lostBytes: 0, bytesFromHost: 'AT\r'.length + text.length })
    })

    it('S-3: gets every answer, in order: 50,000 lines at once', async () => {
      const { hub, client } = await moduleOn(kind)
      const lines = Array.from({ length: 50_000 }, (_, at) => `ATS0=${at % 10};S0?\r`)
      let turns = 0
      await write(client, `ATE0\r${lines.join('')}`, () => (turns += 1) % 200 === 0)
      const wanted = `ATE0\r\r\nOK\r\n${lines.map((_, at) => `\r\n00${at % 10}\r\n\r\nOK\r\n`).join('')}`
      await client.readUntil((answers) => answers.length >= wanted.length)
      expect(client.received === wanted).toBe(true)
      expect(hub.snapshot()[0]!.lostBytes).toBe(0)
    })
  }
)

describe.each(kinds.map((kind) => [kind.name, kind] as const))(
  'a host on a %s that writes and never reads',
  (_, kind) => {
    // Letters give an echo, A/ needs no CR, and one line may give many times its own length.
    it.each([
      ['letters', 'x'.repeat(4_096), ''],
      ['A/', 'A/'.repeat(2_048), 'AT+GMR;+CGMM;+CGSN\r'],
      ['lines with long answers', 'AT#SSLCFG=?;#SGACT=?;+CGDCONT=?\r'.repeat(120), 'ATE0\r']
    ])('S-3: %s: is held back, and costs limited memory until it reads or leaves', async (_, piece, first) => {
      const opened = await moduleOn(kind)
      const { bench, hub, client } = opened
      client.write(first)
      const before = heldBytes()
      const written = await writeUntilHeld(opened, piece, kind.systemBytes)
      expect(bench.maySend).toBe(false)
      expect(written).toBeLessThan(kind.systemBytes)
      expect(heldBytes() - before).toBeLessThan(MOST_HELD_BYTES)
      expect(hub.snapshot()[0]!.lostBytes).toBe(0)
      // Nothing moves while it is held.
      const { bytesFromHost, bytesToHost } = hub.snapshot()[0]!
      for (let turn = 0; turn < 100; turn += 1) await nextTurn()
      expect(hub.snapshot()[0]).toMatchObject({ bytesFromHost, bytesToHost })
      client.close()
      while (!bench.maySend) await nextTurn()
      expect(hub.snapshot()[0]!.clientPresent).toBe(false)
    })
  }
)

describe('a host on an RFC 2217 port', () => {
  const [IAC, SB, SE, WILL] = ['\xff', '\xfa', '\xf0', '\xfb']
  const order = (what: string): string => `${IAC}${SB}\x2c${what}${IAC}${SE}`
  const ANSWER = '\r\n013\r\n\r\nOK\r\n'
  const rfc2217 = kinds.find(({ name }) => name === 'rfc2217')!

  const stops = [
    ['FLOWCONTROL-SUSPEND', order('\x08'), order('\x09')],
    ['RTS', order('\x05\x0c'), order('\x05\x0b')]
  ] as const

  it.each(stops)(
    'S-3: that stops the output by %s and goes on typing is answered when it lets it go on',
    async (_, stop, go) => {
      const { hub, client } = await moduleOn(rfc2217)
      const text = 'ATS3?\r'.repeat(10_000)
      client.write(`${IAC}${WILL}\x2c${stop}ATE0\r`)
      await write(client, text, () => true)
      while (hub.snapshot()[0]!.bytesFromHost < 20) await nextTurn()
      expect(client.read()).toBe('')
      client.write(go)
      await client.readUntil((received) => received.length >= 'ATE0\r\r\nOK\r\n'.length + ANSWER.length * 10_000)
      expect(client.received).toBe(`ATE0\r\r\nOK\r\n${ANSWER.repeat(10_000)}`)
      expect(hub.snapshot()[0]!.lostBytes).toBe(0)
    }
  )

  it.each(stops)('S-3: that stops the output by %s and types without end costs limited memory', async (_, stop, go) => {
    const { hub, client } = await moduleOn(rfc2217)
    client.write(`${IAC}${WILL}\x2c${stop}ATE0\r`)
    const before = heldBytes()
    await write(client, 'ATS3?\r'.repeat(150_000), () => true)
    expect(heldBytes() - before).toBeLessThan(MOST_HELD_BYTES)
    client.write(`${go}\rAT+CGMM\r`)
    await client.readUntil((received) => received.endsWith('HE910\r\n\r\nOK\r\n'))
    while (hub.snapshot()[0]!.lostBytes === 0) await nextTurn()
  })
})

describe.each(kinds.map((kind) => [kind.name, kind] as const))('a host on a %s that has sent XOFF', (_, kind) => {
  it.each(['filtered', 'heeded'] as const)(
    'S-3: and goes on typing is answered once it sends XON (%s)',
    async (hostXoff) => {
      const { hub, client } = await moduleOn(kind)
      hub.setUart({ ...deadUart, flow: { byCts: false, byXoff: true, heedsRts: false, hostXoff } })
      client.write('ATE0\r')
      await client.readUntil((received) => received.endsWith('OK\r\n'))
      client.write('\x13')
      await write(client, 'ATS3?\r'.repeat(10_000), () => true)
      client.received = ''
      client.write('\x11')
      await client.readUntil((received) => received.split('013').length > 10_000)
      expect(hub.snapshot()[0]!.lostBytes).toBe(0)
    }
  )
})

/** The queues of a port, the timeline of this bench (2 MB) and what its searches keep. */
const MOST_HELD_BYTES = 12_582_912

describe('the module behind a port that is full', () => {
  it('S-3: carries out what had left the port already once there is room, in order', () => {
    const bench = new Bench()
    bench.portRoom = false
    const printed = bench.type(`ATE0\r${'ATS0?\r'.repeat(3)}`)
    expect(printed).toBe('ATE0\r\r\nOK\r\n')
    expect(bench.hostMaySend).toBe(false)
    expect(bench.type('ATS3?\r')).toBe('')
    bench.portRoom = true
    bench.module.instances[0]!.portDrained()
    expect(bench.output()).toBe(`${'\r\n000\r\n\r\nOK\r\n'.repeat(3)}\r\n013\r\n\r\nOK\r\n`)
    expect(bench.hostMaySend).toBe(true)
  })

  it('S-3: keeps a limited number of bytes, and reports what is lost', () => {
    const bench = new Bench()
    bench.portRoom = false
    bench.type('AT\r')
    for (let count = 0; count < 10; count += 1) bench.type('x'.repeat(100_000))
    const overruns = bench.facts('overrun')
    expect(overruns.reduce((sum, { droppedBytes }) => sum + droppedBytes, 0)).toBe(1_000_000 - 262_144)
    expect(overruns[0]!.sentence).toBe(
      'The host sent on although its port was held, and did not read its answers; the rest is lost.'
    )
  })

  it('S-3: does not hold back a host whose data goes to a connection', () => {
    const bench = new Bench().echo().readyToDial()
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,0')
    bench.portRoom = false
    bench.type('x'.repeat(1500))
    bench.pass(6000)
    expect(bench.hostMaySend).toBe(true)
  })
})
