import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { at, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import type { ReadyLine } from '../../fixtures/simulator-process.ts'
import { leaveScreen } from '../terminals/recipes.ts'
import { Screen } from '../terminals/screen.ts'

// screen and gammu open the terminal exclusively (TIOCEXCL) and never release it, so that only root could open it
// again. So the simulator and its clients run as an ordinary user here: for root the problem would not exist.

const asRoot = process.getuid?.() === 0
/** www-data exists on every Debian. Not `nobody`: in screen that name means a user without any rights. */
const ordinary = { uid: 33, gid: 33 }
const user = asRoot ? ordinary : {}
const nodeIsReachable = !asRoot || spawnSync(process.execPath, ['-e', '0'], { ...ordinary, cwd: '/' }).status === 0

if (!nodeIsReachable) process.stderr.write(`SKIPPED, an ordinary user may not run ${process.execPath}\n`)

describe.skipIf(!havePeers('pyserial', 'screen', 'gammu', 'tmux') || process.platform !== 'linux' || !nodeIsReachable)(
  'an exclusive client',
  () => {
    let home: string
    let link: string
    let stop: () => Promise<unknown>

    beforeAll(async () => {
      home = mkdtempSync(join(tmpdir(), 'ordinary-user-'))
      link = join(home, 'modem')
      copyProgram(home)
      if (asRoot) chownSync(home, ordinary.uid, ordinary.gid)
      const args = [
        join(home, 'program/out/main/cli.js'),
        '--headless',
        '--json',
        '--ui',
        'off',
        '--lab',
        'off',
        '--state',
        'none',
        '--link',
        link
      ]
      const environment = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home }
      const child = spawn(process.execPath, args, {
        ...user,
        cwd: home,
        env: environment,
        stdio: ['ignore', 'pipe', 'inherit']
      })
      const ended = once(child, 'exit')
      stop = () => {
        child.kill('SIGTERM')
        return ended
      }
      const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string]
      expect((JSON.parse(line) as ReadyLine).ports[0]!.link).toBe(link)
    })

    afterAll(async () => {
      expect(await stop?.()).toEqual([0, null])
      expect(existsSync(link)).toBe(false)
      rmSync(home, { recursive: true, force: true })
    })

    const nextClientIsServed = (): Promise<unknown> =>
      typeOverPort(link, [...at('ATE0'), ...at('AT'), { send: 'ATE1\r' }, { expect: 'OK\\r\\n' }], user)

    it('screen, twice', async () => {
      for (let round = 1; round <= 2; round += 1) {
        const sockets = join(home, 'screens')
        const screen = new Screen(`env SCREENDIR=${sockets} screen ${link} 115200`, home, user)
        onTestFinished(() => screen.close())
        await screen.wake()
        await screen.leave(leaveScreen)
        await nextClientIsServed()
      }
    }, 60_000)

    it('leaves, and at no moment the link leads nowhere', async () => {
      const host = join(home, 'exclusive_host.py')
      cpSync(join(import.meta.dirname, '../../fixtures/exclusive_host.py'), host)
      const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [host, link, '20'], {
        ...user,
        cwd: home,
        encoding: 'utf8',
        timeout: 50_000
      })
      expect({ stdout, stderr, status }).toEqual({ stdout: '0\n', stderr: '', status: 0 })
      await nextClientIsServed()
    }, 60_000)

    it('gammu, twice', async () => {
      const configuration = join(home, 'gammurc')
      writeFileSync(configuration, `[gammu]\ndevice = ${link}\nconnection = at115200\n`)
      for (let round = 1; round <= 2; round += 1) {
        const gammu = spawn('gammu', ['-c', configuration, '--identify'], {
          ...user,
          cwd: home,
          stdio: ['ignore', 'pipe', 'inherit']
        })
        let output = ''
        gammu.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
        await once(gammu, 'close')
        expect(output).toMatch(/Model +: HE910/)
        await nextClientIsServed()
      }
    }, 60_000)
  }
)

/** Copies the built program, with its packages, to where an ordinary user can read it. */
function copyProgram(home: string): void {
  const program = join(home, 'program')
  mkdirSync(program)
  cpSync('package.json', join(program, 'package.json'))
  cpSync('out/main', join(program, 'out/main'), { recursive: true })
  for (const part of ['package.json', 'lib', 'build/Release', 'prebuilds']) {
    const from = join('node_modules/node-pty', part)
    if (existsSync(from))
      cpSync(from, join(program, from), { recursive: true, filter: (source) => !source.includes('win32') })
  }
  // screen needs its own folder with these permissions.
  mkdirSync(join(home, 'screens'), { mode: 0o700 })
  if (asRoot) chownSync(join(home, 'screens'), ordinary.uid, ordinary.gid)
}
