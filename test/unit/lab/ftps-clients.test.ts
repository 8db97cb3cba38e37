import { createPublicKey } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLabPki, type LabPki } from '../../../src/main/lab/authority.ts'
import { startFtps, type LabFtps } from '../../../src/main/lab/ftp/server.ts'
import { createTlsClient } from '../../../src/main/tls/client.ts'
import type { TlsEndpoint } from '../../../src/shared/contracts/tls.ts'
import { AES128_SHA } from '../../../src/shared/tls/suites.ts'
import { Recorder, systemRandom } from '../../fixtures/tls-endpoints.ts'

// Clients of the lab's FTPS server that end badly, send nonsense, or leave in the middle.

let pki: LabPki
let lab: LabFtps
const sockets: Socket[] = []

beforeAll(async () => {
  pki = await makeLabPki(['127.0.0.1'])
  lab = await startFtps(pki.server)
})

afterAll(() => lab.close())

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

/** One TCP connection; `secure` starts TLS on it. */
class Line {
  readonly recorder = new Recorder()
  readonly socket: Socket
  private tls: TlsEndpoint | null = null

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    sockets.push(this.socket)
    this.socket.on('error', () => {})
    this.socket.on('data', (bytes) => (this.tls ? this.tls.receive(bytes) : this.recorder.data(bytes)))
    this.recorder.onOutput = (bytes) => void this.socket.write(bytes)
  }

  async secure(): Promise<void> {
    this.tls = createTlsClient(
      {
        suites: [AES128_SHA],
        random: systemRandom,
        clockMs: () => Date.now(),
        identity: null,
        checkServerCertificates: () => createPublicKey(pki.server.certificatePem)
      },
      this.recorder
    )
    this.tls.start()
    await this.recorder.settled()
  }

  send(bytes: string): void {
    if (this.tls) this.tls.send(Buffer.from(bytes))
    else this.socket.write(bytes)
  }

  /** Sends close_notify and ends TCP. */
  close(): void {
    this.tls?.close()
    this.socket.end()
  }

  /** Sends a command. Returns the reply, up to its last line. */
  async ask(command: string): Promise<string> {
    const from = this.recorder.text.length
    this.send(`${command}\r\n`)
    return this.answer(from)
  }

  async answer(from: number): Promise<string> {
    await this.recorder.until(() => /^\d{3} .*\r\n/m.test(this.recorder.text.slice(from)))
    return this.recorder.text.slice(from)
  }
}

async function loggedIn(): Promise<Line> {
  const control = new Line(lab.port)
  await control.answer(0)
  expect(await control.ask('AUTH TLS')).toContain('234')
  await control.secure()
  for (const command of ['USER me', 'PASS x', 'PBSZ 0', 'PROT P']) await control.ask(command)
  return control
}

/** Opens a data connection and sends the command that uses it. `said` is where the last reply begins. */
async function dataFor(control: Line, command: string): Promise<{ data: Line; said: number }> {
  const [, high, low] = /(\d+),(\d+)\)/.exec(await control.ask('PASV'))!
  const data = new Line(Number(high) * 256 + Number(low))
  expect(await control.ask(command)).toMatch(/^150/)
  return { data, said: control.recorder.text.length }
}

describe('an upload', () => {
  it.each([
    ['with close_notify is there', (data: Line) => data.close(), '226 I have it'],
    [
      'without it may not be whole',
      (data: Line) => data.socket.end(),
      '426 The data connection ended without close_notify'
    ],
    [
      'that is reset may not be whole',
      (data: Line) => data.socket.resetAndDestroy(),
      '426 The data connection ended without close_notify'
    ]
  ])('that ends %s', async (_, end, answer) => {
    const control = await loggedIn()
    const { data, said } = await dataFor(control, 'STOR /in/file')
    await data.secure()
    data.send('half a file')
    end(data)
    expect(await control.answer(said)).toContain(answer)
  })
})

describe('a data connection', () => {
  it.each(['RETR /file.txt', 'STOR /in/file'])('that ends in its handshake is told of, for %s', async (command) => {
    const control = await loggedIn()
    const { data, said } = await dataFor(control, command)
    data.send('no TLS at all')
    expect(await control.answer(said)).toContain('522 TLS did not come about')
    expect(await control.ask('PWD')).toContain('257')
  })
})

describe('REST', () => {
  it('takes a number and no other thing', async () => {
    const control = await loggedIn()
    for (const argument of ['-5', '', '1e3', 'five', '0x10'])
      expect(await control.ask(`REST ${argument}`), argument).toContain('501')
  })

  it('beyond the end is refused, once', async () => {
    const control = await loggedIn()
    await control.ask('REST 1000')
    expect(await control.ask('RETR /file.txt')).toContain('554 The file has 67 bytes')
    const { data } = await dataFor(control, 'RETR /file.txt')
    await data.secure()
    await data.recorder.ended()
    expect(data.recorder.text).toContain('This file came')
  })

  it('does not count for LIST', async () => {
    const control = await loggedIn()
    await control.ask('REST 20')
    const { data } = await dataFor(control, 'LIST')
    await data.secure()
    await data.recorder.ended()
    expect(data.recorder.text).toMatch(/^drwx/)
  })
})
