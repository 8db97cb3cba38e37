import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { linkByHand, refuseNoUart } from '../../../src/main/ports/by-hand.ts'
import { scratchFolder } from './scratch-folder.ts'

describe('a link made while the simulator runs', () => {
  const folder = '/run/user/1000/telit-sim'
  const own = ['/home/me/modem', 'relative']

  it.each([
    ['modem', `${folder}/modem`],
    [`${folder}/tty0`, `${folder}/tty0`],
    ['/home/me/modem', '/home/me/modem'],
    ['/home/me/x/../modem', '/home/me/modem'],
    [join(process.cwd(), 'relative'), join(process.cwd(), 'relative')]
  ])('%s may be', (wanted, link) => expect(linkByHand(wanted, own, folder)).toBe(link))

  it.each([
    '/home/me/.bash_profile',
    '../x',
    '..',
    '.',
    'links/x',
    `${folder}/../x`,
    `${folder}/links/x.json`,
    '/home/me/modem/x',
    '~/.profile',
    '/dev/ttyUSB0'
  ])('%s may not', (wanted) =>
    expect(() => linkByHand(wanted, own, folder)).toThrow(
      `The link ${wanted} is not created: while the simulator runs, links are names in ${folder}`
    )
  )
})

describe.skipIf(process.platform !== 'linux')('a UART opened while the simulator runs', () => {
  it('is a device with hardware behind it, also by another name', () => {
    const sys = scratchFolder()
    // A character device that every machine has stands for the adapter, with a made-up folder of the kernel.
    const numbers = execFileSync('stat', ['-c', '%Hr:%Lr', '/dev/null'], { encoding: 'utf8' }).trim()
    expect(numbers).toBe('1:3')
    mkdirSync(join(sys, 'dev/char/1:3/device'), { recursive: true })
    const byId = join(sys, 'usb-adapter')
    symlinkSync('/dev/null', byId)
    for (const path of ['/dev/null', byId]) expect(() => refuseNoUart(path, sys)).not.toThrow()
    expect(() => refuseNoUart('/dev/zero', sys)).toThrow('it is not a UART of this machine')
  })

  it('is no terminal that a person types into, no pty, no file, no pipe and no folder', () => {
    const folder = scratchFolder()
    const [file, pipe] = [join(folder, 'file'), join(folder, 'pipe')]
    writeFileSync(file, '')
    execFileSync('mkfifo', [pipe])
    for (const path of ['/dev/tty', '/dev/ptmx', '/dev/null', file, pipe, folder, 'dev/ttyS0', '/proc/self/cwd']) {
      expect(() => refuseNoUart(path), path).toThrow(
        `The serial port ${path} is not opened: it is not a UART of this machine`
      )
    }
    expect(statSync(file).size).toBe(0)
  })

  it("that is not there is the opener's to tell of", () => expect(() => refuseNoUart('/dev/ttyNONE9')).not.toThrow())
})

it.each([
  ['win32', 'COM5', true],
  ['win32', '\\\\.\\COM12', true],
  ['win32', '\\\\.\\PhysicalDrive0', false],
  ['win32', 'C:\\x', false],
  ['darwin', '/dev/cu.usbserial-1', true],
  ['darwin', '/dev/ttys003', false],
  ['darwin', '/dev/cu./../disk0', false]
] as const)('on %s, %s is a UART: %s', (platform, path, is) => {
  const refused = expect(() => refuseNoUart(path, '/sys', platform))
  if (is) refused.not.toThrow()
  else refused.toThrow('it is not a UART of this machine')
})
