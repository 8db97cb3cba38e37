import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  ReadyFileError,
  removeReadyFile,
  removeStaleReadyFile,
  writeReadyFile
} from '../../../src/main/cli/ready-file.ts'
import { parseCommandLine, UsageError } from '../../../src/main/options/options.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

const outputs = ['--capture', '--keylog', '--transcript', '--ready-file', '--link'] as const
const pairs = outputs.flatMap((one, at) => outputs.slice(at + 1).map((other) => [one, other] as const))

function refusal(args: readonly string[], inputs: readonly string[] = []): string | null {
  try {
    parseCommandLine(args, inputs)
    return null
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

/** Ways to write one path differently. */
const spellings: readonly (readonly [string, (folder: string) => readonly [string, string]])[] = [
  ['the same words', (folder) => [join(folder, 'a'), join(folder, 'a')]],
  ['a relative path', (folder) => [join(folder, 'a'), relative(process.cwd(), join(folder, 'a'))]],
  ['a ./ and a ../', (folder) => [join(folder, 'a'), `${folder}/./b/../a`]],
  [
    'a folder reached through a link',
    (folder) => {
      mkdirSync(join(folder, 'real'))
      symlinkSync('real', join(folder, 'alias'))
      return [join(folder, 'real/a'), join(folder, 'alias/a')]
    }
  ]
]

describe('the files of one run', () => {
  it.each(pairs.flatMap(([one, other]) => spellings.map(([words, make]) => ({ one, other, words, make }))))(
    'S-7: $one and $other may not be one file, by $words',
    ({ one, other, make }) => {
      const [first, second] = make(scratchFolder())
      expect(refusal([one, first, other, second])).toMatch(/^(--[a-z-]+) and (--[a-z-]+) name the same file .*\.$/)
    }
  )

  it('S-7: a link to a file that is not there yet, and a second name of one that is, are that file', () => {
    const folder = scratchFolder()
    symlinkSync('talk', join(folder, 'dangling'))
    expect(refusal(['--transcript', join(folder, 'talk'), '--capture', join(folder, 'dangling')])).toBe(
      `--capture and --transcript name the same file ${join(folder, 'talk')}.`
    )
    writeFileSync(join(folder, 'one'), '')
    linkSync(join(folder, 'one'), join(folder, 'other'))
    expect(refusal(['--transcript', join(folder, 'one'), '--capture', join(folder, 'other')])).toContain(
      'name the same file'
    )
  })

  it('S-7: links that lead in a circle are refused by nobody here, and end', () => {
    const folder = scratchFolder()
    symlinkSync('b', join(folder, 'a'))
    symlinkSync('a', join(folder, 'b'))
    expect(refusal(['--transcript', join(folder, 'a')])).toBeNull()
  })

  it('S-7: two links of two instances are two names', () => {
    const folder = scratchFolder()
    expect(refusal(['--instances', '2', '--link', join(folder, 'tty'), '--link', `${folder}/./tty`])).toContain(
      '--link and --link name the same file'
    )
  })

  it.each(['lock', 'lock.12.dead', 'preloaded-ca.pem', 'lab/lab-pki.json', 'HE910/nvm.json', 'GE865-QUAD/nvm.json'])(
    "S-7: no file of a run is the state folder's own %s",
    (name) => {
      const folder = scratchFolder()
      for (const option of outputs)
        expect(refusal(['--state', folder, option, join(folder, name)])).toBe(
          `${option} ${join(folder, name)} is a file of the state folder ${folder}.`
        )
    }
  )

  it('S-7: nor the folder itself, above it, or a second name of its image', () => {
    const folder = scratchFolder()
    expect(refusal(['--state', folder, '--transcript', folder])).toBe(
      `--transcript and --state name the same place ${folder}.`
    )
    expect(refusal(['--state', join(folder, 'talk/state'), '--transcript', join(folder, 'talk')])).toBe(
      `--transcript names the file ${join(folder, 'talk')}, but --state names a folder in it.`
    )
    mkdirSync(join(folder, 'HE910'))
    writeFileSync(join(folder, 'HE910/nvm.json'), '{}')
    linkSync(join(folder, 'HE910/nvm.json'), join(folder, 'copy'))
    expect(refusal(['--state', folder, '--capture', join(folder, 'copy')])).toContain('is a file of the state folder')
  })

  it('S-7: other files may lie in the state folder, and a stale link may lead to what is now the UART', () => {
    const folder = scratchFolder()
    expect(
      refusal([
        '--state',
        folder,
        '--transcript',
        join(folder, 'talk'),
        '--ready-file',
        join(folder, 'ready.json'),
        '--link',
        join(folder, 'tty0')
      ])
    ).toBeNull()
    symlinkSync('/dev/pts/99999', join(folder, 'tty'))
    expect(refusal(['--link', join(folder, 'tty'), '--serial', '/dev/pts/99999@9600'])).toBeNull()
  })

  it('S-7: an output is no input: the UART, the files that the desktop program opens', () => {
    const folder = scratchFolder()
    expect(refusal(['--transcript', '/dev/ttyUSB7', '--serial', '/dev/ttyUSB7@9600'])).toBe(
      '--transcript and --serial name the same file /dev/ttyUSB7.'
    )
    const opened = join(folder, 'seen.pcapng')
    expect(refusal(['--capture', `${folder}/./seen.pcapng`], [opened])).toBe(
      `--capture and the file to open name the same file ${opened}.`
    )
    expect(refusal([], [opened, opened])).toBeNull()
  })

  it('S-7: no file lies in another one, or where the links of other simulators are noted down', () => {
    const folder = scratchFolder()
    expect(refusal(['--capture', join(folder, 'a'), '--transcript', join(folder, 'a/b')])).toBe(
      `--transcript ${join(folder, 'a/b')} cannot be in ${join(folder, 'a')}, which is the file of --capture.`
    )
    const before = process.env['XDG_RUNTIME_DIR']
    process.env['XDG_RUNTIME_DIR'] = folder
    try {
      expect(refusal(['--transcript', join(folder, 'telit-sim/links/x.json')])).toContain(
        'where the simulator records its links'
      )
      expect(refusal(['--transcript', join(folder, 'telit-sim/tty0')])).toContain(
        '--transcript and the default link of an AT instance name the same file'
      )
    } finally {
      if (before === undefined) delete process.env['XDG_RUNTIME_DIR']
      else process.env['XDG_RUNTIME_DIR'] = before
    }
  })
})

/** Whether this user may mount a folder at a second path in a mount namespace. */
const canBind = spawnSync('unshare', ['-rm', 'true']).status === 0

describe.skipIf(!canBind)('a folder with two real names, as a bind mount gives it', () => {
  /** Returns standard error and exit status of a run in which `alias` is another path of `real`. */
  function runBound(
    folder: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stderr: string } {
    mkdirSync(join(folder, 'real'))
    mkdirSync(join(folder, 'alias'))
    const command = 'mount --bind real alias && shift && exec "$@"'
    const run = spawnSync(
      'unshare',
      [
        '-rm',
        'sh',
        '-c',
        command,
        'sh',
        '-',
        process.execPath,
        join(process.cwd(), 'out/main/cli.js'),
        '--headless',
        '--ui',
        'off',
        ...args
      ],
      { cwd: folder, encoding: 'utf8', timeout: 20_000 }
    )
    return { status: run.status, stderr: run.stderr }
  }

  it.each([
    ['--transcript', '--ready-file'],
    ['--keylog', '--ready-file'],
    ['--capture', '--transcript']
  ])('S-7: %s and %s may not be one file that is not there yet', (one, other) => {
    const run = runBound(scratchFolder(), '--state', 'none', one, 'real/file', other, 'alias/file')
    expect(run.stderr).toContain(`${one} and ${other} name the same file alias/file.`)
    expect(run.status).toBe(2)
  })

  it("S-7: no file of a run is the state folder's own by its other name", () => {
    const run = runBound(scratchFolder(), '--state', 'real', '--transcript', 'alias/HE910/nvm.json')
    expect(run.stderr).toContain('--transcript alias/HE910/nvm.json is a file of the state folder real.')
    expect(run.status).toBe(2)
  })
})

describe('a ready file', () => {
  const line = '{"event":"ready","ports":[]}'

  it.each([
    ['a note', 'precious\n'],
    ['a log that begins with a ready line', `${line}\n{"event":"result"}\n`],
    ['a line that only looks like one', '{"event":"ready", }\n']
  ])('S-7: %s is neither replaced nor removed', (_words, content) => {
    const file = join(scratchFolder(), 'ready.json')
    writeFileSync(file, content)
    expect(() => removeStaleReadyFile(file)).toThrow(
      new ReadyFileError(
        `${file} was not written by a simulator as its ready file; remove it or choose another --ready-file.`
      )
    )
    expect(() => writeReadyFile(file, line)).toThrow(ReadyFileError)
    removeReadyFile(file, line)
    expect(readFileSync(file, 'utf8')).toBe(content)
  })

  it('S-7: of a killed simulator, and an empty one, is replaced', () => {
    const file = join(scratchFolder(), 'ready.json')
    for (const left of [`${line}\n`, '']) {
      writeFileSync(file, left)
      removeStaleReadyFile(file)
      writeReadyFile(file, line)
      expect(readFileSync(file, 'utf8')).toBe(`${line}\n`)
    }
  })

  it('S-11: a pipe, a device and a folder in its place are refused and stay', () => {
    const folder = scratchFolder()
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const [path, what] of [
      [pipe, 'not a file'],
      ['/dev/null', 'not a file'],
      [folder, 'a folder']
    ] as const) {
      expect(() => removeStaleReadyFile(path)).toThrow(`The ready file ${path} cannot be written: it is ${what}.`)
      expect(existsSync(path)).toBe(true)
    }
  })
})
