import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPtyPort, openUartBridge, PortError, type PtyPort } from '../../../src/main/ports/index.ts'
import { openNativePty, type NativePty } from '../../../src/main/ports/native-pty.ts'
import type { SerialPortEnd } from '../../../src/shared/contracts/serial-port.ts'
import { LineResponder, PortRecorder } from '../../unit/ports/port-recorder.ts'
import { scratchFolder } from '../../unit/ports/scratch-folder.ts'

/**
 * Returns a cable of two ptys: what is written to one slave arrives at the other. One end is the UART of the bridge;
 * the test is the microcontroller at the other.
 */
async function cable(folder: string): Promise<{ left: PtyPort; right: PtyPort; connected: Promise<unknown> }> {
  const atLeft = new PortRecorder((text) => void right.write(Buffer.from(text, 'latin1')))
  const atRight = new PortRecorder((text) => void left.write(Buffer.from(text, 'latin1')))
  const left = await openPtyPort({ link: join(folder, 'uart'), recordFolder: folder, probeMs: 5 }, atLeft)
  const right = await openPtyPort({ link: join(folder, 'mcu'), recordFolder: folder, probeMs: 5 }, atRight)
  onTestFinished(() => left.close())
  onTestFinished(() => right.close())
  const present = (end: PortRecorder): Promise<void> => end.until((heard) => heard.presences.includes(true))
  return { left, right, connected: Promise.all([present(atLeft), present(atRight)]) }
}

async function openBridge(path: string, events: PortRecorder): Promise<SerialPortEnd> {
  const bridge = await openUartBridge({ path, baud: 115_200, watchMs: 10 }, events)
  onTestFinished(() => bridge.close())
  return bridge
}

describe.skipIf(process.platform === 'win32')('a UART bridged to an AT port', () => {
  it('carries a conversation over the cable', async () => {
    const { left, right, connected } = await cable(scratchFolder())
    const modem = new LineResponder((text) => void bridge.write(Buffer.from(text, 'latin1')))
    const bridge = await openBridge(left.link, modem)
    expect(bridge.clientPresent).toBe(true)
    await modem.until((heard) => heard.presences.length === 1)
    const microcontroller = new PortRecorder()
    const host = await openBridge(right.link, microcontroller)
    await connected
    for (let round = 1; round <= 20; round += 1) {
      host.write(Buffer.from(`AT+N=${round}\r`))
      await microcontroller.until((heard) => heard.received.length === 6 * round)
    }
    expect(modem.lines).toHaveLength(20)
    expect(modem.lines[19]).toBe('AT+N=20')
  })

  it('says that the UART was unplugged, and takes it back when it returns', async () => {
    const folder = scratchFolder()
    const modem = new LineResponder((text) => void bridge.write(Buffer.from(text, 'latin1')))
    // The device's name, as udev would make and remove it.
    const device = join(folder, 'ttyUSB0')
    let plugged = openNativePty()
    execFileSync('stty', [process.platform === 'darwin' ? '-f' : '-F', plugged.path, 'raw', '-echo'])
    symlinkSync(plugged.path, device)
    const bridge = await openBridge(device, modem)
    await modem.until((heard) => heard.presences.length === 1)
    rmSync(device)
    unplug(plugged)
    await modem.until((heard) => heard.presences.length === 2)
    expect(bridge.clientPresent).toBe(false)
    expect(modem.notes).toEqual([`The serial port ${device} is gone; it is taken back as soon as it returns.`])
    expect(bridge.write(Buffer.from('nobody'))).toBe(true)

    plugged = openNativePty()
    onTestFinished(() => unplug(plugged))
    symlinkSync(plugged.path, device)
    await modem.until((heard) => heard.presences.length === 3)
    expect(modem.presences).toEqual([true, false, true])
    expect(modem.notes[1]).toBe(`The serial port ${device} is back.`)
    expect(readlinkSync(device)).toBe(plugged.path)
  })

  it('says in one sentence that there is no such device', async () => {
    const refused = openUartBridge({ path: '/dev/ttyNONE9', baud: 115_200 }, new PortRecorder())
    await expect(refused).rejects.toThrow(PortError)
    await expect(refused).rejects.toMatchObject({
      code: 'uart-failed',
      message: 'The serial port /dev/ttyNONE9 cannot be opened: there is no such device.'
    })
  })

  // Root can open everything, and only root can become another user.
  it.runIf(process.platform === 'linux' && process.geteuid!() === 0)(
    'says in one sentence that the device is not ours',
    async () => {
      const device = openNativePty()
      onTestFinished(() => unplug(device))
      process.seteuid!(65_534)
      try {
        await expect(openUartBridge({ path: device.path, baud: 115_200 }, new PortRecorder())).rejects.toThrow(
          /this user may not open it/
        )
      } finally {
        process.seteuid!(0)
      }
    }
  )

  it('says in one sentence that another program has the device', async () => {
    const { left } = await cable(scratchFolder())
    await openBridge(left.link, new PortRecorder())
    await expect(openUartBridge({ path: left.link, baud: 115_200 }, new PortRecorder())).rejects.toMatchObject({
      message: `The serial port ${left.link} cannot be opened: another program has it.`
    })
    expect(existsSync(left.link)).toBe(true)
  })
})

function unplug(device: NativePty): void {
  closeSync(device.slave)
  closeSync(device.master)
}
