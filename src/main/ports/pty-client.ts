import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'

/**
 * The name of a client is only a label: on a machine with thousands of processes the search must not delay the module.
 * Processor time, so that a busy machine finds it too.
 */
const SCAN_LIMIT_MS = 100
/** The kernel counts a terminal as open shortly before the descriptor can be seen, so look twice. */
const PASSES = 2
/** A pass takes milliseconds. After so many processes, check whether the client has left. */
const PROCESSES_BETWEEN = 8

/**
 * Which program has a tty open, as `picocom (pid 4711)`. Linux only, and only for processes that this user may look
 * into; null otherwise, for the simulator whose port it is (`owner`), and once `isGone` returns true. Newest processes first: a client that has just opened the port is seldom an old one.
 */
export function findTtyClient(
  ttyPath: string,
  isGone: () => boolean = () => false,
  owner: number = process.pid
): string | null {
  const start = process.cpuUsage()
  for (let pass = 0; pass < PASSES; pass += 1) {
    const pids = listNames('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
    for (const [nth, pid] of pids.toSorted((a, b) => b - a).entries()) {
      if (nth % PROCESSES_BETWEEN === 0 && isGone()) return null
      const { user, system } = process.cpuUsage(start)
      if (user + system > SCAN_LIMIT_MS * 1000) return null
      if (pid !== process.pid && pid !== owner && hasOpen(pid, ttyPath)) return `${programName(pid)} (pid ${pid})`
    }
  }
  return null
}

function hasOpen(pid: number, ttyPath: string): boolean {
  const uid = process.geteuid?.()
  try {
    if (uid !== 0 && statSync(`/proc/${pid}`).uid !== uid) return false
  } catch {
    return false
  }
  return listNames(`/proc/${pid}/fd`).some((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`) === ttyPath
    } catch {
      return false
    }
  })
}

function programName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return 'a program'
  }
}

/** Processes end during the search: what cannot be listed is skipped. */
function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
