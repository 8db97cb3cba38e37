import { constants } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PortSnapshot } from '../../../src/shared/calls/snapshot.ts'
import type { PortKind } from '../../../src/shared/contracts/serial-port.ts'
import { at, storeSecurityData, typeOverPort } from '../../fixtures/at-host.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { SocketClient } from '../../unit/ports/socket-client.ts'
import { TtyClient } from '../../unit/ports/tty-client.ts'
import { Screen } from '../terminals/screen.ts'

// Situations in which simulated serial ports often fail, with the running program.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'port-cases-'))
  return () => rmSync(folder, { recursive: true, force: true })
})

async function start(...args: string[]): Promise<{ simulator: SimulatorProcess; control: ControlClient }> {
  const simulator = await startSimulatorProcess(args)
  onTestFinished(async () => void (await simulator.stop()))
  const control = await ControlClient.open(simulator.ready.control!)
  onTestFinished(() => control.close())
  return { simulator, control }
}

function open(link: string): TtyClient {
  const client = new TtyClient(link)
  onTestFinished(() => client.close())
  return client
}

/** Returns the resident memory of a process in MB (Linux). */
function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}

/**
 * Resolves once the program has seen everything that happened before the call, however little processor time it gets: of
 * two requests in a row, the second is answered in a later turn of its event loop than the one that polled for the first.
 * It takes no longer, so a program that looks for a client only now and then has not noticed yet.
 */
async function hasPolled(control: ControlClient): Promise<void> {
  await control.snapshot()
  await control.snapshot()
}

const ok = (text: string): boolean => text.endsWith('OK\r\n')

describe.skipIf(!havePeers('pyserial') || process.platform !== 'linux')('the port of the running program', () => {
  it('S-14: gives a client that comes right after a half-typed line an empty one, 40 times of 40', async () => {
    const { simulator, control } = await start()
    const answers: string[] = []
    for (let round = 0; round < 40; round += 1) {
      const first = open(simulator.link)
      first.write('AT+CM')
      // The echo shows that the module has the incomplete line.
      await first.readUntil((text) => text.endsWith('AT+CM'))
      first.close()
      await hasPolled(control)
      const second = open(simulator.link)
      second.write('AT\r')
      answers.push((await second.readUntil((text) => /OK|ERROR/.test(text))).replace('AT\r', '').trim())
      second.close()
      await hasPolled(control)
    }
    expect(answers).toEqual(Array.from({ length: 40 }, () => 'OK'))
  })

  it('gives a client that comes back nothing that was left unread', async () => {
    const { simulator, control } = await start()
    for (let round = 1; round <= 3; round += 1) {
      const first = open(simulator.link)
      first.write('ATE1\rAT+CGMM\rAT+CGMR\rAT+GSN\r')
      await control.until(({ ports }) => ports[0]!.clientPresent && ports[0]!.bytesToHost > 0)
      first.close()
      await control.until(({ ports }) => !ports[0]!.clientPresent)
      const second = open(simulator.link)
      second.write('AT\r')
      expect(await second.readUntil(ok)).toBe('AT\r\r\nOK\r\n')
      second.close()
      await control.until(({ ports }) => !ports[0]!.clientPresent)
    }
  })

  it('serves two ptys at once, each with answers of its own', async () => {
    const { simulator } = await start('--instances', '2')
    const commands = ['AT+CGMM', 'AT+CGMR'] as const
    const received = await Promise.all(
      simulator.ready.ports.map(async ({ link }, index) => {
        const client = open(link)
        for (let round = 1; round <= 200; round += 1) {
          client.write(`${commands[index]}\r`)
          await client.readUntil((text) => text.split('OK\r\n').length === round + 1)
        }
        return client.received
      })
    )
    expect(new Set(received[0]!.split(/(?<=OK\r\n)/))).toEqual(new Set(['AT+CGMM\r\r\nHE910\r\n\r\nOK\r\n']))
    expect(new Set(received[1]!.split(/(?<=OK\r\n)/))).toEqual(
      new Set([`AT+CGMR\r\r\n${simulator.ready.software.replace('xx', '00')}\r\n\r\nOK\r\n`])
    )
  })

  it('replaces its own link after kill -9, and a client that waits is served again', async () => {
    const link = join(folder, 'modem')
    const first = await startSimulatorProcess(['--link', link])
    const client = open(link)
    client.write('ATE0\r')
    await client.readUntil(ok)
    await first.stop('SIGKILL')
    expect(existsSync(link) || readlinkSync(link) !== '').toBe(true)
    // The client still has the dead terminal open, so its number is not reused.
    const { simulator } = await start('--link', link)
    expect(simulator.ready.ports[0]!.path).toBe(readlinkSync(link))
    const again = open(link)
    again.write('AT\r')
    expect(await again.readUntil(ok)).toBe('AT\r\r\nOK\r\n')
  })

  it('survives a client that is there before the module', async () => {
    const link = join(folder, 'modem')
    const starting = startSimulatorProcess(['--link', link])
    await vi.waitFor(() => expect(existsSync(link)).toBe(true), { timeout: 40_000, interval: 5 })
    const early = open(link)
    early.write('AT\r')
    const simulator = await starting
    const before = early.read().length
    early.write('AT\r')
    await early.readUntil((text) => ok(text) && text.length > before)
    early.close()
    expect(await simulator.stop()).toBe(0)
  })

  it.skipIf(!havePeers('tio', 'tmux'))(
    'is found again by tio after kill -9 and a new start',
    async () => {
      const link = join(folder, `modem-tio-${process.pid}`)
      const first = await startSimulatorProcess(['--link', link])
      const screen = new Screen(`tio -b 115200 ${link}`, folder)
      onTestFinished(() => screen.close())
      await screen.wake()
      await first.stop('SIGKILL')
      await start('--link', link)
      await screen.wake()
      await screen.leave({ keys: ['C-t', 'q'] })
    },
    60_000
  )

  it('leaves a link that another has put in its place alone, and takes its own away', async () => {
    const link = join(folder, 'modem')
    for (const put of [() => writeFileSync(link, 'precious'), () => symlinkSync('/dev/null', link)]) {
      const simulator = await startSimulatorProcess(['--link', link])
      unlinkSync(link)
      put()
      expect(await simulator.stop()).toBe(0)
      expect(existsSync(link)).toBe(true)
      unlinkSync(link)
    }
    const simulator = await startSimulatorProcess(['--link', link])
    expect(await simulator.stop('SIGHUP')).toBe(0)
    expect(existsSync(link)).toBe(false)
  })
})

describe.skipIf(!havePeers('pyserial') || process.platform !== 'linux').each(['pty', 'tcp', 'rfc2217'] as const)(
  'S-3: the running program, with a host on its %s that does not read',
  (kind) => {
    it('lives, with bounded memory, when nobody reads a megabyte of answers, and loses none of them (S-3)', async () => {
      const { simulator, control } = await start('--instances', '2', '--tcp', '0', '--rfc2217', '0')
      const [first, second] = simulator.ready.ports
      const { pem } = testPki().ca
      await typeOverPort(first!.link, [...at('ATE0'), ...at('AT#SSLEN=1,1'), ...storeSecurityData(1, pem)])
      await control.until(({ ports }) => !ports.some(({ clientPresent }) => clientPresent))
      const beforeMb = residentMb(simulator.pid)
      const client = await openKind[kind](simulator)
      // Each response is the certificate: somewhat more than a megabyte in all.
      const rounds = Math.ceil(1_200_000 / pem.length)
      const lines = `${'AT#SSLSECDATA=1,2,1\r'.repeat(rounds)}AT+CGMM\r`
      let written = client.writeSome(lines)
      // The module stops where the port takes no more: it holds the host back, and keeps only its output so far.
      await control.until(({ ports }) => portOf(ports, kind).bytesToHost > 65_536)
      expect(residentMb(simulator.pid) - beforeMb).toBeLessThan(64)
      await typeOverPort(second!.link, at('AT'))
      // The reader continues: every response comes, and the port works.
      const answers = await client.readUntil((text) => {
        written += client.writeSome(lines.slice(written))
        return text.includes('HE910')
      })
      expect(answers.split('#SSLSECDATA: ')).toHaveLength(rounds + 1)
      const snapshot = await control.snapshot()
      expect(portOf(snapshot.ports, kind)).toMatchObject({ lostBytes: 0 })
      const { events } = await control.events(Math.max(0, snapshot.timeline.nextSeq - 5000))
      expect(events.filter(({ what }) => what.kind === 'overrun')).toEqual([])
    }, 60_000)

    it('lives, with bounded memory, when nobody reads a megabyte online, and loses nothing of it', async () => {
      const bytes = Buffer.alloc(1_500_000, 'a line of forty characters, as text is.\n')
      const far = await tlsServer(bytes)
      const { simulator, control } = await start('--instances', '2', '--tcp', '0', '--rfc2217', '0')
      const [first, second] = simulator.ready.ports
      await typeOverPort(first!.link, [
        ...at('ATE0'),
        ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK'),
        ...at('AT#SSLEN=1,1')
      ])
      await control.until(({ ports }) => !ports.some(({ clientPresent }) => clientPresent))
      const beforeMb = residentMb(simulator.pid)
      const client = await openKind[kind](simulator)
      client.write(`AT#SSLD=1,${(far.address() as AddressInfo).port},"127.0.0.1",0,0\r`)
      await control.until(({ ports }) => portOf(ports, kind).bytesToHost > 65_536)
      await typeOverPort(second!.link, at('AT'))
      expect(residentMb(simulator.pid) - beforeMb).toBeLessThan(64)
      const received = await client.readUntil((text) => text.endsWith('NO CARRIER\r\n'))
      const dataAt = received.indexOf('CONNECT\r\n') + 9
      expect(received.length - dataAt).toBe(bytes.length + '\r\nNO CARRIER\r\n'.length)
      expect(received.slice(dataAt, dataAt + bytes.length)).toBe(bytes.toString('latin1'))
    }, 60_000)
  }
)

const openKind = {
  pty: async ({ link }: SimulatorProcess) => open(link),
  tcp: async ({ ready }: SimulatorProcess) => openSocket(ready.tcp!),
  rfc2217: async ({ ready }: SimulatorProcess) => openSocket(ready.rfc2217!)
}

async function openSocket(port: number): Promise<SocketClient> {
  const client = await SocketClient.open(port)
  onTestFinished(() => client.close())
  return client
}

const portOf = (ports: readonly PortSnapshot[], kind: PortKind): PortSnapshot =>
  ports.find((port) => port.instance === 0 && port.kind === kind)!

/** Starts a TLS server that sends its bytes to every client and closes. */
async function tlsServer(bytes: Buffer): Promise<Server> {
  const { server } = testPki()
  const far = createServer(
    {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1',
      ciphers: 'AES128-SHA:@SECLEVEL=0',
      secureOptions: constants.SSL_OP_NO_TICKET,
      cert: server.pem,
      key: server.keyPkcs8Pem
    },
    (socket) => {
      socket.on('error', () => undefined)
      socket.end(bytes)
    }
  )
  far.listen(0, '127.0.0.1')
  await once(far, 'listening')
  onTestFinished(() => void far.close())
  return far
}
