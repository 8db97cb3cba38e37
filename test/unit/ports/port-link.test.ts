import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { PortError } from '../../../src/main/ports/index.ts'
import { openNativePty } from '../../../src/main/ports/native-pty.ts'
import { PortLink } from '../../../src/main/ports/port-link.ts'
import { bundle, bundlePorts } from './bundled-ports.ts'
import { scratchFolder } from './scratch-folder.ts'

/** Opens a port in a process of its own. Resolves with its output once the link is there. */
async function portInChild(folder: string, link: string): Promise<{ child: ChildProcess; path: string }> {
  const ports = await bundlePorts(folder)
  const script = `
    import { openPtyPort } from ${JSON.stringify(ports)}
    const nobody = { data() {}, presence() {}, drained() {}, overrun() {}, note() {} }
    const port = await openPtyPort({ link: ${JSON.stringify(link)}, recordFolder: ${JSON.stringify(folder)} }, nobody)
    process.stdout.write(port.path)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [output] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, path: output.toString() }
}

async function killHard(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

function expectRefusal(claim: () => unknown, code: string, words: RegExp): void {
  expect(claim).toThrow(PortError)
  expect(claim).toThrow(words)
  try {
    claim()
  } catch (error) {
    expect((error as PortError).code).toBe(code)
    expect((error as PortError).message).not.toContain('\n')
  }
}

describe.skipIf(process.platform === 'win32')('the link of a port', () => {
  it('is published, moved and removed', () => {
    const folder = scratchFolder()
    const path = join(folder, 'tty0')
    const link = PortLink.claim(path, folder)
    expect(existsSync(path)).toBe(false)
    link.pointTo('/dev/null')
    expect(readlinkSync(path)).toBe('/dev/null')
    link.pointTo('/dev/zero')
    expect(readlinkSync(path)).toBe('/dev/zero')
    link.remove()
    link.remove()
    expect(lstatSync(path, { throwIfNoEntry: false })).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['links'])
    expect(readdirSync(join(folder, 'links'))).toEqual([])
  })

  it('replaces a dead link', () => {
    const folder = scratchFolder()
    const path = join(folder, 'tty0')
    symlinkSync(join(folder, 'gone'), path)
    const link = PortLink.claim(path, folder)
    link.pointTo('/dev/null')
    expect(readlinkSync(path)).toBe('/dev/null')
    link.remove()
  })

  it('refuses a file, a folder and a living link that it did not make, and leaves them as they are', () => {
    const folder = scratchFolder()
    const [file, directory, foreign] = [join(folder, 'file'), join(folder, 'directory'), join(folder, 'foreign')]
    writeFileSync(file, 'precious')
    mkdirSync(directory)
    symlinkSync('/dev/null', foreign)
    expectRefusal(() => PortLink.claim(file, folder), 'link-taken', /is a file that the simulator did not make/)
    expectRefusal(() => PortLink.claim(directory, folder), 'link-taken', /is a folder that the simulator did not make/)
    expectRefusal(
      () => PortLink.claim(foreign, folder),
      'link-taken',
      /is a link to \/dev\/null that the simulator did not make/
    )
    expect(readFileSync(file, 'utf8')).toBe('precious')
    expect(readlinkSync(foreign)).toBe('/dev/null')
  })

  it('refuses a folder that is not there', () => {
    const folder = scratchFolder()
    const path = join(folder, 'no', 'such', 'tty0')
    const link = PortLink.claim(path, folder)
    expectRefusal(() => link.pointTo('/dev/null'), 'link-failed', /folder .* does not exist/)
    link.remove()
  })

  it('leaves a link alone on removal when somebody else has replaced it', async () => {
    const folder = scratchFolder()
    const path = join(folder, 'tty0')
    const link = PortLink.claim(path, folder)
    link.pointTo('/dev/null')
    rmSync(path)
    symlinkSync('/dev/zero', path)
    expectRefusal(() => link.pointTo('/dev/full'), 'link-taken', /did not make/)
    link.remove()
    expect(readlinkSync(path)).toBe('/dev/zero')
  })

  it('S-12: leaves the record of another simulator alone that took the name in a folder made anew, and refuses to move the link', () => {
    const folder = scratchFolder()
    const link = PortLink.claim(join(folder, 'tty0'), folder)
    link.pointTo('/dev/null')
    const records = join(folder, 'links')
    const [name] = readdirSync(records)
    const theirs = JSON.stringify({ pid: process.ppid, startTime: null, link: join(folder, 'tty0'), targets: [] })
    writeFileSync(join(records, name!), theirs)
    expectRefusal(
      () => link.pointTo('/dev/zero'),
      'link-taken',
      new RegExp(`running simulator \\(pid ${process.ppid}\\)`)
    )
    link.remove()
    expect(readFileSync(join(records, name!), 'utf8')).toBe(theirs)
  })

  it('refuses the link of a living simulator and names its pid, also when the link is reached through another folder', async () => {
    const folder = scratchFolder()
    const link = join(folder, 'tty0')
    const { child, path } = await portInChild(folder, link)
    expectRefusal(
      () => PortLink.claim(link, folder),
      'link-taken',
      new RegExp(`running simulator \\(pid ${child.pid}\\)`)
    )
    symlinkSync(folder, join(folder, 'detour'))
    expectRefusal(
      () => PortLink.claim(join(folder, 'detour', 'tty0'), folder),
      'link-taken',
      new RegExp(`pid ${child.pid}`)
    )
    expect(readlinkSync(link)).toBe(path)
  })

  it('refuses the same link twice in one process', () => {
    const folder = scratchFolder()
    const first = PortLink.claim(join(folder, 'tty0'), folder)
    expectRefusal(() => PortLink.claim(join(folder, 'tty0'), folder), 'link-taken', new RegExp(`pid ${process.pid}`))
    first.remove()
    PortLink.claim(join(folder, 'tty0'), folder).remove()
  })

  it("S-16: takes back its own link after kill -9, even when the terminal has become somebody else's", async () => {
    const folder = scratchFolder()
    const link = join(folder, 'tty0')
    // The terminal belongs to another program from the beginning: a test cannot wait for the system to reuse a number.
    const somebodyElses = foreignTerminal()
    const child = await linkInChild(folder, link, somebodyElses)
    await killHard(child)
    expect(readlinkSync(link)).toBe(somebodyElses)
    expect(existsSync(link)).toBe(true)
    const mine = PortLink.claim(link, folder)
    mine.pointTo('/dev/null')
    expect(readlinkSync(link)).toBe('/dev/null')
    mine.remove()
  })

  it("S-16: leaves the same link alone when no record says that it was a simulator's", async () => {
    const folder = scratchFolder()
    const link = join(folder, 'tty0')
    const somebodyElses = foreignTerminal()
    await killHard(await linkInChild(folder, link, somebodyElses))
    for (const record of readdirSync(join(folder, 'links'))) rmSync(join(folder, 'links', record))
    expectRefusal(() => PortLink.claim(link, folder), 'link-taken', /did not make/)
    expect(readlinkSync(link)).toBe(somebodyElses)
  })

  it('takes back its own link after kill -9 with the terminal gone', async () => {
    const folder = scratchFolder()
    const link = join(folder, 'tty0')
    const { child, path } = await portInChild(folder, link)
    await killHard(child)
    expect(readlinkSync(link)).toBe(path)
    PortLink.claim(link, folder).remove()
    expect(lstatSync(link, { throwIfNoEntry: false })).toBeUndefined()
  })

  it('takes a record for dead whose pid now belongs to another process', () => {
    const folder = scratchFolder()
    const path = join(folder, 'tty0')
    const link = PortLink.claim(path, folder)
    link.pointTo('/dev/null')
    const file = join(folder, 'links', readdirSync(join(folder, 'links'))[0]!)
    const record = JSON.parse(readFileSync(file, 'utf8')) as { startTime: string }
    writeFileSync(file, JSON.stringify({ ...record, startTime: '1' }))
    const next = PortLink.claim(path, folder)
    next.pointTo('/dev/zero')
    expect(readlinkSync(path)).toBe('/dev/zero')
    next.remove()
  })

  it('starts on an unreadable record', () => {
    const folder = scratchFolder()
    const path = join(folder, 'tty0')
    PortLink.claim(path, folder).pointTo('/dev/null')
    const file = join(folder, 'links', readdirSync(join(folder, 'links'))[0]!)
    writeFileSync(file, '{"pid": 1, "lin')
    // No owner of the link is known now, and its target exists: it is left alone.
    expectRefusal(() => PortLink.claim(path, folder), 'link-taken', /did not make/)
  })
})

/** Opens a terminal of this test, which exists until its end. */
function foreignTerminal(): string {
  const pair = openNativePty()
  onTestFinished(() => {
    closeSync(pair.master)
    closeSync(pair.slave)
  })
  return pair.path
}

/** Starts a process that has published the link to `target`, like a simulator's port. */
async function linkInChild(folder: string, link: string, target: string): Promise<ChildProcess> {
  const script = `
    import { PortLink } from ${JSON.stringify(await bundle('src/main/ports/port-link.ts', folder, 'port-link.mjs'))}
    PortLink.claim(${JSON.stringify(link)}, ${JSON.stringify(folder)}).pointTo(${JSON.stringify(target)})
    process.stdout.write('published')
    setInterval(() => {}, 1_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}
