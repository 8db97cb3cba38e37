import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { UartFound } from '../../shared/calls/ports.ts'
import { uartHolder } from './uart-refusal.ts'

/**
 * UARTs that this machine has. On Linux the kernel's own folder of terminals is read: the package's list starts a program of
 * udev's, and takes the whole process with it where that program is missing. `root` is the file system's, but for tests.
 */
export async function listUarts(
  root = '/',
  platform: NodeJS.Platform = process.platform
): Promise<readonly UartFound[]> {
  if (platform === 'linux') return linuxUarts(root)
  try {
    const { SerialPort } = await import('serialport')
    const found = await SerialPort.list()
    return found.map(({ path, manufacturer, pnpId }) => ({
      path,
      about: manufacturer ?? pnpId ?? null,
      heldBy: uartHolder(path)
    }))
  } catch {
    // Neither the package nor the system tells: a path can still be typed.
    return []
  }
}

/** Every UART of a person's machine fits many times over. */
const LIST_LIMIT = 64

function linuxUarts(root: string): UartFound[] {
  const folder = join(root, 'sys/class/tty')
  return names(folder)
    .filter((name) => isUart(join(folder, name)) && existsSync(join(root, 'dev', name)))
    .toSorted((a, b) => order(a) - order(b) || a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, LIST_LIMIT)
    .map((name) => {
      const path = join(root, 'dev', name)
      return { path, about: aboutUart(join(folder, name)), heldBy: uartHolder(path) }
    })
}

/** Terminals with a device behind them; of the four that every kernel declares, those that are really there. */
function isUart(entry: string): boolean {
  if (!existsSync(join(entry, 'device'))) return false
  return text(join(entry, 'type')) !== '0'
}

/** Adapters first: who plugs a microcontroller in looks for one. */
const order = (name: string): number => (/^tty(USB|ACM)/.test(name) ? 0 : 1)

/** Maker and product of a USB adapter, else the driver's name. */
function aboutUart(entry: string): string | null {
  let device: string
  try {
    device = realpathSync(join(entry, 'device'))
  } catch {
    return null
  }
  for (let folder = device, up = 0; up < 5; folder = dirname(folder), up += 1) {
    const words = [text(join(folder, 'manufacturer')), text(join(folder, 'product'))].filter((word) => word)
    if (words.length > 0) return words.join(' ')
  }
  try {
    return basename(readlinkSync(join(device, 'driver')))
  } catch {
    return null
  }
}

function text(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
