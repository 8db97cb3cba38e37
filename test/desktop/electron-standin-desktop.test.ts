import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { SimulatorApi } from '../../src/shared/api/api.ts'
import { menuActs } from '../../src/shared/api/menu-acts.ts'
import { ownCapture } from '../fixtures/captures.ts'
import { havePeers } from '../fixtures/peers.ts'
import { repository } from '../fixtures/setup-scripts.ts'
import { freePort } from '../fixtures/tls-programs.ts'
import { Shell } from './standin/start-shell.ts'

/** In the page, where the functions for `evaluate` run. */
declare const telitSim: SimulatorApi

/** Each start runs a Chromium and a registration, on a busy machine. */
const severalStartsMs = 120_000

const folder = mkdtempSync(join(tmpdir(), 'desktop-'))
const userData = join(folder, '.config', 'telit-ssl-simulator')
const stateFolder = join(folder, 'state')
const transcript = join(folder, 'said.transcript')
const shells: Shell[] = []
const serving = ['--state', 'none', '--link', join(folder, 'tty0'), '--lab', 'off'] as const

/** Starts the shell with all its data in the test's folder. */
function start(args: readonly string[] = serving, answers: readonly (number | readonly string[])[] = []): Shell {
  const shell = new Shell(args, {
    answers,
    env: { HOME: folder, XDG_CONFIG_HOME: '', XDG_RUNTIME_DIR: folder, XDG_DATA_HOME: '', TMPDIR: folder }
  })
  shells.push(shell)
  return shell
}

async function boardUp(shell: Shell): Promise<void> {
  await shell.windowUp()
  await shell.until(() => document.querySelector('[role="toolbar"]'))
}

/** Writes a transcript that the module reproduces. */
function writeTranscript(): void {
  const [sample] = readdirSync(join(repository, 'test/fixtures/transcripts')).filter((name) =>
    name.endsWith('.transcript')
  )
  writeFileSync(transcript, readFileSync(join(repository, 'test/fixtures/transcripts', sample!)))
}

afterEach(async () => {
  await Promise.all(shells.splice(0).map((shell) => shell.end()))
  rmSync(userData, { recursive: true, force: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

describe.skipIf(!havePeers('chromium'))('the desktop shell around its window', { timeout: severalStartsMs }, () => {
  test('offers a menu whose window actions the window knows, and runs them', async () => {
    const shell = start()
    await boardUp(shell)
    const { menu } = await shell.facts()
    expect(menu!.map(({ label }) => label)).toEqual(['Simulator', 'Edit', 'Module', 'View', 'Help'])
    expect(menu![0]!.submenu!.map(({ label, role }) => label ?? role).filter(Boolean)).toEqual([
      'Check a transcript…',
      'Open a capture…',
      'Open a state folder…',
      'Recent state folders',
      'Show the state folder',
      'Open the board in a browser',
      'quit'
    ])
    await shell.clickMenu('View', menuActs.find(({ id }) => id === 'palette')!.label)
    await shell.until(() => document.querySelector('dialog[open] input'))
    await shell.reload()
    // Wait for the snapshot: before it, the key cannot be pressed.
    await shell.until(() => document.querySelector('.now')?.textContent.startsWith('Connecting') === false)
    await shell.clickMenu('Module', 'Press ON')
    // It shuts down: the power chart leaves `on`.
    await shell.until(() =>
      telitSim
        .snapshot()
        .then((snapshot) => snapshot.charts.some((chart) => chart.id === 'power' && chart.state === 'off'))
    )
  })

  test('the Help menu leads to listed pages, and About names the versions', async () => {
    const shell = start()
    await shell.windowUp()
    await shell.clickMenu('Help', 'TLS 1.0: RFC 2246')
    await shell.untilNews(() => shell.opened.length > 0)
    expect(shell.opened).toEqual(['https://www.rfc-editor.org/rfc/rfc2246'])
    const { about } = await shell.facts()
    expect(about).toMatchObject({ applicationName: 'Telit SSL Simulator', applicationVersion: '0.1.0' })
    expect(about!['credits']).toContain(`Node.js ${process.versions.node}`)
  })

  test('the board for browsers opens from the menu where there is one', async () => {
    const shell = start([...serving, '--ui', String(await freePort())])
    await shell.windowUp()
    await shell.clickMenu('Simulator', 'Open the board in a browser')
    await shell.untilNews(() => shell.opened.length > 0)
    expect(shell.opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/)])
  })

  test('keeps where the window was, for the user alone, and puts it there again', async () => {
    const first = start()
    await first.windowUp()
    await first.moveWindow({ x: 200, y: 100, width: 1400, height: 900 })
    expect(await first.closeWindow()).toEqual({ status: 0, signal: null })
    const file = join(userData, 'window.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const second = start()
    await second.windowUp()
    expect((await second.facts()).bounds).toEqual({ x: 200, y: 100, width: 1400, height: 900 })
  })

  test('is there once: a second start brings the first to the front, with its file, and ends', async () => {
    writeTranscript()
    const first = start()
    await first.windowUp()
    await first.minimize()
    const second = start([transcript])
    expect(await second.exit).toEqual({ status: 0, signal: null })
    expect(second.stderr).toBe('telit-sim: The simulator runs already; its window comes to the front.\n')
    await first.untilNews(() => first.dialogs.length > 0)
    expect(first.dialogs[0]!.detail).toContain(transcript)
    expect(await first.facts()).toMatchObject({ focused: 1, minimized: false })
    const third = start(['--product', 'GE910-QUAD'])
    expect(await third.exit).toEqual({ status: 3, signal: null })
    expect(third.stderr).toContain('takes no options now')
    await first.closeWindow()
    // The lock was removed with its owner.
    const next = start()
    await next.windowUp()
  })

  test('a transcript that is opened is checked, and its report can be copied', async () => {
    writeTranscript()
    const shell = start([...serving, transcript], [1])
    await shell.untilNews(() => shell.copied.length > 0)
    expect(shell.dialogs[0]).toMatchObject({ title: 'Check', buttons: ['Close', 'Copy report'] })
    expect(shell.dialogs[0]!.message).toMatch(/^The module says (what|something else than) the transcript/)
    expect(shell.copied[0]!.length).toBeGreaterThan(20)
    // A file as macOS passes it, and one that is not a transcript.
    writeFileSync(join(folder, 'wrong.transcript'), 'not a transcript at all')
    await shell.openFile(join(folder, 'wrong.transcript'))
    await shell.untilNews(() => shell.dialogs.length > 1)
    expect(shell.dialogs[1]).toMatchObject({ message: 'The transcript cannot be checked.', buttons: ['Close'] })
    expect(shell.dialogs[1]!.detail).toMatch(/^[^\n]*wrong\.transcript[^\n]*$/)
  })

  test('a transcript is chosen from the menu, or dropped on the window; another file is not taken', async () => {
    writeTranscript()
    const shell = start()
    await boardUp(shell)
    await shell.answerDialogs([transcript])
    await shell.clickMenu('Simulator', 'Check a transcript…')
    await shell.untilNews(() => shell.dialogs.length >= 2)
    writeFileSync(join(folder, 'note.txt'), 'hello')
    await shell.dropFiles(join(folder, 'note.txt'))
    await shell.dropFiles(transcript)
    await shell.untilNews(() => shell.dialogs.length >= 3)
    // Also on a panel, where the dock watches for dragged panels.
    await shell.dropFilesAt({ x: 640, y: 300 }, transcript)
    await shell.untilNews(() => shell.dialogs.length >= 4)
    expect(shell.dialogs.map(({ title }) => title)).toEqual(['Check a transcript', 'Check', 'Check', 'Check'])
    expect((await shell.facts()).url).toBe('telit-sim://board/index.html')
  })

  test('a capture that the program is started with, is told of, chosen or dropped is shown in the window, and comes to the front', async () => {
    const capture = join(folder, 'field.pcapng')
    writeFileSync(capture, ownCapture().file)
    const shell = start([...serving, capture])
    const heading = (name: string): Promise<void> =>
      shell.until(
        (wanted) =>
          document.querySelector('dialog[open].capture h2')?.textContent === `Capture: ${wanted}` &&
          document.querySelectorAll('dialog[open].capture .msg').length > 10,
        name
      )
    const closed = async (): Promise<void> => {
      await shell.evaluate(() =>
        document.querySelector<HTMLElement>('dialog[open].capture [aria-label="Close"]')!.click()
      )
      await shell.until(() => !document.querySelector('dialog[open]'))
    }
    await shell.windowUp()
    await heading('field.pcapng')
    // A file from macOS while the page is being reloaded.
    await shell.reload()
    writeFileSync(join(folder, 'second.pcapng'), ownCapture({ resumed: true }).file.subarray())
    await shell.openFile(join(folder, 'second.pcapng'))
    await shell.until(() => document.querySelector('dialog[open].capture h2')?.textContent === 'Capture: second.pcapng')
    await closed()
    await shell.answerDialogs([capture])
    await shell.clickMenu('Simulator', 'Open a capture…')
    await heading('field.pcapng')
    expect(shell.dialogs.map(({ title }) => title)).toEqual(['Open a capture'])
    await closed()
    await shell.dropFilesAt({ x: 640, y: 300 }, capture)
    await heading('field.pcapng')
    await closed()
    await shell.openFile(join(folder, 'gone.pcapng'))
    await shell.untilNews(() => shell.dialogs.length >= 2)
    expect(shell.dialogs[1]).toMatchObject({
      message: 'The capture cannot be opened.',
      detail: `${join(folder, 'gone.pcapng')} cannot be read: there is no such file.`
    })
    const { console: said } = await shell.facts()
    expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
  })

  test('stays in the tray once a person has asked for it, and remembers that', async () => {
    const first = start()
    await boardUp(first)
    expect((await first.facts()).tray).toEqual([])
    await first.clickMenu('View', 'Keep in the tray when the window is closed')
    const { tray, menu } = await first.facts()
    expect(tray).toEqual([
      {
        image: join(repository, 'build/icons/32x32.png'),
        toolTip: 'Telit SSL Simulator',
        menu: ['Show the board', "Copy the port's path", null, 'Press ON', 'Press RESET', null, 'Quit']
      }
    ])
    expect(
      menu!.find(({ label }) => label === 'View')!.submenu!.find(({ label }) => label?.startsWith('Keep'))!.checked
    ).toBe(true)
    await first.hideWindow()
    expect(existsSync(join(folder, 'tty0'))).toBe(true)
    await first.clickTray("Copy the port's path")
    await first.untilNews(() => first.copied.length > 0)
    expect(first.copied).toEqual([join(folder, 'tty0')])
    const { shows } = first
    await first.clickTray(null)
    await first.untilNews(() => first.shows > shows)
    expect((await first.facts()).visible).toBe(true)
    await first.clickTray('Press ON')
    await first.until(() =>
      telitSim
        .snapshot()
        .then((snapshot) => snapshot.charts.some((chart) => chart.id === 'power' && chart.state === 'off'))
    )
    await first.hideWindow()
    // Another start finds it there.
    const second = start([])
    expect(await second.exit).toEqual({ status: 0, signal: null })
    expect((await first.facts()).visible).toBe(true)
    await first.hideWindow()
    first.clickTray('Quit').catch(() => {})
    expect(await first.exit).toEqual({ status: 0, signal: null })
    expect(existsSync(join(folder, 'tty0'))).toBe(false)

    const again = start()
    await again.windowUp()
    expect((await again.facts()).tray).toHaveLength(1)
    await again.clickMenu('View', 'Keep in the tray when the window is closed')
    expect((await again.facts()).tray).toEqual([])
    // The close button quits again.
    expect(await again.closeWindow()).toEqual({ status: 0, signal: null })
  })

  test("without a tray of the system the window's cross quits as before, and a dialog says why", async () => {
    const shell = new Shell(serving, {
      env: { HOME: folder, XDG_CONFIG_HOME: '', XDG_RUNTIME_DIR: folder, STANDIN_NO_TRAY: '1' }
    })
    shells.push(shell)
    await shell.windowUp()
    await shell.clickMenu('View', 'Keep in the tray when the window is closed')
    await shell.untilNews(() => shell.dialogs.length > 0)
    expect(shell.dialogs[0]).toMatchObject({ message: 'This system has no system tray.', buttons: ['Close'] })
    expect(await shell.closeWindow()).toEqual({ status: 0, signal: null })
  })

  test('remembers state folders, shows this one, and starts again with another', async () => {
    const first = start(['--lab', 'off', '--link', join(folder, 'tty0'), '--state', stateFolder])
    await first.windowUp()
    await first.clickMenu('Simulator', 'Show the state folder')
    await first.untilNews(() => first.opened.length > 0)
    expect(first.opened).toEqual([stateFolder])
    await first.closeWindow()
    const second = start()
    await second.windowUp()
    await second.clickMenu('Simulator', 'Recent state folders', stateFolder)
    expect(await second.exit).toEqual({ status: 0, signal: null })
    expect(second.relaunches[0]!.slice(1)).toEqual([
      '--link',
      join(folder, 'tty0'),
      '--lab',
      'off',
      '--state',
      stateFolder
    ])
    const third = start(serving, [[join(folder, 'elsewhere')]])
    await third.windowUp()
    await third.clickMenu('Simulator', 'Open a state folder…')
    expect(await third.exit).toEqual({ status: 0, signal: null })
    expect(third.relaunches[0]!.at(-1)).toBe(join(folder, 'elsewhere'))
  })
})

describe.skipIf(!havePeers('chromium'))('the desktop shell when something fails', { timeout: severalStartsMs }, () => {
  test('a start that fails is a sentence, and a dialog that says what to do', async () => {
    mkdirSync(stateFolder, { recursive: true })
    const holder = start(['--lab', 'off', '--link', join(folder, 'tty0'), '--state', stateFolder])
    await holder.windowUp()
    // Another user-data folder, so that it is not a second instance.
    const shell = new Shell(['--lab', 'off', '--link', join(folder, 'tty1'), '--state', stateFolder], {
      answers: [1, [join(folder, 'other')]],
      env: { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config2'), XDG_RUNTIME_DIR: folder }
    })
    shells.push(shell)
    await shell.exit
    expect(shell.stderr).toMatch(/^telit-sim: The state folder [^\n]* is in use by the process \d+\.\n$/)
    expect(shell.dialogs[0]).toMatchObject({
      message: 'The simulator could not start.',
      buttons: ['Quit', 'Choose another state folder…']
    })
    expect(shell.dialogs[0]!.detail).toContain('choose another one')
    expect(shell.relaunches[0]!.slice(-2)).toEqual(['--state', join(folder, 'other')])
  })

  test('a page that crashes comes back while the module runs on; the fourth time a person is asked', async () => {
    const shell = start(serving, [1])
    await boardUp(shell)
    for (let crash = 1; crash <= 3; crash += 1) {
      await shell.crashPage()
      await expect
        .poll(
          async () => await shell.evaluate(() => Boolean(document.querySelector('[role="toolbar"]'))).catch(() => false)
        )
        .toBe(true)
    }
    expect(await shell.evaluate(async () => (await telitSim.snapshot()).product.name)).toBe('HE910')
    expect(shell.dialogs).toEqual([])
    await shell.crashPage()
    expect(await shell.exit).toEqual({ status: 0, signal: null })
    expect(shell.dialogs[0]).toMatchObject({
      message: "The window's page has crashed again.",
      buttons: ['Load the page', 'Quit']
    })
    expect(shell.stderr.match(/The window's page ended \(crashed\); the simulator goes on/g)).toHaveLength(4)
    expect(existsSync(join(folder, 'tty0'))).toBe(false)
  })

  test('a page that hangs can be loaded anew', async () => {
    const shell = start(serving, [1])
    await boardUp(shell)
    await shell.evaluate(() => void Object.assign(window, { before: true }))
    await shell.hangPage()
    await shell.untilNews(() => shell.dialogs.length > 0)
    await expect
      .poll(
        async () =>
          await shell
            .evaluate(() => !('before' in window) && Boolean(document.querySelector('[role="toolbar"]')))
            .catch(() => false)
      )
      .toBe(true)
  })

  test('a failure of its own closes the module, leaves a report for its user alone, and says where', async () => {
    const shell = start()
    await shell.windowUp()
    await shell.throwInMain('a fault of the test')
    expect(await shell.exit).toEqual({ status: 1, signal: null })
    const [report] = readdirSync(join(userData, 'crashes'))
    const file = join(userData, 'crashes', report!)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toContain('a fault of the test')
    expect(shell.stderr).toBe(
      `telit-sim: The simulator failed: a fault of the test\ntelit-sim: A report is in ${file}.\n`
    )
    expect(shell.dialogs[0]).toMatchObject({ message: 'The simulator failed and must close.', buttons: ['Quit'] })
    expect(shell.dialogs[0]!.detail).toContain(file)
    expect(existsSync(join(folder, 'tty0'))).toBe(false)
  })

  test('a shut-down of the system closes the module in good order', async () => {
    const shell = start(['--lab', 'off', '--link', join(folder, 'tty0'), '--state', stateFolder])
    await shell.windowUp()
    expect(await shell.systemShutdown()).toEqual({ status: 0, signal: null })
    expect(existsSync(join(stateFolder, 'lock'))).toBe(false)
  })
})
