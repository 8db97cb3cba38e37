#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closingLine, minutes } from './closing-line-reporter.mjs'
import { ensureDebianPackages } from './setup/debian-packages.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { run, say, sentenceOf } from './setup/run.mjs'
import { ensureSecondRuntime } from './setup/second-runtime.mjs'
import { runTests, takeOwnOptions } from './test-runner.mjs'
import { checkTypes } from './typecheck.mjs'

/**
 * `npm test [-- ARGS]`: runs types, lint and build, then the tests. Of ARGS, `--no-install` forbids installing Debian
 * packages, and `--full` runs the long tests too; the others go to vitest. The last line is `N passed, N failed, N
 * skipped`, where a part that fails counts as a failed test. Status 0 when nothing failed.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Duration of each part in milliseconds, by name. */
const took = new Map()

requireNode()
process.exitCode = await main(process.argv.slice(2))

async function main(args) {
  const { mayInstall, full, rest } = takeOwnOptions(args)
  try {
    await timed('set-up', async () => {
      await ensureDebianPackages(root, { mayInstall })
      await ensurePackages(root)
      await ensureSecondRuntime(root)
    })
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === null) throw error
    say(sentence)
    return finish({ passed: 0, failed: 1, skipped: 0 }, 3)
  }
  // In parallel: none of the four uses more than one core all the time.
  const parts = await Promise.all([
    part('types', () => checkTypes(root)),
    part('lint', () => tool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', 'src', 'test', 'build'])),
    part('format', () =>
      tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '--cache', 'src', 'test', 'build', '*.ts'])
    ),
    part('build', build)
  ])
  const failedParts = parts.filter((ok) => !ok).length
  const tests = await timed('tests', () => runTests(root, rest, { full }))
  const counts = { ...tests.counts, failed: tests.counts.failed + failedParts }
  return finish(counts, tests.status || (failedParts > 0 ? 1 : 0))
}

function finish(counts, status) {
  process.stdout.write(
    `\nminutes: ${[...took].map(([name, ms]) => `${name} ${minutes(ms)}`).join(', ')}\n${closingLine(counts)}\n`
  )
  return status
}

/** Runs one part, prints its result and, if it failed, its output. */
async function part(name, work) {
  const { status, output } = await timed(name, work)
  process.stdout.write(
    status === 0 ? `${name}: passed (${minutes(took.get(name))} min)\n` : `${name}: FAILED\n${output.trimEnd()}\n`
  )
  return status === 0
}

async function timed(name, work) {
  const startedMs = Date.now()
  try {
    return await work()
  } finally {
    took.set(name, Date.now() - startedMs)
  }
}

function tool(script, args) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root })
}

async function build() {
  try {
    await ensureBuilt(root)
    return { status: 0, output: '' }
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === null) throw error
    return { status: 1, output: sentence }
  }
}
