import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { listUarts } from '../../../src/main/ports/index.ts'
import { scratchFolder } from './scratch-folder.ts'

function file(path: string, text = ''): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

it('reads the UARTs of a Linux machine from the kernel, adapters first, without udev', async () => {
  const root = scratchFolder()
  const tty = join(root, 'sys/class/tty')
  const usb = join(root, 'sys/devices/usb1/1-2')
  file(join(usb, 'manufacturer'), 'FTDI\n')
  file(join(usb, 'product'), 'FT232R USB UART\n')
  for (const name of ['ttyUSB10', 'ttyUSB2']) {
    mkdirSync(join(usb, '1-2:1.0', name), { recursive: true })
    file(join(tty, name, 'dev'), '188:0')
    symlinkSync(join(usb, '1-2:1.0', name), join(tty, name, 'device'))
  }
  // A UART that exists, one that the kernel only declares, and a console, which has no device.
  for (const [name, type] of [
    ['ttyS0', '4'],
    ['ttyS1', '0']
  ] as const) {
    file(join(tty, name, 'type'), `${type}\n`)
    file(join(tty, name, 'device/uevent'))
  }
  file(join(tty, 'tty1', 'dev'), '4:1')
  for (const name of ['ttyUSB10', 'ttyUSB2', 'ttyS0', 'ttyS1', 'tty1']) file(join(root, 'dev', name))
  expect(await listUarts(root, 'linux')).toEqual([
    { path: join(root, 'dev/ttyUSB2'), about: 'FTDI FT232R USB UART', heldBy: null },
    { path: join(root, 'dev/ttyUSB10'), about: 'FTDI FT232R USB UART', heldBy: null },
    { path: join(root, 'dev/ttyS0'), about: null, heldBy: null }
  ])
})

it('has nothing to tell where there is nothing', async () => {
  expect(await listUarts(scratchFolder(), 'linux')).toEqual([])
  expect(Array.isArray(await listUarts())).toBe(true)
})
