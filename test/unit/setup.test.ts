import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repository, setUpScript } from '../fixtures/setup-scripts.ts'
import { scratchFolder } from './ports/scratch-folder.ts'

const { nodeVersionProblem } = await setUpScript('node-version')
const { run, findProgram } = await setUpScript('run')
const { withLock } = await setUpScript('lock')
const { whyInstall, missingCompilerParts, ptyProblem } = await setUpScript('packages')
const { fingerprint, isBuilt } = await setUpScript('program-build')
const { electronProgram, fetchElectron, hasDisplay, reasonIn } = await setUpScript('electron-program')

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

describe('the version of Node', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '26.0.0'])('%s is new enough', (version) =>
    expect(nodeVersionProblem(version)).toBeNull()
  )

  it.each(['20.18.9', '18.20.4', '8.0.0'])('%s is too old, in one sentence', (version) => {
    expect(nodeVersionProblem(version)).toBe(
      `This is Node ${version}; the simulator needs Node 20.19.0 or later (https://nodejs.org).`
    )
  })

  it('is the one that package.json asks for', () => {
    const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      engines: { node: string }
    }
    expect(nodeVersionProblem(engines.node.replace('>=', ''))).toBeNull()
    expect(nodeVersionProblem('20.18.9')).toContain(engines.node.replace('>=', ''))
  })
})

describe('whether packages have to be installed', () => {
  const lock = (packages: object): string => JSON.stringify({ packages: { '': {}, ...packages } })
  const wanted = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/@b/c': { version: '2.0.0' },
    'node_modules/other-system': { version: '3.0.0', optional: true }
  }

  it('not when npm installed what the lock file names', () => {
    const root = scratchFolder()
    write(join(root, 'package-lock.json'), lock(wanted))
    const { 'node_modules/other-system': _optional, ...installed } = wanted
    write(join(root, 'node_modules/.package-lock.json'), lock(installed))
    expect(whyInstall(root)).toBeNull()
  })

  it('on a fresh clone', () => {
    const root = scratchFolder()
    write(join(root, 'package-lock.json'), lock(wanted))
    expect(whyInstall(root)).toBe('none are installed')
  })

  it.each([
    ['a package is new', { 'node_modules/a': { version: '1.0.0' } }, '@b/c 2.0.0 is not installed'],
    ['a version has changed', { ...wanted, 'node_modules/a': { version: '0.9.0' } }, 'a 1.0.0 is not installed'],
    [
      'an optional one has changed',
      { ...wanted, 'node_modules/other-system': { version: '2.9.0' } },
      'other-system 3.0.0 is not installed'
    ]
  ])('when %s', (_case, installed, why) => {
    const root = scratchFolder()
    write(join(root, 'package-lock.json'), lock(wanted))
    write(join(root, 'node_modules/.package-lock.json'), lock(installed))
    expect(whyInstall(root)).toBe(why)
  })

  it('finds this checkout installed', () => expect(whyInstall(repository)).toBeNull())

  it('knows what a compiler needs', () => {
    const folder = scratchFolder()
    expect(missingCompilerParts(folder)).toEqual(['python3', 'make', 'g++'])
    for (const name of ['python3', 'make', 'c++']) {
      write(join(folder, name), '')
      chmodSync(join(folder, name), 0o755)
    }
    expect(missingCompilerParts(folder)).toEqual([])
  })

  it('names a version of each package that exists for every system', () => {
    // npm ci refuses a lock file in which the native part of a package is missing for some other system.
    const { packages } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>
    }
    const absent = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))
      )
    )
    expect(absent).toEqual([])
  })
})

describe('whether the program has to be built', () => {
  it('knows its sources by content, not by time', () => {
    const root = scratchFolder()
    write(join(root, 'src/main/cli/run.ts'), 'export {}')
    write(join(root, 'package.json'), '{}')
    const before = fingerprint(root)
    utimesSync(join(root, 'src/main/cli/run.ts'), 1, 1)
    expect(fingerprint(root)).toBe(before)
    appendFileSync(join(root, 'src/main/cli/run.ts'), '\n')
    const changed = fingerprint(root)
    expect(changed).not.toBe(before)
    write(join(root, 'src/shared/new.ts'), '')
    expect(fingerprint(root)).not.toBe(changed)
    rmSync(join(root, 'src/shared/new.ts'))
    expect(fingerprint(root)).toBe(changed)
  })

  it('wants every part of the program and a stamp of its sources', () => {
    const root = scratchFolder()
    write(join(root, 'src/main/cli/run.ts'), 'export {}')
    const parts = ['main/cli.js', 'main/index.js', 'preload/index.cjs', 'renderer/index.html']
    for (const part of parts) write(join(root, 'out', part), '')
    expect(isBuilt(root)).toBe(false)
    write(join(root, 'out/.stamp'), fingerprint(root))
    expect(isBuilt(root)).toBe(true)
    rmSync(join(root, 'out/renderer/index.html'))
    expect(isBuilt(root)).toBe(false)
  })
})

describe('two starts at once', () => {
  it('take turns', async () => {
    const file = join(scratchFolder(), 'lock')
    let inside = 0
    const work = async (): Promise<void> => {
      inside += 1
      expect(inside).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)])
    expect(existsSync(file)).toBe(false)
  })

  it('are not stopped by one that was killed', async () => {
    const file = join(scratchFolder(), 'lock')
    const killed = spawn(process.execPath, ['-e', ''])
    await once(killed, 'exit')
    writeFileSync(file, String(killed.pid))
    expect(await withLock(file, async () => 'mine')).toBe('mine')
  })

  it('give up on one that hangs, and name it', async () => {
    const file = join(scratchFolder(), 'lock')
    writeFileSync(file, String(process.pid))
    await expect(withLock(file, async () => 'mine', { limitMs: 1 })).rejects.toThrow(new RegExp(`pid ${process.pid}`))
  })
})

describe('node-pty that was not built', () => {
  it('S-9: is told with what is missing of a compiler', () => {
    expect(ptyProblem(repository, ['make', 'g++'])).toBe(
      'node-pty could not be compiled (make and g++ are missing): there is no serial port, but --tcp PORT gives the AT port over TCP.'
    )
  })

  it.skipIf(process.platform !== 'linux' || missingCompilerParts().length > 0)(
    'S-9: with a compiler that fails, is told with a command that shows what the compiler said',
    async () => {
      const folder = scratchFolder()
      for (const compiler of ['g++', 'c++', 'clang++']) {
        write(join(folder, compiler), '#!/bin/sh\necho "this compiler is broken on purpose" >&2\nexit 1\n')
        chmodSync(join(folder, compiler), 0o755)
      }
      const command = /its build failed; (.*) shows why/.exec(ptyProblem(repository, []))![1]!
      expect(command).toMatch(/node-pty@\d/)
      // A person's shell does not have the variables that `npm test --silent` sets for its programs.
      const outside = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
      const env = {
        ...outside,
        PATH: `${folder}:${process.env['PATH']}`,
        TMPDIR: folder,
        CXX: join(folder, 'g++'),
        npm_config_prefer_offline: 'true'
      }
      const { status, stderr } = spawnSync('/bin/sh', ['-c', command], { cwd: folder, encoding: 'utf8', env })
      expect(stderr).toContain('this compiler is broken on purpose')
      expect(status).not.toBe(0)
    }
  )
})

describe('a program of the set-up', () => {
  it('passes on status and output', async () => {
    expect(await run(process.execPath, ['-e', 'console.log(1); console.error(2); process.exit(7)'])).toEqual({
      status: 7,
      output: expect.stringMatching(/1\n.*2\n|2\n.*1\n/s)
    })
    expect(await run('/no/such/program', [])).toMatchObject({ status: 127 })
  })

  it('does not take longer than it may', async () => {
    expect((await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { limitMs: 50 })).status).toBe(137)
  })

  it('is found in PATH only where it can be run', () => {
    const folder = scratchFolder()
    write(join(folder, 'tool'), '')
    chmodSync(join(folder, 'tool'), 0o644)
    mkdirSync(join(folder, 'folder'))
    expect(findProgram('folder', folder)).toBeNull()
    expect(findProgram('tool', folder)).toBeNull()
    chmodSync(join(folder, 'tool'), 0o755)
    expect(findProgram('tool', folder)).toBe(join(folder, 'tool'))
  })
})

describe('Electron', () => {
  /** Makes an installer that counts its runs and then does what the text says. */
  function fakePackage(installer: string): string {
    const root = scratchFolder()
    write(
      join(root, 'node_modules/electron/install.js'),
      `require('node:fs').appendFileSync(__dirname + '/runs', 'x');\n${installer}`
    )
    return root
  }
  const runs = (root: string): number => readFileSync(join(root, 'node_modules/electron/runs'), 'utf8').length

  it('is fetched when it can be had', async () => {
    const root = fakePackage(`
      const fs = require('node:fs')
      fs.mkdirSync(__dirname + '/dist')
      fs.writeFileSync(__dirname + '/dist/electron', '')
      fs.writeFileSync(__dirname + '/path.txt', 'electron')`)
    expect(electronProgram(root, {})).toBeNull()
    expect(await fetchElectron(root)).toEqual({ program: join(root, 'node_modules/electron/dist/electron') })
    expect(electronProgram(root, {})).toBe(join(root, 'node_modules/electron/dist/electron'))
  })

  it('is asked for once a day where it cannot be had, with the reason and no stack', async () => {
    const root = fakePackage(
      "Promise.reject(new TypeError('fetch failed')).catch((error) => { console.error(error.stack); process.exit(1) })"
    )
    const day = 24 * 3_600_000
    expect(await fetchElectron(root, 0)).toEqual({ problem: 'fetch failed' })
    expect(await fetchElectron(root, day - 1)).toEqual({
      problem: 'fetch failed; the next attempt is made a day after the last'
    })
    expect(runs(root)).toBe(1)
    await fetchElectron(root, day)
    expect(runs(root)).toBe(2)
  })

  it.each([
    ['RequestError: getaddrinfo EAI_AGAIN github.com\n    at x (y.js:1)', 'getaddrinfo EAI_AGAIN github.com'],
    ['/a/b.js:12\n  throw err\n  ^\n\nError [ERR_X]: Cannot do it.\n    at z', 'Cannot do it'],
    ['connect ECONNREFUSED 127.0.0.1:1', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['', null]
  ])('has its reason read from %j', (output, reason) => expect(reasonIn(output)).toBe(reason))

  it('needs a display on Linux', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })
})
