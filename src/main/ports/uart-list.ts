import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { UartFound } from '../../shared/calls/ports.ts'
import { uartHolder } from './uart-refusal.ts'

/**
 * Lists the UARTs of this machine. On Linux it reads the kernel's folder of terminals: the list of the package starts a
 * program of udev, and the process ends where that program is missing. `root` is the file system's, except in tests.
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
    // Neither the package nor the system can list UARTs. A path can still be typed.
    return []
  }
}

/** Far more UARTs than a machine has. */
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

/**
 * Returns whether an entry is a UART with a device behind it. Of the four that every kernel declares, only the real
 * ones count.
 */
function isUart(entry: string): boolean {
  if (!existsSync(join(entry, 'device'))) return false
  return text(join(entry, 'type')) !== '0'
}

/** USB adapters first: they are what a person with a microcontroller looks for. */
const order = (name: string): number => (/^tty(USB|ACM)/.test(name) ? 0 : 1)

/** Returns maker and product of a USB adapter, else the name of the driver. */
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
