import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, readdirSync, rmSync, symlinkSync, writeSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { ReadStream } from 'node:tty'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openPtyPort, openUartBridge, runtimeFolder } from '../../../src/main/ports/index.ts'
import { openNativePty, type NativePty } from '../../../src/main/ports/native-pty.ts'
import type { OpenedPort } from '../../../src/shared/calls/ports.ts'
import type { PortSnapshot } from '../../../src/shared/calls/snapshot.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { runSimulator, startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { PortRecorder } from '../../unit/ports/port-recorder.ts'
import { scratchFolder } from '../../unit/ports/scratch-folder.ts'

/** The ports of a running simulator, over the control WebSocket like the window. */
describe.skipIf(process.platform === 'win32')('ports opened and closed while the simulator runs', () => {
  let simulator: SimulatorProcess
  let control: ControlClient

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0', '--lab', 'off'])
    control = await ControlClient.open(simulator.ready.control!)
  })
  afterAll(async () => {
    await simulator.stop()
  })

  const until = (id: number, condition: (port: PortSnapshot) => boolean): Promise<void> =>
    control.until(({ ports }) => ports.some((port) => port.id === id && condition(port)))
  const openPort = (wanted: Record<string, unknown>): Promise<OpenedPort> =>
    control.call('openPort', { instance: 0, ...wanted }) as Promise<OpenedPort>

  it('TCP: opened, used, closed, and refused with a sentence while it is taken', async () => {
    const { id, name } = await openPort({ kind: 'tcp', port: 0 })
    const port = Number(/\d+$/.exec(name)![0])
    await expect(openPort({ kind: 'tcp', port })).rejects.toThrow(
      `The TCP port 127.0.0.1:${port} cannot be opened: another program has it.`
    )
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write('AT\r')
    let text = ''
    socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
    await expect.poll(() => text).toContain('OK')
    await until(id, ({ has }) => has)
    const ended = once(socket, 'close')
    await control.call('closePort', { id })
    await ended
    await expect(control.call('closePort', { id })).rejects.toThrow(`There is no port ${id} any more.`)
  })

  it('a pty: closed with its link, and opened again under another name', async () => {
    const { ports } = await control.snapshot()
    const pty = ports.find(({ kind }) => kind === 'pty')!
    await control.call('closePort', { id: pty.id })
    expect(existsSync(simulator.link)).toBe(false)
    const link = `while-running-${simulator.pid}`
    const { id, name } = await openPort({ kind: 'pty', link })
    expect([name, existsSync(name)]).toEqual([join(runtimeFolder(), link), true])
    await control.call('closePort', { id })
    const again = await openPort({ kind: 'pty', link: simulator.link })
    expect(again.name).toBe(simulator.link)
  })

  it('a link where a shell takes its commands from, a terminal of somebody else, a disk: refused, and nothing is made or opened', async () => {
    const home = scratchFolder()
    for (const link of [join(home, '.bash_profile'), '../x', join(runtimeFolder(), 'links/x')]) {
      await expect(openPort({ kind: 'pty', link })).rejects.toThrow(
        /^The link .+ is not created: while the simulator runs, links are names in /
      )
    }
    expect(readdirSync(home)).toEqual([])
    const terminal = openNativePty()
    onTestFinished(() => [terminal.slave, terminal.master].forEach((fd) => closeSync(fd)))
    symlinkSync(terminal.path, join(home, 'ttyUSB0'))
    for (const path of [terminal.path, join(home, 'ttyUSB0'), '/dev/tty', '/dev/null', home, simulator.link]) {
      await expect(openPort({ kind: 'serial', path, baud: 9_600 })).rejects.toThrow(
        'it is not a UART of this machine; --serial at the start accepts other terminals too.'
      )
    }
  })

  it('an instance that is not there, a rate that is none, a UART that is none', async () => {
    await expect(control.call('openPort', { kind: 'tcp', instance: 2, port: 0 })).rejects.toThrow(
      'There is no AT instance 2; the simulator was started with 1.'
    )
    await expect(openPort({ kind: 'serial', path: '/dev/ttyNONE9', baud: 9_600 })).rejects.toThrow(
      'The serial port /dev/ttyNONE9 cannot be opened: there is no such device.'
    )
    await expect(openPort({ kind: 'serial', path: '/dev/ttyNONE9', baud: 7 })).rejects.toThrow(/baud is wrong/)
    await expect(
      openPort({ kind: 'serial', path: '/dev/ttyNONE9', baud: 9_600, format: { parity: 'mark' } })
    ).rejects.toThrow(/parity is wrong/)
    await expect(control.call('setPace', { instance: 0, pace: 'fast' })).rejects.toThrow(/pace is wrong/)
    expect(Array.isArray(await control.call('listUarts'))).toBe(true)
    expect(await control.call('examinePorts')).toContainEqual(
      expect.objectContaining({ about: 'pty', verdict: 'fine' })
    )
  })

  it('a UART: a microcontroller on a cable of two ptys, unplugged and plugged in again, and the module does not notice', async () => {
    const folder = scratchFolder()
    const device = join(folder, 'ttyUSB0')
    let cable = new Cable(device)
    onTestFinished(() => cable.unplug())
    // A pty as a UART: the window may not open one, but the command line may.
    const bridging = await startSimulatorProcess(['--ui', '0', '--lab', 'off', '--serial', `${device}@115200`])
    onTestFinished(async () => void (await bridging.stop()))
    const control = await ControlClient.open(bridging.ready.control!)
    const { id } = (await control.snapshot()).ports.find(({ kind }) => kind === 'serial')!
    const until = (condition: (port: PortSnapshot) => boolean): Promise<void> =>
      control.until(({ ports }) => ports.some((port) => port.id === id && condition(port)))
    await until(({ clientPresent, trouble }) => clientPresent && trouble === null)
    expect(await cable.at('AT+CMEE=2')).toContain('OK')
    await until(({ has }) => has)

    cable.unplug()
    rmSync(device)
    await until(
      ({ clientPresent, trouble }) =>
        !clientPresent && trouble?.startsWith(`The serial port ${device} is gone`) === true
    )
    const { events } = await control.events(0)
    expect(events.flatMap(({ what }) => (what.kind === 'port' ? [what.sentence] : []))).toContain(
      `The serial port ${device} is gone; it is taken back as soon as it returns.`
    )

    cable = new Cable(device)
    await until(({ clientPresent, trouble }) => clientPresent && trouble === null)
    // The earlier setting: it is the same module.
    expect(await cable.at('AT+CMEE?')).toContain('+CMEE: 2')
    await control.call('closePort', { id })
  })

  it('names the program that has a UART', async () => {
    const folder = scratchFolder()
    const taken = await openPtyPort({ link: join(folder, 'uart'), recordFolder: folder }, new PortRecorder())
    onTestFinished(() => taken.close())
    const holder = await openUartBridge({ path: taken.link, baud: 9_600 }, new PortRecorder())
    onTestFinished(() => holder.close())
    const second = runSimulator([
      '--headless',
      '--ui',
      'off',
      '--lab',
      'off',
      '--state',
      'none',
      '--link',
      join(folder, 'tty0'),
      '--serial',
      `${taken.link}@9600`
    ])
    expect((await second.ended).status).toBe(3)
    expect(second.stderr()).toMatch(new RegExp(`cannot be opened: .+ \\(pid ${process.pid}\\) has it\\.`))
  })

  it.skipIf(!havePeers('pyserial'))('follows the speed that a program sets on the pty', async () => {
    await control.call('setPace', { instance: 0, pace: 'follow' })
    onTestFinished(async () => void (await control.call('setPace', { instance: 0, pace: 'off' })))
    const script = `import serial,sys\np=serial.Serial('${simulator.link}',57600,timeout=20)\nprint('open',flush=True)\nsys.stdin.readline()\np.baudrate=19200\nsys.stdin.readline()`
    const host = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
    onTestFinished(() => void host.kill())
    await once(host.stdout, 'data')
    const { id } = (await control.snapshot()).ports.find(({ kind }) => kind === 'pty')!
    await until(id, ({ baud }) => baud === 57_600)
    // HE910 modules are set to 115200.
    await until(id, ({ trouble }) => trouble?.includes('57600 baud and the module is set to 115200') === true)
    host.stdin.write('\n')
    await until(id, ({ baud }) => baud === 19_200)
    host.stdin.end('\n')
    await until(id, ({ clientPresent }) => !clientPresent)
  })
})

/** A UART with a name under /dev, and a microcontroller at its other end. */
class Cable {
  private readonly pty: NativePty
  private readonly controller
  private received = ''
  private plugged = true

  constructor(device: string) {
    this.pty = openNativePty()
    execFileSync('stty', [process.platform === 'darwin' ? '-f' : '-F', this.pty.path, 'raw', '-echo'])
    symlinkSync(this.pty.path, device)
    this.controller = new Microcontroller(this.pty.master, (text) => (this.received += text))
  }

  async at(line: string): Promise<string> {
    this.received = ''
    this.controller.write(`${line}\r`)
    await expect.poll(() => this.received).toMatch(/\r\n(OK|ERROR)\r\n$/)
    return this.received
  }

  unplug(): void {
    if (!this.plugged) return
    this.plugged = false
    closeSync(this.pty.slave)
    this.controller.stop()
  }
}

/** The other side of the pair, like a microcontroller's UART. */
class Microcontroller {
  private readonly stream: ReadStream

  constructor(
    private readonly fd: number,
    heard: (text: string) => void
  ) {
    this.stream = new ReadStream(fd)
    this.stream.on('data', (bytes: Buffer) => heard(bytes.toString('latin1')))
    this.stream.on('error', () => {})
  }

  write(text: string): void {
    writeSync(this.fd, text)
  }

  stop(): void {
    this.stream.destroy()
  }
}
