import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run, say } from './run.mjs'

/** Enough for a hundred megabytes over a slow line. */
const fetchLimitMs = 10 * 60_000
const dayMs = 24 * 3_600_000

/** Returns whether there is a screen for a window. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** Returns Electron's program if its package has it, or `null`. */
export function electronProgram(root, env = process.env) {
  const folder = join(root, 'node_modules/electron')
  try {
    const override = env['ELECTRON_OVERRIDE_DIST_PATH']
    const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8') : 'electron'
    const program = join(override || join(folder, 'dist'), name)
    return existsSync(program) ? program : null
  } catch {
    return null
  }
}

/**
 * Fetches Electron's program. After a failure it does not try again for a day, since every start would wait in vain.
 * @returns {Promise<{ program: string } | { problem: string }>} the problem in a few words
 */
export async function fetchElectron(root, nowMs = Date.now()) {
  const memory = join(root, 'node_modules/.cache/telit-sim/electron-failed.json')
  const failed = readMemory(memory)
  if (failed && nowMs - failed.atMs < dayMs)
    return { problem: `${failed.problem}; the next attempt is made a day after the last` }
  say('Fetching Electron (about 100 MB, once).')
  const { status, output } = await run(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    cwd: root,
    limitMs: fetchLimitMs
  })
  const program = status === 0 ? electronProgram(root) : null
  if (program) {
    rmSync(memory, { force: true })
    return { program }
  }
  const problem = reasonIn(output) ?? `its installer ended with status ${status}`
  try {
    mkdirSync(dirname(memory), { recursive: true })
    writeFileSync(memory, JSON.stringify({ atMs: nowMs, problem }))
  } catch {
    // A read-only checkout: the next start tries again.
  }
  return { problem }
}

/** Returns the error's own line in the output of the installer, without the stack. */
export function reasonIn(output) {
  const lines = output.split('\n').map((line) => line.trim())
  const line =
    lines.find((text) => /^(\w*Error\w*)( \[\w+\])?:/.test(text)) ??
    lines.find((text) => /\b(E[A-Z]{4,}|HTTP)\b/.test(text))
  if (line === undefined) return null
  return line
    .replace(/^(\w*Error\w*)( \[\w+\])?:\s*/, '')
    .replace(/\.$/, '')
    .slice(0, 160)
}

function readMemory(file) {
  try {
    const { atMs, problem } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof atMs === 'number' && typeof problem === 'string' ? { atMs, problem } : null
  } catch {
    return null
  }
}
