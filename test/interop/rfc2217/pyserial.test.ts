import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { PortSnapshot } from '../../../src/shared/calls/snapshot.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { FuzzRandom } from '../../fuzz/fuzzer.ts'

/** pyserial's RFC 2217 client in its own process, one order at a time. */
class PySerial {
  private readonly answers: AsyncIterator<string>
  private readonly child

  constructor(url: string) {
    this.child = spawn('/usr/bin/python3', [join(process.cwd(), 'test/fixtures/rfc2217_host.py'), url], {
      stdio: ['pipe', 'pipe', 'inherit']
    })
    this.answers = createInterface(this.child.stdout)[Symbol.asyncIterator]()
    onTestFinished(() => void this.child.kill())
  }

  async do(what: string, more: Record<string, unknown> = {}): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify({ do: what, ...more })}\n`)
    const { value, done } = await this.answers.next()
    if (done) throw new Error(`pyserial ended at ${what}.`)
    return JSON.parse(value)
  }

  async at(line: string, answer = '\r\nOK\r\n'): Promise<string> {
    await this.do('write', { hex: Buffer.from(`${line}\r`, 'latin1').toString('hex') })
    return (await this.do('until', { text: answer })) as string
  }
}

describe.skipIf(!havePeers('pyserial'))("the RFC 2217 port with pyserial's client", () => {
  let simulator: SimulatorProcess
  let control: ControlClient
  let port: number

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--rfc2217', '0', '--ui', '0'])
    port = (simulator.ready as unknown as { rfc2217: number }).rfc2217
    control = await ControlClient.open(simulator.ready.control!)
  })
  afterAll(async () => {
    await simulator.stop()
  })

  const open = (): PySerial => new PySerial(`rfc2217://127.0.0.1:${port}`)
  const here = (ports: readonly PortSnapshot[]): PortSnapshot => ports.find(({ kind }) => kind === 'rfc2217')!
  const until = (condition: (port: PortSnapshot) => boolean): Promise<void> =>
    control.until(({ ports }) => condition(here(ports)))

  it('answers commands, and both sides see the lines of the other', async () => {
    const host = open()
    expect(await host.at('AT')).toContain('OK')
    expect(await host.do('lines-are', { lines: { cts: true, dsr: true, cd: false, ri: false } })).toEqual({
      cts: true,
      dsr: true,
      cd: false,
      ri: false
    })
    await until(({ lines }) => lines?.dtr === true && lines.rts === true && lines.why === null)
    await host.do('set', { name: 'dtr', value: false })
    await host.do('set', { name: 'rts', value: false })
    await until(({ lines }) => lines?.dtr === false && lines.rts === false)
    await host.do('close')
    await until(({ clientPresent }) => !clientPresent)
  })

  it('follows rates and formats of the host', async () => {
    const host = open()
    await host.at('AT')
    for (const baud of [9_600, 921_600, 300, 57_600]) {
      await host.do('set', { name: 'baudrate', value: baud })
      await until((one) => one.baud === baud)
    }
    await host.do('set', { name: 'parity', value: 'E' })
    await host.do('set', { name: 'stopbits', value: 2 })
    await host.do('set', { name: 'bytesize', value: 7 })
    expect(await host.at('AT')).toContain('OK')
    await host.do('close')
    await until(({ clientPresent }) => !clientPresent)
  })

  it('DCD follows a connection, every byte passes both ways, and a drop of DTR hangs up with AT&D2', async () => {
    const host = open()
    for (const line of ['ATE0', 'AT&D2', 'AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLSECCFG=1,0,0']) await host.at(line)
    await host.at('AT#SSLD=1,443,"123.124.125.126",0,0', 'CONNECT\r\n')
    expect(await host.do('lines-are', { lines: { cd: true } })).toMatchObject({ cd: true })
    const all = Buffer.from(Array.from({ length: 768 }, (_, at) => (at < 256 ? at : at % 2 ? 255 : at % 256)))
    await host.do('write', { hex: all.toString('hex') })
    expect(await host.do('read', { bytes: all.length })).toBe(all.toString('hex'))
    await host.do('set', { name: 'dtr', value: false })
    expect(await host.do('until', { text: 'NO CARRIER\r\n' })).toBe('\r\nNO CARRIER\r\n')
    expect(await host.do('lines-are', { lines: { cd: false } })).toMatchObject({ cd: false })
    await host.do('close')
    await until(({ clientPresent }) => !clientPresent)
  })

  it('takes purges and a BREAK, of which the timeline tells', async () => {
    const host = open()
    await host.at('AT')
    await host.do('purge')
    await host.do('break')
    expect(await host.at('ATI3')).toContain('OK')
    const { nextSeq } = (await control.snapshot()).timeline
    const { events } = await control.events(Math.max(0, nextSeq - 60))
    expect(events.flatMap(({ what }) => (what.kind === 'port' ? [what.sentence] : []))).toContain(
      `The host sent a BREAK on rfc2217 127.0.0.1:${port}; the module takes no notice of it.`
    )
    await host.do('close')
    await until(({ clientPresent }) => !clientPresent)
  })

  it('RTS of the host holds the module, with AT&K3', async () => {
    const host = open()
    await host.at('AT&K3')
    await host.do('set', { name: 'rts', value: false })
    await until(({ lines }) => lines?.rts === false)
    await host.do('set', { name: 'timeout', value: 0.3 })
    await host.do('write', { hex: Buffer.from('AT\r').toString('hex') })
    expect(await host.do('read', { bytes: 1 })).toBe('')
    await host.do('set', { name: 'rts', value: true })
    await host.do('set', { name: 'timeout', value: 20 })
    expect(await host.do('until', { text: 'OK\r\n' })).toContain('OK')
    await host.do('close')
    await until(({ clientPresent }) => !clientPresent)
  })

  it('lives on whatever bytes come', async () => {
    const random = new FuzzRandom(2217)
    const telling = [255, 255, 250, 240, 44, 251, 253, 1, 5, 12]
    for (let round = 0; round < 5; round += 1) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      await once(socket, 'connect')
      socket.end(
        Uint8Array.from({ length: 20_000 }, () =>
          random.below(2) ? telling[random.below(telling.length)]! : random.below(256)
        )
      )
      await once(socket, 'close')
      await until(({ clientPresent }) => !clientPresent)
    }
    const host = open()
    expect(await host.at('AT')).toContain('OK')
    await host.do('close')
  })
})

describe.skipIf(!havePeers('pyserial'))('pacing over RFC 2217', () => {
  it('follows the rate that the host sets: an answer takes its time on the wire', async () => {
    const simulator = await startSimulatorProcess(['--rfc2217', '0', '--pace', 'follow', '--product', 'GE865-QUAD'])
    onTestFinished(() => void simulator.stop())
    const host = new PySerial(`rfc2217://127.0.0.1:${(simulator.ready as unknown as { rfc2217: number }).rfc2217}`)
    await host.at('ATE0')
    await host.do('set', { name: 'baudrate', value: 1_200 })
    await host.do('write', { hex: Buffer.from('AT&V1\r').toString('hex') })
    const bytes = 120
    const { bytes: got, ms } = (await host.do('timed-read', { bytes })) as { bytes: number; ms: number }
    expect(got).toBe(bytes)
    // Six bytes there, 120 back, ten bits each. The first of them may have come before the time was taken.
    expect(ms).toBeGreaterThan(((bytes - 1) * 10_000) / 1_200)
    await host.do('close')
  })
})
