import { spawn } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runSimulator, type ReadyLine, type SimulatorRun } from '../fixtures/simulator-process.ts'

// Another user of the same machine, without rights (uid 65534), against the running simulator. Needs root: there is no
// other way to be two users in one test.

const otherUser = 65_534
const canBeTwo = process.platform === 'linux' && process.getuid?.() === 0
if (!canBeTwo)
  process.stderr.write('SKIPPED, the tests as another local user need root (to start a program as uid 65534)\n')

/** Runs a script as the other user. It gets `argument` and prints JSON. */
async function asOther<Result>(script: string, argument: unknown): Promise<Result> {
  const program = `const fs = require('node:fs'), net = require('node:net'); const it = ${JSON.stringify(argument)};
    const attempt = (f) => { try { const r = f(); return r === undefined ? 'done' : r } catch (error) { return error.code } };
    ${script}`
  const child = spawn(process.execPath, ['-e', program], {
    uid: otherUser,
    gid: otherUser,
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let text = ''
  child.stdout.on('data', (part: Buffer) => (text += part.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  return JSON.parse(text) as Result
}

describe.skipIf(!canBeTwo)('another user of the machine', () => {
  /** A folder that everybody may enter: files in it must be protected by themselves. */
  const open = mkdtempSync(join(tmpdir(), 'local-user-'))
  const files = {
    link: join(open, 'tty0'),
    state: join(open, 'state'),
    ready: join(open, 'ready.json'),
    keyLog: join(open, 'keys.log'),
    runtime: join(open, 'run')
  }
  let run: SimulatorRun
  let ready: ReadyLine
  let token: string

  beforeAll(async () => {
    chmodSync(open, 0o755)
    mkdirSync(files.runtime, { mode: 0o755 })
    // Left over, and readable by everybody.
    writeFileSync(files.keyLog, '', { mode: 0o644 })
    run = runSimulator(
      [
        '--headless',
        '--json',
        '--ui',
        '0',
        '--tcp',
        '0',
        '--link',
        files.link,
        '--state',
        files.state,
        '--ready-file',
        files.ready,
        '--keylog',
        files.keyLog
      ],
      { XDG_RUNTIME_DIR: files.runtime, SECRET_IN_ENVIRONMENT: 'not-for-you' }
    )
    ready = JSON.parse(await run.firstLine) as ReadyLine
    token = new URL(ready.control!).searchParams.get('token')!
  })

  afterAll(async () => {
    run?.kill('SIGTERM')
    await run?.ended
    rmSync(open, { recursive: true, force: true })
  })

  test('cannot open the serial port, by its link or by its name', async () => {
    const pts = ready.ports[0]!.path
    const outcome = await asOther<Record<string, string>>(
      `console.log(JSON.stringify({
        readLink: attempt(() => fs.openSync(it.link, 'r')), writeLink: attempt(() => fs.openSync(it.link, 'w')),
        read: attempt(() => fs.openSync(it.pts, 'r')), write: attempt(() => fs.openSync(it.pts, 'w')), open: attempt(() => fs.chmodSync(it.pts, 0o666)) }))`,
      { link: files.link, pts }
    )
    expect(outcome).toEqual({ readLink: 'EACCES', writeLink: 'EACCES', read: 'EACCES', write: 'EACCES', open: 'EPERM' })
    // Debian's devpts makes it writable for the group tty (wall, write); other systems only for its owner.
    expect([0o600, 0o620]).toContain(statSync(pts).mode & 0o777)
  })

  test('cannot move or remove the link, nor put something in its place', async () => {
    expect(
      await asOther(
        `console.log(JSON.stringify([attempt(() => fs.unlinkSync(it.link)), attempt(() => fs.symlinkSync('/dev/null', it.link + '.x')), attempt(() => fs.renameSync(it.link, it.link + '.x'))]))`,
        files
      )
    ).toEqual(['EACCES', 'EACCES', 'EACCES'])
  })

  test('cannot look into the state folder or the runtime folder, nor lock the user out', async () => {
    expect(
      await asOther(
        `console.log(JSON.stringify([attempt(() => fs.readdirSync(it.state)), attempt(() => fs.readFileSync(it.state + '/lab/lab-ca.key')), attempt(() => fs.writeFileSync(it.state + '/lock', 'x')),
          attempt(() => fs.writeFileSync(it.state + '/preloaded-ca.pem', 'x')), attempt(() => fs.readdirSync(it.runtime + '/telit-sim'))]))`,
        files
      )
    ).toEqual(Array(5).fill('EACCES'))
    expect(statSync(files.state).mode & 0o777).toBe(0o700)
  })

  test('cannot read the token: not from the ready file, the process list, its environment or its memory', async () => {
    const seen = await asOther<{ ready: string; list: string; others: string[] }>(
      `console.log(JSON.stringify({ ready: attempt(() => fs.readFileSync(it.ready, 'utf8')), list: attempt(() => fs.readFileSync('/proc/' + it.pid + '/cmdline', 'utf8')),
        others: ['environ', 'mem', 'maps', 'fd'].map((name) => attempt(() => String(name === 'fd' ? fs.readdirSync('/proc/' + it.pid + '/fd') : fs.readFileSync('/proc/' + it.pid + '/' + name)))) }))`,
      { ...files, pid: run.pid }
    )
    expect(seen.ready).toBe('EACCES')
    expect(statSync(files.ready).mode & 0o777).toBe(0o600)
    expect(seen.list).toContain('--ready-file')
    expect(seen.list).not.toContain(token)
    expect(seen.others).toEqual(Array(4).fill('EACCES'))
  })

  test('cannot read the key log, even where a readable file lay in its place', async () => {
    expect(await asOther(`console.log(JSON.stringify(attempt(() => fs.readFileSync(it.keyLog, 'utf8'))))`, files)).toBe(
      'EACCES'
    )
    expect(statSync(files.keyLog).mode & 0o777).toBe(0o600)
  })

  test('reaches the control port on loopback, and gets nothing there without the token', async () => {
    const answer = await asOther<string>(
      `const socket = net.connect(it.port, '127.0.0.1'); let text = ''; socket.on('data', (part) => {
          if (text === '') socket.write(Buffer.from([0x88, 0x80, 0, 0, 0, 0]))
          text += part.toString('latin1')
        });
        socket.on('close', () => console.log(JSON.stringify(text)));
        socket.write('GET /api?token=' + '0'.repeat(64) + ' HTTP/1.1\\r\\nHost: 127.0.0.1:' + it.port + '\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Version: 13\\r\\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\\r\\n\\r\\n')`,
      { port: Number(new URL(ready.ui!).port) }
    )
    expect(answer).toContain('The token is missing or not of this run')
    expect(answer).not.toContain('"snapshot"')
  })

  test('cannot lead the ready file elsewhere with links put there first', async () => {
    const shared = mkdtempSync(join(tmpdir(), 'shared-'))
    chmodSync(shared, 0o1777)
    const precious = join(open, 'precious')
    writeFileSync(precious, 'untouched')
    await asOther(
      `console.log(JSON.stringify([fs.symlinkSync(it.precious, it.file + '.new'), fs.symlinkSync(it.precious, it.file)].length))`,
      { precious, file: join(shared, 'ready.json') }
    )
    const other = runSimulator(
      [
        '--headless',
        '--json',
        '--ui',
        'off',
        '--lab',
        'off',
        '--state',
        'none',
        '--link',
        join(open, 'tty1'),
        '--ready-file',
        join(shared, 'ready.json')
      ],
      { XDG_RUNTIME_DIR: files.runtime }
    )
    await other.firstLine
    expect(readFileSync(precious, 'utf8')).toBe('untouched')
    expect(lstatSync(join(shared, 'ready.json')).isSymbolicLink()).toBe(false)
    other.kill('SIGTERM')
    await other.ended
    rmSync(shared, { recursive: true, force: true })
  })

  test('cannot have the simulator use a runtime folder that is theirs', async () => {
    const shared = mkdtempSync(join(tmpdir(), 'shared-'))
    chmodSync(shared, 0o1777)
    const trap = join(shared, `telit-sim-${process.getuid!()}`)
    await asOther(
      `console.log(JSON.stringify(attempt(() => { fs.mkdirSync(it.trap); fs.chmodSync(it.trap, 0o777) })))`,
      { trap }
    )
    symlinkSync('/dev/null', join(shared, 'unrelated'))
    const other = runSimulator(['--headless', '--ui', 'off', '--lab', 'off', '--state', 'none'], {
      XDG_RUNTIME_DIR: '',
      TMPDIR: shared
    })
    expect(await other.ended).toMatchObject({ status: 3 })
    expect(other.stderr()).toMatch(/^telit-sim: The folder [^\n]* belongs to another user[^\n]*\n$/)
    rmSync(shared, { recursive: true, force: true })
  })
})
