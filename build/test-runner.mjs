import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countsFileVariable } from './closing-line-reporter.mjs'
import { onSignals, say, signalStatus } from './setup/run.mjs'

/** Globs of test files that the short form leaves out. `--full` runs them. */
export const longTests = [
  // Five measurements of some fifty shapes each: minutes of processor time.
  'test/growth/at-line.test.ts',
  'test/growth/control.test.ts',
  'test/soak/short-soak.test.ts'
]

/** Environment variable set in the full form, for tests that then run more. */
export const fullVariable = 'TELIT_SIM_FULL'

/** Above the longest run on two cores. A file that hangs is ended much earlier (`closing-line-reporter.mjs`). */
const allTestsLimitMs = 40 * 60_000

/** Splits off the options of `npm test` itself. The rest goes to vitest. */
export function takeOwnOptions(args) {
  return {
    mayInstall: !args.includes('--no-install'),
    full: args.includes('--full'),
    rest: args.filter((arg) => arg !== '--no-install' && arg !== '--full')
  }
}

/** With more failed files than these, the project is broken and a second run would only take time. */
const mostFilesAgain = 3

/**
 * Runs the tests in `root` in this terminal. A few files that fail run a second time, alone and one after the other:
 * their tests drive real programs, and a busy machine can delay any of them. A file that then passes counts as passed
 * and is named at the end, because it still has a race that somebody has to find.
 * @returns {Promise<{ status: number, counts: { passed: number, failed: number, skipped: number } }>}
 */
export async function runTests(root, args, { full = false, limitMs = allTestsLimitMs } = {}) {
  const first = await runOnce(root, args, { full, limitMs })
  const { failedFiles, strayErrors } = first
  const again = failedFiles.length > 0 && failedFiles.length <= mostFilesAgain && strayErrors === 0
  if (!again) return { status: first.status, counts: first.counts }
  say(`Failed, and run a second time now: ${failedFiles.join(', ')}.`)
  // Without the arguments that choose files. Options such as `-t` still choose the tests.
  const second = await runOnce(
    root,
    [...args.filter((arg) => !arg.includes('.test.')), ...failedFiles, '--maxWorkers', '1'],
    {
      full,
      limitMs
    }
  )
  const counts = {
    passed: first.counts.passed + Math.max(0, first.counts.failed - second.counts.failed),
    failed: second.counts.failed,
    skipped: first.counts.skipped
  }
  const unsteady = failedFiles.filter((file) => !second.failedFiles.includes(file))
  if (unsteady.length > 0) say(`Passed only the second time, so unsteady: ${unsteady.join(', ')}.`)
  return { status: second.status, counts }
}

/**
 * Runs vitest once. Counts come through a file; without it the run counts as one failure.
 * @returns {Promise<{
 *   status: number
 *   counts: { passed: number, failed: number, skipped: number }
 *   failedFiles: readonly string[]
 *   strayErrors: number
 * }>}
 */
function runOnce(root, args, { full, limitMs }) {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-counts-'))
  const countsFile = join(folder, 'counts.json')
  const excluded = full ? [] : longTests.flatMap((glob) => ['--exclude', glob])
  const env = { ...process.env, [countsFileVariable]: countsFile, ...(full ? { [fullVariable]: '1' } : {}) }
  return new Promise((resolve) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const stopPassing = onSignals((signal) => child.kill(signal))
    // In a process group of its own: a spinning test ignores the end of its parent and must be killed with the group.
    const child = spawn(process.execPath, [vitest, 'run', ...args, ...excluded], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
      detached: true
    })
    const limit = setTimeout(() => {
      const { running = [] } = readCounts(countsFile)
      say(
        `The tests took longer than ${limitMs / 60_000} minutes and were ended${running.length > 0 ? ` while these ran: ${running.join(', ')}` : ''}.`
      )
      endGroup(child.pid)
    }, limitMs)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      stopPassing()
      endGroup(child.pid)
      const status = code ?? signalStatus(signal)
      const { passed, failed, skipped, failedFiles = [], strayErrors = 0 } = readCounts(countsFile)
      rmSync(folder, { recursive: true, force: true })
      // A run that fails without a failed test (no test found, an error outside of tests) counts as a failure.
      resolve({
        status,
        counts: { passed, failed: status !== 0 && failed === 0 ? 1 : failed, skipped },
        failedFiles,
        strayErrors
      })
    })
  })
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All processes have ended, or the system has no process groups.
  }
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
