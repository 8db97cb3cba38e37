import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ControlClient } from '../../fixtures/control-client.ts'
import { haveRegistryFor } from '../../fixtures/peers.ts'
import { repository } from '../../fixtures/setup-scripts.ts'
import type { ReadyLine } from '../../fixtures/simulator-process.ts'

interface HeadlessPackage {
  layOutHeadlessPackage(root: string, folder: string): void
  reachable(main: string): { files: ReadonlySet<string>; packages: ReadonlySet<string> }
}
const { layOutHeadlessPackage, reachable } = (await import(
  pathToFileURL(join(repository, 'build/headless-package.mjs')).href
)) as HeadlessPackage

/** The headless program as people get it from npm: packed, installed into an empty folder, run from there. */
describe('the headless program as an npm package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'headless-package-'))
  const installed = join(folder, 'app')
  const npm = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, npm_config_update_notifier: 'false' },
      stdio: ['ignore', 'pipe', 'pipe']
    })

  beforeAll(() => {
    layOutHeadlessPackage(repository, join(folder, 'layout'))
    npm(join(folder, 'layout'), 'pack', '--pack-destination', folder)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  test('depends on what its built files import, at the versions of the project, and on nothing else', () => {
    const { dependencies, optionalDependencies, bin, ...rest } = JSON.parse(
      readFileSync(join(folder, 'layout/package.json'), 'utf8')
    ) as Record<string, Record<string, string>>
    const project = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >
    expect(Object.keys({ ...dependencies, ...optionalDependencies }).sort()).toEqual(
      [...reachable(join(repository, 'out/main')).packages].sort()
    )
    expect(Object.keys(optionalDependencies!)).toEqual(['node-pty'])
    expect(project['dependencies']).toMatchObject(dependencies!)
    expect(project['optionalDependencies']).toMatchObject(optionalDependencies!)
    expect(bin).toEqual({ 'telit-sim': 'bin/telit-sim.js' })
    expect(rest).toMatchObject({
      name: 'telit-ssl-simulator',
      version: project['version'],
      license: 'MIT',
      engines: project['engines']
    })
    expect(rest).not.toHaveProperty('private')
    expect(rest).not.toHaveProperty('scripts')
    expect(rest).not.toHaveProperty('devDependencies')
  })

  test('holds the program, the window and the licence; no sources, no maps, nothing of Electron', () => {
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
    const names = execFileSync('tar', ['tzf', join(folder, tarball!)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((name) => name.replace('package/', ''))
    expect(names).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/telit-sim.js',
        'out/main/cli.js',
        'out/main/timeline-search.js',
        'out/main/capture-worker.js',
        'out/renderer/index.html'
      ])
    )
    const expected =
      /^(LICENSE|README\.md|CHANGELOG\.md|THIRD-PARTY-NOTICES\.md|package\.json|bin\/telit-sim\.js|out\/main\/(chunks\/)?[\w-]+\.js|out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|svg|woff2)))$/
    expect(names.filter((name) => !expected.test(name))).toEqual([])
    expect(names).not.toContain('out/main/index.js')
    const text = names
      .filter((name) => name.startsWith('out/main/'))
      .map((name) => readFileSync(join(folder, 'layout', name), 'utf8'))
      .join('')
    expect(text).not.toMatch(/from "electron"/)
    expect(statSync(join(folder, tarball!)).size).toBeLessThan(5_000_000)
  })

  test(
    'installs into an empty folder, lists its products and serves a module',
    { timeout: 240_000 },
    async ({ skip }) => {
      const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
      mkdirSync(installed)
      npm(installed, 'init', '--yes')
      const have = haveRegistryFor(
        'the headless program installed from its tarball',
        () => void npm(installed, 'install', join(folder, tarball!))
      )
      if (!have) return skip()
      // Nothing of this checkout: only what npm installed.
      expect(existsSync(join(installed, 'node_modules/telit-ssl-simulator/out/main/cli.js'))).toBe(true)
      const products = execFileSync('npx', ['--no-install', 'telit-sim', 'products'], {
        cwd: installed,
        encoding: 'utf8'
      })
      expect(products).toContain('HE910')

      const args = [
        '--headless',
        '--json',
        '--state',
        'none',
        '--lab',
        'on',
        '--tcp',
        '0',
        '--link',
        join(folder, 'tty0')
      ]
      const program = spawn(join(installed, 'node_modules/.bin/telit-sim'), args, {
        cwd: installed,
        stdio: ['ignore', 'pipe', 'pipe']
      })
      let stderr = ''
      program.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
      let stdout = ''
      while (!stdout.includes('\n')) {
        const [part] = (await Promise.race([
          once(program.stdout, 'data'),
          once(program, 'exit').then(() => [null])
        ])) as [Buffer | null]
        if (part === null) throw new Error(`The program ended: ${stderr}`)
        stdout += part.toString()
      }
      const ready = JSON.parse(stdout) as ReadyLine
      // With a compiler there is a serial port; without one the program says so.
      expect(ready.ports.length === 1 || stderr.includes('node-pty is not built')).toBe(true)
      expect(await (await fetch(ready.ui!)).text()).toContain('<div id="root">')

      const socket = connect(ready.tcp!, '127.0.0.1')
      await once(socket, 'connect')
      socket.write('AT+GMM\r')
      let answer = ''
      while (!answer.includes('\r\nOK\r\n')) answer += String((await once(socket, 'data'))[0])
      expect(answer).toContain('HE910')
      socket.destroy()

      // The search runs in a thread, whose file must be found beside the program.
      const control = await ControlClient.open(ready.control!)
      const { nextSeq } = await control.events(0)
      const found = await control.findEvents({
        filter: { text: { pattern: 'AT+GMM', regex: false, matchCase: true } },
        fromSeq: 0,
        toSeq: nextSeq
      })
      expect(found.count).toBeGreaterThan(0)
      control.close()

      program.kill('SIGTERM')
      expect(await once(program, 'exit')).toEqual([0, null])
      expect(stderr).toBe('')
    }
  )
})
