import { realpathSync } from 'node:fs'
import { findTtyClient } from './pty-client.ts'

/**
 * Returns why a UART cannot be opened, as the end of a sentence. The errors of the package read `Error: Reason, cannot
 * open PATH`.
 */
export function whyNoUart(error: unknown, path: string): string {
  const message = (error as Error).message
  if (/no such file|file not found/i.test(message)) return 'there is no such device'
  if (/permission|access denied/i.test(message)) return 'this user may not open it (on Linux, the group dialout may)'
  if (/lock|busy/i.test(message)) return `${uartHolder(path) ?? 'another program'} has it`
  return message.replace(/^Error:\s*/, '').replace(/[,;]? cannot open.*$/i, '')
}

/**
 * Returns the program that has the device open, as `picocom (pid 4711)`. `null` where there is none or it cannot be
 * determined.
 */
export function uartHolder(path: string): string | null {
  try {
    return findTtyClient(realpathSync(path))
  } catch {
    return null
  }
}
