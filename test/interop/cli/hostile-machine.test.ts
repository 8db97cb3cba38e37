import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { repository } from '../../fixtures/setup-scripts.ts'

// Starts on a machine with a problem: one sentence and status 2 or 3, never a stack.

const linux = process.platform === 'linux'
const cli = join(repository, 'out/main/cli.js')
/** For root nothing is read-only. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
let folder: string

interface Started {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program. A successful start is ended after its ready line. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, limits = ''): Promise<Started> {
  const [program, ...rest] =
    limits === ''
      ? [process.execPath, cli, ...args]
      : ['/bin/sh', '-c', `${limits}; exec "$@"`, 'sh', process.execPath, cli, ...args]
  const child = spawn(program!, rest, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_RUNTIME_DIR: join(folder, 'runtime'), ...env }
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => {
    said.stdout += bytes
    if (said.stdout.includes('"event":"ready"')) child.kill('SIGTERM')
  })
  child.stderr.on('data', (bytes) => (said.stderr += bytes))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, ...said }
}

/** Returns arguments for a start without state and lab, and further ones. */
function quick(...more: readonly string[]): string[] {
  const own = [
    ['--lab', 'off'],
    ['--state', 'none'],
    ['--link', join(folder, 'tty0')]
  ]
    .filter(([option]) => !more.includes(option!))
    .flat()
  return ['--headless', '--json', '--ui', 'off', '--speed', '50', ...own, ...more]
}

function expectOneSentence({ status, stdout, stderr }: Started, sentence: RegExp): void {
  expect({ status, stdout, stderr }).toEqual({
    status: 3,
    stdout: '',
    stderr: expect.stringMatching(/^telit-sim: [^\n]*\.\n$/)
  })
  expect(stderr).toMatch(sentence)
  // System error codes are for programmers only.
  expect(stderr).not.toMatch(/\bE[A-Z]{4,}\b|\n {4}at /)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'telit-sim-hostile-'))
  mkdirSync(join(folder, 'runtime'))
  return () => rmSync(folder, { recursive: true, force: true })
})

const write = (file: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), 'x')
}
const make = (path: string): void => void mkdirSync(join(folder, path), { recursive: true })

describe.skipIf(!linux)('a start of the built program', () => {
  it.each<[string, () => void, () => string[], RegExp]>([
    [
      'whose lock is a folder',
      () => make('s/lock'),
      () => quick('--state', 's'),
      /The state folder s cannot be used: its lock cannot be read, because it is a folder/
    ],
    [
      'whose state folder is a file',
      () => write('s'),
      () => quick('--state', 's'),
      /The state folder s cannot be used: it is no folder/
    ],
    [
      'whose state folder is below a file',
      () => write('s'),
      () => quick('--state', 's/t'),
      /a part of the path is no folder/
    ],
    [
      'whose CA certificate is a folder',
      () => make('s/preloaded-ca.pem'),
      () => quick('--state', 's'),
      /preloaded-ca\.pem cannot be read: it is a folder/
    ],
    [
      'whose product folder is a file',
      () => write('s/HE910'),
      () => quick('--state', 's'),
      /s\/HE910 cannot be created: something else exists at its path/
    ],
    [
      'whose NVM image is a folder',
      () => make('s/HE910/nvm.json'),
      () => quick('--state', 's'),
      /nvm\.json cannot be read: it is a folder/
    ],
    [
      'whose lab folder is a file',
      () => write('s/lab'),
      () => quick('--state', 's', '--lab', 'on'),
      /The lab's keys cannot be kept in s\/lab: something else exists at its path; --lab off/
    ],
    [
      'whose lab keys are a folder',
      () => make('s/lab/lab-pki.json'),
      () => quick('--state', 's', '--lab', 'on'),
      /The lab's keys cannot be kept in s\/lab: it is a folder/
    ],
    [
      'whose ready file is a folder',
      () => make('r'),
      () => quick('--ready-file', 'r'),
      /The ready file \S*r cannot be written: it is a folder/
    ],
    [
      'whose ready file is a device',
      () => {},
      () => quick('--ready-file', '/dev/full'),
      /The ready file \/dev\/full cannot be written: it is not a file/
    ],
    [
      'whose ready file is in no folder',
      () => {},
      () => quick('--ready-file', 'no/r'),
      /cannot be written: its folder does not exist/
    ],
    [
      'whose link is a folder',
      () => make('l'),
      () => quick().map((arg) => (arg === join(folder, 'tty0') ? join(folder, 'l') : arg)),
      /l is a folder that the simulator did not make/
    ],
    [
      'whose runtime folder is a file',
      () => write('runtime/telit-sim'),
      quick,
      /telit-sim cannot be created: something else exists at its path; set XDG_RUNTIME_DIR/
    ],
    [
      'whose folder of links is a file',
      () => write('runtime/telit-sim/links'),
      quick,
      /The records of links cannot be kept in \S+: something else exists at its path/
    ]
  ])('S-8: %s is refused in one sentence', async (_what, prepare, args, sentence) => {
    prepare()
    expectOneSentence(await run(args()), sentence)
  })

  it('S-8: without a temporary folder the lab is refused in one sentence', async () => {
    expectOneSentence(
      await run(quick('--lab', 'on'), { TMPDIR: join(folder, 'nowhere') }),
      /No temporary folder can be created in \S+: its folder does not exist; set TMPDIR/
    )
  })

  it('S-8: with no files left to open it says so, at whatever it was about to open', async () => {
    expectOneSentence(await run(quick(), {}, 'ulimit -n 20'), /this process may open no more files \(ulimit -n\)/)
    // From some number of files on it can start.
    for (const files of [21, 22, 23, 24, 26, 28]) {
      const { status, stderr } = await run(quick(), {}, `ulimit -n ${files}`)
      expect([0, 3]).toContain(status)
      for (const line of stderr.split('\n').slice(0, -1)) expect(line).toMatch(/^telit-sim: .*\.$/)
      if (status === 3) expect(stderr).toMatch(/^telit-sim: [^\n]*ulimit -n[^\n]*\n$/)
    }
  })

  it('S-8: a full standard output is told in one sentence', () => {
    expect(fullOutput()).toEqual({
      status: 3,
      stderr: 'telit-sim: Standard output cannot be written: the disk is full.\n'
    })
  })

  it('S-8: HOME that is empty or missing leads to the home of the user, and nothing into the working folder', async () => {
    const args = quick().filter((arg, at, all) => arg !== '--state' && all[at - 1] !== '--state')
    const { status, stderr } = await run([...args, '--no-such-option'], { HOME: '' })
    expect([status, stderr.split('\n').length]).toEqual([2, 2])
    expectOneSentence(
      await run(args, { HOME: '/dev/null', XDG_DATA_HOME: 'relative' }),
      /\/dev\/null\/\.local\/share\/telit-sim cannot be used: a part of the path is no folder/
    )
  })
})

/** Runs with /dev/full as standard output. */
function fullOutput(): { status: number | null; stderr: string } {
  const { status, stderr } = spawnSync(
    '/bin/sh',
    ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, cli, ...quick()],
    { cwd: folder, encoding: 'utf8' }
  )
  return { status, stderr }
}

/** Mounts a full file system of 16 kB, where this user may. */
function fullDisk(): string | null {
  const disk = mkdtempSync(join(tmpdir(), 'telit-sim-full-'))
  const mounted =
    process.getuid?.() === 0 && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0
  if (!mounted) return (rmSync(disk, { recursive: true }), null)
  mkdirSync(join(disk, 'empty'))
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'fill')}`, 'bs=1k'])
  return disk
}

const disk = linux ? fullDisk() : null
afterAll(() => {
  if (disk === null) return
  spawnSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

describe.skipIf(disk === null)('a start on a full disk', () => {
  it.each<[string, () => string[], NodeJS.ProcessEnv, RegExp]>([
    [
      'the state folder',
      () => quick('--state', join(disk!, 'empty')),
      {},
      /The state folder \S+ cannot be used: the disk is full/
    ],
    [
      'the ready file',
      () => quick('--ready-file', join(disk!, 'ready')),
      {},
      /The ready file \S+ cannot be written: the disk is full/
    ],
    [
      'the temporary folder',
      () => quick('--lab', 'on'),
      { TMPDIR: disk ?? '' },
      /No temporary folder can be created in \S+: the disk is full/
    ],
    ['the runtime folder', quick, { XDG_RUNTIME_DIR: disk ?? '' }, /The (link|folder|records) .* the disk is full/]
  ])('S-8: says it of %s in one sentence', async (_what, args, env, sentence) =>
    expectOneSentence(await run(args(), env), sentence)
  )
})

describe.skipIf(!linux)('npm start in a checkout that was not built', () => {
  let checkout: string
  beforeAll(() => {
    checkout = mkdtempSync(join(tmpdir(), 'telit-sim-unbuilt-'))
    chmodSync(checkout, 0o755)
    for (const name of [
      'build',
      'src',
      'package.json',
      'package-lock.json',
      'tsconfig.base.json',
      'tsconfig.json',
      'electron.vite.config.ts'
    ])
      cpSync(join(repository, name), join(checkout, name), { recursive: true })
    symlinkSync(join(repository, 'node_modules'), join(checkout, 'node_modules'))
    return () => rmSync(checkout, { recursive: true, force: true })
  })

  function start(limits = 'true', user: object = {}): Started {
    const { status, stdout, stderr } = spawnSync(
      '/bin/sh',
      ['-c', `${limits}; exec "$@"`, 'sh', process.execPath, join(checkout, 'build/start.mjs'), '--headless', '--help'],
      { encoding: 'utf8', ...user }
    )
    return { status, stdout, stderr }
  }

  const canRead =
    spawnSync(
      process.execPath,
      ['-e', `require('node:fs').readdirSync(${JSON.stringify(join(repository, 'node_modules'))})`],
      nobody
    ).status === 0
  it.skipIf(!canRead)('S-8: that may not be written says so in one sentence', () => {
    chmodSync(checkout, 0o555)
    onTestFinished(() => chmodSync(checkout, 0o755))
    expectOneSentence(
      start('true', nobody),
      /The folder \S+out, which set-up and build write into, cannot be created: this user may not/
    )
  })

  it('S-8: with a file where the built program belongs says so in one sentence', () => {
    writeFileSync(join(checkout, 'out'), '')
    onTestFinished(() => rmSync(join(checkout, 'out')))
    expectOneSentence(
      start(),
      /The folder \S+out, which set-up and build write into, cannot be created: something else exists at its path/
    )
  })

  it('S-8: with a lock that is a folder says so at once, in one sentence', () => {
    mkdirSync(join(checkout, 'out/.setup-lock'), { recursive: true })
    onTestFinished(() => rmSync(join(checkout, 'out'), { recursive: true }))
    expectOneSentence(start(), /The lock \S+\.setup-lock is not a file; remove it/)
  })

  it('S-8: with no files left to open says so in one sentence', () => {
    expectOneSentence(start('ulimit -n 20'), /this process may open no more files \(ulimit -n\)/)
    for (const files of [21, 22, 23]) {
      const { status, stderr } = start(`ulimit -n ${files}`)
      expect(status).toBe(3)
      expect(stderr).toMatch(/^(telit-sim: Building the program\.\n)?telit-sim: [^\n]*ulimit -n[^\n]*\.\n$/)
    }
  })
})
