import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AtPortHub } from '../../../src/main/ports/at-port-hub.ts'
import { openPtyPort } from '../../../src/main/ports/index.ts'
import { Bench } from '../../fixtures/bench.ts'
import { HostBench } from '../../fixtures/host-bench.ts'
import { scratchFolder } from './scratch-folder.ts'
import { TtyClient } from './tty-client.ts'

/** Returns a module on a real pty, and a host that has it open. */
async function moduleOnPty(): Promise<{ bench: HostBench; hub: AtPortHub; client: TtyClient }> {
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
  const folder = scratchFolder()
  const { end: port } = await hub.plug((events) =>
    openPtyPort({ link: join(folder, 'tty0'), recordFolder: folder, probeMs: 10 }, events)
  )
  onTestFinished(() => hub.close())
  const client = new TtyClient(port.link)
  onTestFinished(() => client.close())
  while (!hub.snapshot()[0]!.clientPresent) await nextTurn()
  await bench.when(() => bench.module.parts.registration.registered)
  bench.sink = (bytes) => hub.write(bytes)
  return { bench, hub, client }
}

/** Writes a text as fast as the port takes it, and reads while `read` returns true. */
async function write(client: TtyClient, text: string, read: (written: number) => boolean): Promise<void> {
  for (let at = 0; at < text.length;) {
    at += client.writeSome(text.slice(at, at + 4_096))
    if (read(at)) client.read()
    await nextTurn()
  }
}

describe.skipIf(process.platform === 'win32')('a host that reads slower than it writes', () => {
  it('S-3: gets every byte of its echo: 2 MB without CR', async () => {
    const { hub, client } = await moduleOnPty()
    const text = 'x'.repeat(2_097_152)
    let turns = 0
    await write(client, text, () => (turns += 1) % 200 === 0)
    await client.readUntil((echo) => echo.length >= text.length)
    expect(client.received === text).toBe(true)
    expect(hub.snapshot()[0]).toMatchObject({ lostBytes: 0, bytesFromHost: text.length })
  })

  it('S-3: gets every answer, in order: 50,000 lines at once', async () => {
    const { hub, client } = await moduleOnPty()
    const lines = Array.from({ length: 50_000 }, (_, at) => `ATS0=${at % 10};S0?\r`)
    let turns = 0
    await write(client, `ATE0\r${lines.join('')}`, () => (turns += 1) % 200 === 0)
    const wanted = `ATE0\r\r\nOK\r\n${lines.map((_, at) => `\r\n00${at % 10}\r\n\r\nOK\r\n`).join('')}`
    await client.readUntil((answers) => answers.length >= wanted.length)
    expect(client.received === wanted).toBe(true)
    expect(hub.snapshot()[0]!.lostBytes).toBe(0)
  })

  it('S-3: is held back while it reads nothing, and what it leaves unread is no burden to the next', async () => {
    const { bench, hub, client } = await moduleOnPty()
    let written = 0
    for (let turn = 0; turn < 3_000; turn += 1) {
      written += client.writeSome('x'.repeat(4_096))
      await nextTurn()
    }
    expect(bench.maySend).toBe(false)
    expect(written).toBeLessThan(1_048_576)
    expect(hub.snapshot()[0]!.lostBytes).toBe(0)
    client.close()
    while (!bench.maySend) await nextTurn()
  })
})

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
