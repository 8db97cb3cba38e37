import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aboutPanel } from '../../../src/main/desktop/about.ts'
import { writeCrashReport } from '../../../src/main/desktop/crash-report.ts'
import {
  messageBox,
  ownFailure,
  pageFailure,
  pageHangs,
  startFailure
} from '../../../src/main/desktop/failure-dialogs.ts'
import { menuTemplate, type MenuDeeds, type MenuFacts, type MenuLine } from '../../../src/main/desktop/menu.ts'
import {
  forgetFolders,
  MAX_RECENT_FOLDERS,
  recentFolders,
  rememberFolder
} from '../../../src/main/desktop/recent-folders.ts'
import { argumentsWithState } from '../../../src/main/desktop/relaunch.ts'
import { checkDialog } from '../../../src/main/desktop/transcript-check.ts'
import {
  keepWindow,
  keptInTray,
  placeOn,
  restoreWindow,
  type Bounds,
  type KeptWindow
} from '../../../src/main/desktop/window-state.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

const display: Bounds = { x: 0, y: 30, width: 1920, height: 1050 }

describe('the place of the window', () => {
  const bounds: Bounds = { x: 200, y: 100, width: 1280, height: 800 }
  const beside: Bounds = { x: -1280, y: 0, width: 1280, height: 1024 }

  it.each([
    ['is kept on its display', bounds, [display], bounds],
    ['is kept on a display to the left', { ...bounds, x: -1200 }, [display, beside], { ...bounds, x: -1200 }],
    ['is left to the system when its display has gone', { ...bounds, x: -1200 }, [display], null],
    ['is left to the system when its upper edge is above every display', { ...bounds, y: -5 }, [display], null],
    ['is left to the system when only a corner could be taken hold of', { ...bounds, x: 1910 }, [display], null],
    [
      'is cut to a display that has become smaller',
      { ...bounds, x: 0, y: 40 },
      [{ ...display, width: 1024, height: 700 }],
      { x: 0, y: 40, width: 1024, height: 700 }
    ],
    ['is left to the system without any display', bounds, [], null]
  ])('%s', (_case, kept, areas, expected) => expect(placeOn(kept, areas)).toEqual(expected))

  class Window implements KeptWindow {
    maximized = false
    destroyed = false
    constructor(public bounds: Bounds) {}
    getNormalBounds = () => this.bounds
    isMaximized = () => this.maximized
    setBounds = (next: Bounds) => void (this.bounds = next)
    maximize = () => void (this.maximized = true)
    isDestroyed = () => this.destroyed
  }
  const standard = { x: 1, y: 2, width: 300, height: 300 }

  it('survives from one window to the next, maximised or not', () => {
    const file = join(scratchFolder(), 'deep', 'window.json')
    const left = new Window(bounds)
    left.maximized = true
    keepWindow(left, file, true)
    const next = new Window(standard)
    restoreWindow(next, file, [display])
    expect([next.bounds, next.maximized]).toEqual([bounds, true])
    expect(keptInTray(file)).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(file, '..'))).toEqual(['window.json'])
    left.destroyed = true
    left.bounds = standard
    keepWindow(left, file, true)
    expect(readFileSync(file, 'utf8')).toContain('1280')
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"bounds":{"x":1,"y":1,"width":10,"height":10},"maximized":false}',
    '{"bounds":{"x":"1"},"maximized":true}',
    `[${'1,'.repeat(70_000)}1]`
  ])('is the standard one after a file with %.20s', (text) => {
    const file = join(scratchFolder(), 'window.json')
    writeFileSync(file, text)
    const window = new Window(standard)
    restoreWindow(window, file, [display])
    expect([window.bounds, window.maximized, keptInTray(file)]).toEqual([standard, false, false])
  })

  it('that cannot be written stops nobody', () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'window.json'))
    expect(() => keepWindow(new Window(bounds), join(folder, 'window.json'), false)).not.toThrow()
    expect(readdirSync(folder)).toEqual(['window.json'])
  })
})

describe('recent state folders', () => {
  it('are the latest few, each once, the last used first', () => {
    const file = join(scratchFolder(), 'recent.json')
    expect(recentFolders(file)).toEqual([])
    for (let at = 0; at < MAX_RECENT_FOLDERS + 3; at += 1) rememberFolder(file, `/state/${at}`)
    rememberFolder(file, '/state/7')
    expect(recentFolders(file).slice(0, 3)).toEqual(['/state/7', '/state/10', '/state/9'])
    expect(recentFolders(file)).toHaveLength(MAX_RECENT_FOLDERS)
    forgetFolders(file)
    expect(recentFolders(file)).toEqual([])
    writeFileSync(file, '["relative", "/fine"]')
    expect(recentFolders(file)).toEqual(['/fine'])
  })

  it.each([
    [[], ['--state', '/new']],
    [
      ['--state', '/old', '--json'],
      ['--json', '--state', '/new']
    ],
    [
      ['--state=/old', '--tcp', '0'],
      ['--tcp', '0', '--state', '/new']
    ]
  ])('are opened with the other arguments as they were: %j', (args, expected) =>
    expect(argumentsWithState(args, '/new')).toEqual(expected)
  )
})

describe('the menu', () => {
  const facts: MenuFacts = {
    isMac: false,
    isPackaged: true,
    stateFolder: '/state/a',
    recentFolders: ['/state/a', '/state/b&c'],
    hasBrowserBoard: false,
    inTray: false
  }
  const done: string[] = []
  const note =
    (name: string) =>
    (...args: string[]): void =>
      void done.push([name, ...args].join(' '))
  const deeds = Object.fromEntries(
    [
      'openTranscript',
      'openCapture',
      'keepInTray',
      'openFolder',
      'openRecent',
      'forgetRecent',
      'showFolder',
      'openBoard',
      'openHelp',
      'act'
    ].map((name) => [name, note(name)])
  ) as unknown as MenuDeeds
  const roles = (lines: readonly MenuLine[]): unknown[] =>
    lines.flatMap((line) => [line.role, ...roles(line.submenu ?? [])]).filter(Boolean)
  const every = (lines: readonly MenuLine[]): MenuLine[] =>
    lines.flatMap((line) => [line, ...every(line.submenu ?? [])])

  it('is for developers only where the program is not packaged', () => {
    expect(roles(menuTemplate(facts, deeds))).not.toContain('toggleDevTools')
    expect(roles(menuTemplate({ ...facts, isPackaged: false }, deeds))).toEqual(
      expect.arrayContaining(['toggleDevTools', 'reload'])
    )
  })

  it('has the menus that a Mac expects there', () => {
    const mac = roles(menuTemplate({ ...facts, isMac: true }, deeds))
    expect(mac).toEqual(expect.arrayContaining(['appMenu', 'windowMenu', 'undo', 'copy', 'paste']))
    // On macOS, Quit and About are in the application's own menu.
    expect(mac).not.toContain('quit')
    expect(mac).not.toContain('about')
  })

  it('lists the other state folders, and leaves keys of the window to the window', () => {
    const lines = every(menuTemplate(facts, deeds))
    const recent = lines.find(({ label }) => label === 'Recent state folders')!
    expect(recent.submenu!.map(({ label }) => label)).toEqual(['/state/b&&c', undefined, 'Forget these'])
    recent.submenu![0]!.click!()
    expect(done).toEqual(['openRecent /state/b&c'])
    expect(
      lines
        .filter((line) => line.accelerator && line.click)
        .map(({ accelerator, registerAccelerator }) => [accelerator, registerAccelerator])
    ).toEqual([
      ['CmdOrCtrl+O', undefined],
      ['CmdOrCtrl+K', false],
      ['?', false]
    ])
  })

  it('greys what cannot be done', () => {
    const greyed = (some: MenuFacts): unknown[] =>
      every(menuTemplate(some, deeds))
        .filter(({ enabled }) => enabled === false)
        .map(({ label }) => label)
    expect(greyed(facts)).toEqual(['Open the board in a browser'])
    expect(greyed({ ...facts, hasBrowserBoard: true, stateFolder: null, recentFolders: [] })).toEqual([
      'Recent state folders',
      'Show the state folder'
    ])
  })

  it('does something with every line', () => {
    for (const line of every(menuTemplate({ ...facts, hasBrowserBoard: true }, deeds))) {
      expect(line.role ?? line.type ?? line.click ?? line.submenu, line.label).toBeDefined()
    }
  })
})

describe('what a person is told', () => {
  it.each([
    ['a start', startFailure('The port 1 is taken.', 'port')],
    ['a start without its folder', startFailure('The folder is in use.', 'state folder')],
    ['another start', startFailure('It failed.', 'other')],
    ['a crashed page', pageFailure('oom', 4)],
    ['a page that hangs', pageHangs()],
    ['a fault of its own', ownFailure('It broke.', '/x/crash.txt')],
    ['a fault that cannot be written down', ownFailure('It broke.', null)]
  ])('of %s: what it is, what to do, no stack, and Esc does the harmless thing', (_case, dialog) => {
    const { options, actOf } = messageBox<string>(dialog)
    expect(options.message).toMatch(/^[A-Z][^\n]*\.$/)
    expect(options.detail).toMatch(/\b(close|start|choose|load|wait|quit|send|keep|keeps|kept)\b/i)
    expect(options.detail).not.toMatch(/\n\s+at /)
    expect(options.buttons.length).toBeGreaterThan(0)
    expect(actOf(options.cancelId)).toBe(dialog.buttons[0]!.act)
    expect(actOf(99)).toBe(dialog.buttons[0]!.act)
  })

  it('of a long report only the beginning, and that there is more', () => {
    const { detail, buttons } = checkDialog('/a.transcript', {
      text: Array.from({ length: 100 }, (_, at) => `line ${at} ${'x'.repeat(400)}`).join('\n'),
      same: false
    })
    expect(detail.split('\n').length).toBeLessThan(30)
    expect(Math.max(...detail.split('\n').map((line) => line.length))).toBeLessThan(170)
    expect(detail).toContain('and 76 lines more')
    expect(buttons).toEqual(['Close', 'Copy report'])
  })

  it('About names each version there is', () => {
    expect(aboutPanel('1.2.3', { electron: '45.4.1', chrome: '150', node: '24' }).credits).toBe(
      'Electron 45.4.1\nChromium 150\nNode.js 24'
    )
  })

  it("reports of crashes stay few, and are their user's", () => {
    const folder = join(scratchFolder(), 'crashes')
    let last: string | null = null
    for (let at = 0; at < 14; at += 1) last = writeCrashReport(folder, new Error('broken'), { node: '20' }, at * 1000)
    expect(readdirSync(folder)).toHaveLength(10)
    expect(statSync(last!).mode & 0o777).toBe(0o600)
    expect(readFileSync(last!, 'utf8')).toContain('Error: broken')
    writeFileSync(join(folder, '..', 'a-file'), '')
    expect(writeCrashReport(join(folder, '..', 'a-file'), new Error('broken'), {}, 0)).toBeNull()
  })
})
