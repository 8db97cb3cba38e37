import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository } from '../fixtures/setup-scripts.ts'
import { scratchFolder } from './ports/scratch-folder.ts'

// How `npm test` runs: a file that hangs, its own options, the packages that it installs.

/** Runs a script that may import the build's files. Returns its output. */
async function script(
  text: string,
  env: Record<string, string> = {},
  cwd = repository
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_V8_COVERAGE: '', ...env }
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => (said.stdout += bytes))
  child.stderr.on('data', (bytes) => (said.stderr += bytes))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, ...said }
}

const build = (file: string): string => JSON.stringify(join(repository, 'build', file))

/** Makes a project with these test files, run by this vitest with this project's reporter. */
function project(files: Record<string, string>): string {
  const root = scratchFolder()
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  writeFileSync(
    join(root, 'vitest.config.mjs'),
    `export default { test: { include: ['test/*.test.ts'], reporters: ['default', ${build('closing-line-reporter.mjs')}], maxWorkers: 2 } }`
  )
  mkdirSync(join(root, 'test'))
  for (const [name, text] of Object.entries(files))
    writeFileSync(
      join(root, 'test', name),
      `import { it, expect } from 'vitest'\nimport { existsSync, writeFileSync } from 'node:fs'\n${text}`
    )
  return root
}

/** Prints what `runTests` returned as the last line on standard output. */
async function runTests(root: string, options: string, env: Record<string, string> = {}) {
  const text = `import { runTests } from ${build('test-runner.mjs')}\nconst result = await runTests(${JSON.stringify(root)}, [], ${options})\nconsole.log('\\n' + JSON.stringify(result))`
  const said = await script(text, env)
  const lines = said.stdout.trim().split('\n')
  return {
    ...said,
    result: JSON.parse(lines.at(-1)!) as { status: number; counts: { passed: number; failed: number; skipped: number } }
  }
}

const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))

describe.skipIf(process.platform !== 'linux')('a run of the tests', () => {
  it('names a test file that spins, counts it as failed, and ends it', async () => {
    const root = project({
      'quick.test.ts': `it('is done', () => { writeFileSync('quick', '') })`,
      // It spins only when the other file is done, so that its count is known.
      'hangs.test.ts': `it('begins', () => {})\nit('spins', async () => {
        writeFileSync('pid', String(process.pid))
        // Time for the worker to report that this test began.
        await new Promise((resolve) => setTimeout(resolve, 1000))
        while (true);
      })`
    })
    const { stderr, result } = await runTests(root, '{}', { TELIT_SIM_FILE_LIMIT_MS: '6000' })
    expect(stderr).toContain(
      `telit-sim: test/hangs.test.ts hangs: it took longer than 0.1 minutes, and the run was ended. The last test that it reported is "spins".\n`
    )
    // It is not certain that a spinning file has reported everything that it did before.
    expect(result).toMatchObject({ status: 1, counts: { failed: 1, skipped: 0 } })
    expect(result.counts.passed).toBeGreaterThanOrEqual(1)
    await expect.poll(() => isAlive(Number(readFileSync(join(root, 'pid'), 'utf8')))).toBe(false)
  })

  it('names what ran when all of it took too long', async () => {
    const root = project({ 'hangs.test.ts': `while (true);` })
    const { stderr, result } = await runTests(root, '{ limitMs: 6000 }')
    expect(stderr).toContain(
      'telit-sim: The tests took longer than 0.1 minutes and were ended while these ran: test/hangs.test.ts.\n'
    )
    expect(result).toEqual({ status: 137, counts: { passed: 0, failed: 1, skipped: 0 } })
  })

  it('tells the tests of the full form alone that it is the full form', async () => {
    const root = project({ 'full.test.ts': `it.runIf(process.env['TELIT_SIM_FULL'] === '1')('is long', () => {})` })
    const env = { TELIT_SIM_FULL: '' }
    expect((await runTests(root, '{ full: false }', env)).result.counts).toEqual({ passed: 0, failed: 0, skipped: 1 })
    expect((await runTests(root, '{ full: true }', env)).result.counts).toEqual({ passed: 1, failed: 0, skipped: 0 })
  })

  it('runs a file that failed a second time, and names it when it then passes', async () => {
    const root = project({
      'steady.test.ts': `it('passes', () => {})`,
      'race.test.ts': `it('passes the second time', () => {
        const seen = existsSync('seen')
        writeFileSync('seen', '')
        expect(seen).toBe(true)
      })\nit('passes each time', () => {})`
    })
    const { stderr, result } = await runTests(root, '{}')
    expect(stderr).toContain('telit-sim: Failed, and run a second time now: test/race.test.ts.\n')
    expect(stderr).toContain('telit-sim: Passed only the second time, so unsteady: test/race.test.ts.\n')
    expect(result).toEqual({ status: 0, counts: { passed: 3, failed: 0, skipped: 0 } })
  })

  it('fails when a file fails both times', async () => {
    const root = project({
      'good.test.ts': `it('passes', () => {})`,
      'bad.test.ts': `it('fails', () => { expect(1).toBe(2) })\nit('passes', () => {})`
    })
    const { stderr, result } = await runTests(root, '{}')
    expect(stderr).toContain('Failed, and run a second time now: test/bad.test.ts.')
    expect(stderr).not.toContain('unsteady')
    expect(result).toEqual({ status: 1, counts: { passed: 2, failed: 1, skipped: 0 } })
  })

  it('does not run them again when many files fail', async () => {
    const bad = `it('fails', () => { expect(1).toBe(2) })`
    const root = project({ 'a.test.ts': bad, 'b.test.ts': bad, 'c.test.ts': bad, 'd.test.ts': bad })
    const { stderr, result } = await runTests(root, '{}')
    expect(stderr).not.toContain('a second time')
    expect(result).toEqual({ status: 1, counts: { passed: 0, failed: 4, skipped: 0 } })
  })

  it('takes its own options before vitest sees them', async () => {
    const { stdout } = await script(
      `import { takeOwnOptions } from ${build('test-runner.mjs')}\nfor (const args of [[], ['--no-install', 'x', '--full', '-t', 'y']]) console.log(JSON.stringify(takeOwnOptions(args)))`
    )
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    ).toEqual([
      { mayInstall: true, full: false, rest: [] },
      { mayInstall: false, full: true, rest: ['x', '-t', 'y'] }
    ])
  })
})

describe.skipIf(process.platform !== 'linux')('the Debian packages of the tests', () => {
  /**
   * Runs with an apt-get and a sudo that only record their calls. `stays`: whether the packages are still missing
   * afterwards.
   */
  async function ensure(options: string, aptStatus = 0, stays = false) {
    const folder = scratchFolder()
    for (const [name, status] of [
      ['apt-get', aptStatus],
      ['sudo', 0]
    ] as const) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> ${join(folder, 'calls')}\nexit ${status}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    const text = `
      import { existsSync } from 'node:fs'
      import { ensureDebianPackages } from ${build('setup/debian-packages.mjs')}
      const missing = () => (${stays} || !existsSync(${JSON.stringify(join(folder, 'calls'))}) ? ['picocom', 'tio'] : [])
      await ensureDebianPackages('/nowhere', { missing, ...${options} })`
    const { stderr } = await script(text, { PATH: `${folder}${delimiter}${process.env['PATH']}`, CI: '' })
    const calls = existsSync(join(folder, 'calls'))
      ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
      : []
    return { calls, stderr }
  }

  it('are installed in one call by root, who is told before', async () => {
    const { calls, stderr } = await ensure('{ uid: 0 }')
    expect(calls).toEqual(['apt-get install -y -q --no-install-recommends picocom tio'])
    expect(stderr).toBe(
      'telit-sim: Installing Debian packages for the tests: picocom tio. (npm test -- --no-install forbids this.)\n'
    )
  })

  it('are asked for once more after the lists have been fetched', async () => {
    expect((await ensure('{ uid: 0 }', 100, true)).calls).toEqual([
      'apt-get install -y -q --no-install-recommends picocom tio',
      'apt-get update -q'
    ])
  })

  it.each([
    [
      'by root with --no-install',
      '{ uid: 0, mayInstall: false }',
      'apt-get install -y --no-install-recommends picocom tio'
    ],
    [
      'by anybody else, not through sudo either',
      '{ uid: 1000 }',
      'sudo apt-get install -y --no-install-recommends picocom tio'
    ]
  ])('are not installed %s: the one command is printed', async (_who, options, command) => {
    const { calls, stderr } = await ensure(options)
    expect(calls).toEqual([])
    expect(stderr).toContain('telit-sim: MISSING, so that tests with these programs are SKIPPED: picocom tio\n')
    expect(stderr).toContain(`telit-sim: To install them (Debian): ${command}\n`)
  })
})
