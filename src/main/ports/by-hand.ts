import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PortError } from './port-error.ts'
import { runtimeFolder } from './runtime-folder.ts'

/**
 * Returns where to put a link that the window asks for: a name in the runtime folder, or one of `own`, the links of the
 * command line. Throws a PortError ('link-failed') for any other place. A compromised page could else place a link to a
 * pty where a shell or another program reads commands.
 */
export function linkByHand(wanted: string, own: readonly string[], folder: string = runtimeFolder()): string {
  const link = resolve(folder, wanted)
  if (dirname(link) === resolve(folder) || own.some((one) => resolve(one) === link)) return link
  throw new PortError(
    'link-failed',
    `The link ${wanted} is not created: while the simulator runs, links are names in ${folder}; --link at the start can create them anywhere.`
  )
}

/**
 * Throws a PortError ('uart-failed') for a path that the window asks for and that is not a UART of this machine, so
 * that a compromised page cannot open a person's terminal. A missing file is left to the opener. `sys` is the kernel's
 * folder, except in tests.
 */
export function refuseNoUart(path: string, sys = '/sys', platform: NodeJS.Platform = process.platform): void {
  if (isUartByHand(path, sys, platform)) return
  throw new PortError(
    'uart-failed',
    `The serial port ${path} is not opened: it is not a UART of this machine; --serial at the start accepts other terminals too.`
  )
}

function isUartByHand(path: string, sys: string, platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return /^(\\\\\.\\)?COM\d{1,3}$/i.test(path)
  // A relative path depends on where the program was started.
  if (!path.startsWith('/')) return false
  if (platform === 'darwin') return /^\/dev\/(cu|tty)\.[^/]+$/.test(path)
  let found
  try {
    found = statSync(path, { throwIfNoEntry: false })
  } catch {
    return true
  }
  if (!found) return true
  return found.isCharacterDevice() && existsSync(join(sys, 'dev/char', deviceNumbers(found.rdev), 'device'))
}

/**
 * Returns device numbers as in the kernel's folder, such as `4:64`. Consoles, ptys and terminals have no hardware
 * there.
 */
function deviceNumbers(rdev: number): string {
  const major = Math.floor(rdev / 256) % 4096
  const minor = (rdev % 256) + Math.floor(rdev / 1_048_576) * 256
  return `${major}:${minor}`
}
