import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PortError } from './port-error.ts'
import { runtimeFolder } from './runtime-folder.ts'

/**
 * What a window may ask for is less than what the command line may. A page that was taken over could else lay a link to a pty
 * where a program takes its commands from (a shell reads its start files from a pty as well), or have a "UART" opened
 * that is the terminal into which a person types.
 */

/**
 * Where a link goes that is made while the simulator runs: a name in the runtime folder, or one of `own`, the links of the command
 * line. Throws a PortError ('link-failed') for any other place.
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
 * Throws a PortError ('uart-failed') for what is there and is no UART of this machine. `sys` is the kernel's folder, but for
 * tests. What is not there is the opener's to tell.
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
  // A relative path is somewhere else for each start.
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

/** `4:64`, as the kernel's folder names devices; consoles, ptys and the person's own terminal have no hardware behind them. */
function deviceNumbers(rdev: number): string {
  const major = Math.floor(rdev / 256) % 4096
  const minor = (rdev % 256) + Math.floor(rdev / 1_048_576) * 256
  return `${major}:${minor}`
}
