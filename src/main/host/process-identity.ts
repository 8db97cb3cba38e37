import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Identifies a process, also against a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start time in a form of the system; `null` where it is not available. */
  readonly startTime: string | null
}

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: startTimeOf(pid) }
}

/** Returns whether that process still runs. A process number alone may be reused. */
export function isAlive(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0)
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const startTime = startTimeOf(identity.pid)
  return identity.startTime === null || startTime === null || startTime === identity.startTime
}

function startTimeOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') return startTimeFromStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    if (process.platform === 'win32') return null
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

/**
 * Returns field 22 of `/proc/PID/stat` (proc(5)). Field 2, the name, may contain spaces and parentheses, so the count
 * starts at its end.
 */
function startTimeFromStat(stat: string): string | null {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}
