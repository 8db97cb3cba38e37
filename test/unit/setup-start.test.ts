import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { repository } from '../fixtures/setup-scripts.ts'
import { scratchFolder } from './ports/scratch-folder.ts'

/** A separate checkout, so that building it disturbs no other test. It shares the packages. */
let root = ''

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'telit-sim-checkout-'))
  chmodSync(root, 0o755)
  for (const name of [
    'build',
    'src',
    'package.json',
    'package-lock.json',
    'tsconfig.base.json',
    'tsconfig.json',
    'electron.vite.config.ts'
  ]) {
    cpSync(join(repository, name), join(root, name), { recursive: true })
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  const first = await finished(start(['--help']))
  expect(first.stderr).toBe('telit-sim: Building the program.\n')
  expect(first.stdout).toMatch(/^telit-sim \[serve\]/)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const quiet = ['--state', 'none', '--lab', 'off', '--speed', '50', '--json']

function start(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [join(root, 'build/start.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env: environment(options.env)
  })
  onTestFinishedOrHook(() => void child.kill('SIGKILL'))
  return child
}

/** Returns the environment without a display. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  return { ...env, ...more }
}

function onTestFinishedOrHook(cleanUp: () => void): void {
  try {
    onTestFinished(cleanUp)
  } catch {
    // In `beforeAll`, the process has already ended.
  }
}

async function finished(child: ChildProcess): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  child.stdout!.on('data', (text) => (said.stdout += text))
  child.stderr!.on('data', (text) => (said.stderr += text))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, ...said }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { value } = await createInterface(child.stdout!)[Symbol.asyncIterator]().next()
  return String(value)
}

describe.skipIf(process.platform === 'win32')('npm start', () => {
  it('builds nothing the second time', async () => {
    const before = statSync(join(root, 'out/main/cli.js')).mtimeMs
    const { status, stdout, stderr } = await finished(start(['--help']))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^telit-sim \[serve\]/)
    expect(statSync(join(root, 'out/main/cli.js')).mtimeMs).toBe(before)
  })

  it('passes wrong usage through', async () => {
    const { status, stdout, stderr } = await finished(start(['--headless', '--no-such-option']))
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('says in one line that there is no display, and serves the board', async () => {
    const folder = scratchFolder()
    const child = start(quiet, { env: { XDG_RUNTIME_DIR: folder } })
    const end = finished(child)
    const ready = JSON.parse(await firstLine(child)) as { event: string; ui: string; ports: { link: string }[] }
    expect(ready).toMatchObject({
      event: 'ready',
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
      ports: [{ link: join(folder, 'telit-sim/tty0') }]
    })
    expect(existsSync(ready.ports[0]!.link)).toBe(true)
    child.kill('SIGTERM')
    expect(await end).toMatchObject({ status: 0, stderr: 'telit-sim: There is no display: no window opens.\n' })
    expect(readdirSync(join(folder, 'telit-sim'))).toEqual(['links'])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'through npm, leaves neither process nor link behind after %s',
    async (signal) => {
      const folder = scratchFolder()
      const child = spawn('npm', ['start', '--', '--headless', ...quiet], {
        cwd: root,
        detached: true,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: environment({ XDG_RUNTIME_DIR: folder })
      })
      onTestFinished(() => endGroup(child.pid!))
      for await (const line of createInterface(child.stdout)) if (line.startsWith('{"event":"ready"')) break
      expect(lstatSync(join(folder, 'telit-sim/tty0')).isSymbolicLink()).toBe(true)
      const end = once(child, 'exit')
      // Like Ctrl-C in a terminal, which sends the signal to the whole foreground group.
      process.kill(-child.pid!, signal)
      await end
      await expect.poll(() => groupLives(child.pid!), { timeout: 10_000 }).toBe(false)
      expect(readdirSync(join(folder, 'telit-sim'))).toEqual(['links'])
    }
  )

  it('ends by itself when npm alone is ended, as by a script that knows its process', async () => {
    const folder = scratchFolder()
    const child = spawn('npm', ['start', '--', '--headless', ...quiet], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: environment({ XDG_RUNTIME_DIR: folder })
    })
    onTestFinished(() => endGroup(child.pid!))
    for await (const line of createInterface(child.stdout)) if (line.startsWith('{"event":"ready"')) break
    child.kill('SIGTERM')
    await expect.poll(() => groupLives(child.pid!), { timeout: 10_000 }).toBe(false)
    expect(readdirSync(join(folder, 'telit-sim'))).toEqual(['links'])
  })
})

/** Electron does not run as root, so another user starts it. */
const electronUser = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

/** Returns whether that user can read this checkout. Root's home is not readable for others. */
function electronUserReads(path: string): boolean {
  if (process.platform !== 'linux') return false
  const ok =
    spawnSync(process.execPath, ['-e', 'require("node:fs").readdirSync(process.argv[1])', path], {
      ...electronUser,
      stdio: 'ignore'
    }).status === 0
  if (!ok) process.stderr.write(`SKIPPED: the tests of the desktop start, because uid 65534 may not read ${path}\n`)
  return ok
}

/** A script stands in for Electron and prints how it was started. */
describe.skipIf(!electronUserReads(join(repository, 'node_modules')))('npm start with a display', () => {
  function startDesktop(script: string, args: readonly string[] = []): ChildProcess {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/electron'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, 'dist/electron'), 0o755)
    return start(args, {
      ...electronUser,
      env: { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist'), XDG_RUNTIME_DIR: folder }
    })
  }

  it('starts Electron with the arguments, and passes its status on', async () => {
    const { status, stdout, stderr } = await finished(
      startDesktop('echo "$@"; exit 7', ['--product', 'HE910', '--speed', '2'])
    )
    expect({ status, stderr }).toEqual({ status: 7, stderr: '' })
    expect(stdout).toBe(`${root} --product HE910 --speed 2\n`)
  })

  it.each([[['--headless']], [['--help']], [['products']]])('does not start Electron with %j', async (args) => {
    const { stdout } = await finished(startDesktop('echo ELECTRON', [...args, '--no-such-option']))
    expect(stdout).not.toContain('ELECTRON')
  })

  it('passes a signal on and waits', async () => {
    const child = startDesktop('trap "echo closed; exit 0" TERM; echo ready; while :; do sleep 0.05; done')
    const end = finished(child)
    expect(await firstLine(child)).toBe('ready')
    child.kill('SIGTERM')
    expect(await end).toMatchObject({ status: 0, stdout: expect.stringContaining('closed') })
  })

  it('serves the board to the browser when Electron does not come to life', async () => {
    const child = startDesktop('echo "electron: error while loading shared libraries: libnss3.so" >&2; exit 127', quiet)
    const end = finished(child)
    expect(await firstLine(child)).toMatch(/^\{"event":"ready"/)
    child.kill('SIGTERM')
    expect(await end).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(
        'telit-sim: Electron ended before it had a window (see above); it goes on without one.\n'
      )
    })
  })

  it.runIf(process.getuid?.() === 0)('says in one line that Electron does not run as root', async () => {
    const child = start(quiet, { env: { DISPLAY: ':99', XDG_RUNTIME_DIR: scratchFolder() } })
    const end = finished(child)
    await firstLine(child)
    child.kill('SIGTERM')
    expect(await end).toMatchObject({
      status: 0,
      stderr: 'telit-sim: Electron does not run as root: no window opens.\n'
    })
  })
})

function groupLives(pgid: number): boolean {
  try {
    process.kill(-pgid, 0)
    return true
  } catch {
    return false
  }
}

function endGroup(pgid: number): void {
  try {
    process.kill(-pgid, 'SIGKILL')
  } catch {
    // It has already ended, as it should.
  }
}
