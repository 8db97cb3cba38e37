import { readFileSync } from 'node:fs'

/**
 * `npm start` runs this program below a shell, and a signal to npm ends npm alone: the program would go on with its ports
 * and locks, and nobody to end it. So it ends itself, cleanly, once who started it is gone.
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

/** Soon enough for a script that starts the next one, and costs nothing. */
const lookMs = 250

/** The parent, and where the system tells, the parent's parent: npm's shell outlives npm. */
function ancestors() {
  const parent = process.ppid
  if (process.platform !== 'linux') return String(parent)
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8')
    // proc(5): the fields after the name in parentheses, which may hold anything.
    return `${parent} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(parent)
  }
}
