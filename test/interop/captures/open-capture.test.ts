import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CapturedLine, CaptureId, CaptureMessage, CaptureReading } from '../../../src/shared/calls/capture.ts'
import { MAX_PART_BYTES } from '../../../src/shared/calls/capture.ts'
import type { HandshakeSnapshot } from '../../../src/shared/calls/handshakes.ts'
import { at, escapeOnline, storeSecurityData, typeOverPort } from '../../fixtures/at-host.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

// A live session of the built program, captured by itself and by Wireshark's dumpcap on the loopback. The program opens
// both captures.

const hello = 'Hello from the module'

interface Opened extends CaptureId {
  readonly reading: CaptureReading
}

describe.skipIf(!havePeers('tshark', 'pyserial'))('a live session, captured and opened again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-captures-'))
  const path = (name: string): string => join(folder, name)
  let recorder: SimulatorProcess
  let viewer: SimulatorProcess
  let control: ControlClient
  let lived: readonly HandshakeSnapshot[]
  let own: Opened
  /** `null` where tests may not capture. */
  let dumpcap: Dumpcap | null

  beforeAll(async () => {
    recorder = await startSimulatorProcess([
      '--product',
      'GE865-QUAD',
      '--capture',
      path('own.pcapng'),
      '--keylog',
      path('keys')
    ])
    dumpcap = await startDumpcap(path('lo.pcapng'), recorder.ready.lab.tls!.port)
    await typeOverPort(recorder.link, [
      ...at('AT+CMEE=1'),
      { send: 'AT#SGACT=1,1\r' },
      { expect: '\\r\\nOK\\r\\n' },
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...storeSecurityData(1, readFileSync(recorder.ready.lab.ca!, 'utf8')),
      { send: 'AT#SSLD=1,443,"123.124.125.126",1,0\r' },
      { expect: 'CONNECT\\r\\n' },
      { send: hello },
      { expect: hello },
      ...escapeOnline,
      ...at('AT#SSLH=1'),
      { send: 'AT#SSLFASTD=1,0\r' },
      { expect: 'CONNECT\\r\\n' },
      { send: hello },
      { expect: hello },
      ...escapeOnline,
      ...at('AT#SSLH=1,0')
    ])
    const atRecorder = await ControlClient.open(recorder.ready.control!)
    lived = (await atRecorder.call('handshakes')) as readonly HandshakeSnapshot[]
    atRecorder.close()
    await recorder.stop()
    await dumpcap?.stop()
    viewer = await startSimulatorProcess()
    control = await ControlClient.open(viewer.ready.control!)
    own = await open('own.pcapng')
  }, 90_000)
  afterAll(async () => {
    control?.close()
    await recorder?.stop()
    await viewer?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(name: string, keyLog: string | null = null): Promise<Opened> {
    const file = readFileSync(path(name))
    const { captureId } = (await control.call('beginCapture', { fileName: name, bytes: file.length })) as CaptureId
    for (const [of, bytes] of [
      ['capture', file],
      ['key-log', keyLog === null ? Buffer.alloc(0) : readFileSync(path(keyLog))]
    ] as const) {
      for (let begin = 0; begin < bytes.length; begin += MAX_PART_BYTES)
        await control.call('addToCapture', {
          captureId,
          of,
          bytes: Uint8Array.from(bytes.subarray(begin, begin + MAX_PART_BYTES))
        })
    }
    return { captureId, reading: (await control.call('readCapture', { captureId })) as CaptureReading }
  }

  /** Returns the messages in the ladder of the live connections, oldest first. */
  const livedMessages = (): unknown[] => lived.toReversed().map(({ messages }) => messages.map(told))
  const told = ({
    name,
    direction,
    bytes,
    encrypted,
    summary,
    fatal,
    record
  }: HandshakeSnapshot['messages'][number]): unknown => ({
    name,
    direction,
    bytes,
    encrypted,
    summary,
    fatal,
    record: record && { ...record, seq: null }
  })
  /** The server's close comes after the module has closed and no longer listens. The capture has it. */
  const shownMessages = ({ reading }: Opened): { readonly heard: unknown[]; readonly last: unknown[] } => ({
    heard: reading.streams.map(({ handshake }) => handshake!.messages.slice(0, -1).map(told)),
    last: reading.streams.map(({ handshake }) => handshake!.messages.at(-1))
  })
  const livedAndLeft = () => ({ heard: livedMessages(), last: [leave, leave] })
  const leave = expect.objectContaining({
    direction: 'in',
    name: 'Alert',
    summary: expect.stringContaining('close_notify')
  })

  it('shows the same messages as the ladder of the live connections, decrypted by the secrets in the capture', () => {
    expect(lived).toHaveLength(2)
    expect(own.reading).toMatchObject({ isOwn: true, notes: [], secrets: { inCapture: 2, beside: 0 } })
    expect(shownMessages(own)).toEqual(livedAndLeft())
    expect(own.reading.streams.map(({ decrypted, far, handshake }) => [decrypted, far, handshake!.outcome])).toEqual([
      [true, '123.124.125.126:443', 'open'],
      [true, '123.124.125.126:443', 'open']
    ])
  })

  it('has the bytes of each message', async () => {
    for (const { seq, name, bytes } of own.reading.streams[0]!.handshake!.messages) {
      const message = (await control.call('captureMessage', { captureId: own.captureId, seq })) as CaptureMessage
      expect([message.name, message.bytes.length]).toEqual([name, bytes])
    }
  })

  it('has the AT traffic with what it meant, and the data', async () => {
    const lines = async (of: 'at' | number): Promise<string> => {
      const found = (await control.call('captureLines', {
        captureId: own.captureId,
        of,
        from: 0,
        limit: 500
      })) as readonly CapturedLine[]
      return found
        .map(
          ({ direction, kind, bytes, comments }) =>
            `${direction} ${kind} ${Buffer.from(bytes).toString('latin1').trim()} ${comments.join(' ')}`
        )
        .join('\n')
    }
    expect(await lines('at')).toMatch(/tx command AT#SSLEN=1,1 .*Command line: AT#SSLEN=1,1/)
    expect(await lines('at')).toMatch(/rx command OK .*Result: OK\./)
    expect(await lines(1)).toContain(`tx data ${hello}`)
    expect(await lines(1)).toContain(`rx data ${hello}`)
  })

  it('changes nothing of the module that looks into it', async () => {
    const { handshake, timeline } = await control.snapshot()
    expect(handshake).toBeNull()
    const { events } = await control.events(0)
    expect(events).toHaveLength(timeline.nextSeq)
    expect(JSON.stringify(events)).not.toContain('SSLEN')
  })

  it('is the same once tshark has written it anew', async () => {
    expect(spawnSync('tshark', ['-r', path('own.pcapng'), '-w', path('anew.pcapng')]).status).toBe(0)
    const anew = await open('anew.pcapng', 'keys')
    expect(shownMessages(anew)).toEqual(livedAndLeft())
    expect(anew.reading.lines).toBe(own.reading.lines)
  })

  it('is the same seen by dumpcap on the loopback, with the key log beside it', async (context) => {
    if (!dumpcap) return context.skip('dumpcap may not capture on this machine')
    const seen = await open('lo.pcapng', 'keys')
    expect(seen.reading.isOwn).toBe(false)
    expect(shownMessages(seen)).toEqual(livedAndLeft())
    expect(seen.reading.streams.every(({ decrypted }) => decrypted)).toBe(true)
    expect((await open('lo.pcapng')).reading.streams.map(({ decrypted }) => decrypted)).toEqual([false, false])
  })

  it('says in one sentence why a file is none', async () => {
    const { captureId } = (await control.call('beginCapture', { fileName: 'x.pcapng', bytes: 5 })) as CaptureId
    await control.call('addToCapture', { captureId, of: 'capture', bytes: Uint8Array.from(Buffer.from('hello')) })
    await expect(control.call('readCapture', { captureId })).rejects.toThrow(
      'The file is no capture: it begins neither as pcapng nor as pcap does.'
    )
    await expect(control.call('addToCapture', { captureId, of: 'capture', bytes: new Uint8Array(1) })).rejects.toThrow(
      'x.pcapng was announced with 5 bytes, and more came.'
    )
    await expect(control.call('beginCapture', { fileName: 'x.pcapng', bytes: 2 ** 26 })).rejects.toThrow(
      'x.pcapng has 67108864 bytes; 32 MiB is the most that can be looked into.'
    )
  })
})

interface Dumpcap {
  stop(): Promise<void>
}

/** Captures packets of one port on the loopback. Returns `null` where that is not allowed. */
async function startDumpcap(file: string, port: number): Promise<Dumpcap | null> {
  const program: ChildProcess = spawn('dumpcap', ['-i', 'lo', '-f', `tcp port ${port}`, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const ended = once(program, 'exit')
  let said = ''
  const begun = new Promise<boolean>((resolve) => {
    program.stderr!.on('data', (text: Buffer) => {
      said += text.toString()
      // It prints the file name once the interface is open.
      if (said.includes('File: ')) resolve(true)
    })
    program.once('error', () => resolve(false))
    void ended.then(
      () => resolve(false),
      () => resolve(false)
    )
  })
  if (!(await begun)) {
    process.stderr.write(`SKIPPED, dumpcap: ${said.trim()}\n`)
    return null
  }
  return {
    async stop() {
      // The kernel delivers buffered packets within a second: the file is complete when it stops growing.
      for (let size = -1, now = statSync(file).size; now !== size || now < 2000; now = statSync(file).size) {
        size = now
        await new Promise((resolve) => setTimeout(resolve, 500))
      }
      program.kill('SIGINT')
      await ended
    }
  }
}
