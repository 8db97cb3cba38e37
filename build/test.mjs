#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closingLine, countsFileVariable } from './closing-line-reporter.mjs'
import { ensureDebianPackages } from './setup/debian-packages.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { ensureSecondRuntime } from './setup/second-runtime.mjs'
import { onSignals, run, say, SetUpError, signalStatus } from './setup/run.mjs'

/**
 * `npm test [-- ARGS]`: everything that says whether the checkout is sound. Types, lint and build, then the tests; ARGS
 * go to vitest. The last line is `N passed, N failed, N skipped`, where a part that fails counts as a failed test. The
 * status is 0 when nothing failed.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** CI gives up after 20 minutes without saying what hung; the closing line is to come before that. */
const testLimitMs = 17 * 60_000

requireNode()
process.exitCode = await main(process.argv.slice(2))

async function main(args) {
  try {
    await ensureDebianPackages(root)
    await ensurePackages(root)
    await ensureSecondRuntime(root)
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    say(error.message)
    return finish({ passed: 0, failed: 1, skipped: 0 }, 3)
  }
  // Side by side: none of the three uses more than one core all the time.
  const parts = await Promise.all([
    part('types', () => tool('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'])),
    part('lint', () => tool('oxlint/bin/oxlint', ['--deny-warnings', 'src', 'test', 'build'])),
    part('build', build)
  ])
  const failedParts = parts.filter((ok) => !ok).length
  const tests = await runTests(args)
  const counts = { ...tests.counts, failed: tests.counts.failed + failedParts }
  return finish(counts, tests.status || (failedParts > 0 ? 1 : 0))
}

function finish(counts, status) {
  process.stdout.write(`\n${closingLine(counts)}\n`)
  return status
}

/** Runs one part, prints how it went and, when it failed, what it said. */
async function part(name, work) {
  const startedMs = Date.now()
  const { status, output } = await work()
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1)
  process.stdout.write(status === 0 ? `${name}: passed (${seconds} s)\n` : `${name}: FAILED\n${output.trimEnd()}\n`)
  return status === 0
}

function tool(script, args) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root })
}

async function build() {
  try {
    await ensureBuilt(root)
    return { status: 0, output: '' }
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    return { status: 1, output: error.message }
  }
}

/** The tests, with this terminal as theirs. Counts come through a file; without one they count as one failure. */
function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-counts-'))
  const countsFile = join(folder, 'counts.json')
  return new Promise((resolve) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const stopPassing = onSignals((signal) => child.kill(signal))
    const child = spawn(process.execPath, [vitest, 'run', ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, [countsFileVariable]: countsFile } })
    const limit = setTimeout(() => {
      say(`The tests took longer than ${testLimitMs / 60_000} minutes and were ended.`)
      child.kill('SIGKILL')
    }, testLimitMs)
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      stopPassing()
      const status = code ?? signalStatus(signal)
      const counts = readCounts(countsFile)
      rmSync(folder, { recursive: true, force: true })
      // A run that ends badly without a failed test (no test found, an error outside of one) is a failure all the same.
      if (status !== 0 && counts.failed === 0) counts.failed = 1
      resolve({ status, counts })
    })
  })
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
