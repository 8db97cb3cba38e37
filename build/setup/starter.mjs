import { readFileSync } from 'node:fs'

/**
 * Ends the program when the process that started it is gone. `npm start` runs it below a shell, and a signal to npm
 * ends only npm: the program would keep its ports and locks for ever.
 */
export function endWithStarter() {
  if (!process.env.npm_lifecycle_event) return
  const before = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === before) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, lookMs)
  timer.unref()
}

/** Soon enough for a script that starts the next run, and costs nothing. */
const lookMs = 250

/** Returns the parent process and, where the system shows it, its parent: npm's shell outlives npm. */
function ancestors() {
  const parent = process.ppid
  if (process.platform !== 'linux') return String(parent)
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8')
    // The fields after the name in parentheses, which may contain anything (proc(5)).
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(parent)
  }
}
