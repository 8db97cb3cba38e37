import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { menuTemplate, type MenuDeeds, type MenuLine } from '../../../src/main/desktop/menu.ts'
import {
  afterClosing,
  Tray,
  trayIconFile,
  trayMenu,
  type TrayDeeds,
  type TrayHost
} from '../../../src/main/desktop/tray.ts'
import { repository } from '../../fixtures/setup-scripts.ts'

const said: string[] = []
const deeds: TrayDeeds = {
  show: () => void said.push('show'),
  copyPort: () => void said.push('copy'),
  pressKey: (key) => void said.push(`press ${key}`),
  quit: () => void said.push('quit')
}

/** A tray that records what happens to its icons. */
class Host implements TrayHost {
  icons: { file: string; menu: MenuLine[]; click: (() => void) | null; destroyed: boolean }[] = []
  makeIcon = (file: string) => {
    const icon = { file, menu: [] as MenuLine[], click: null as (() => void) | null, destroyed: false }
    this.icons.push(icon)
    return {
      setToolTip: () => {},
      setContextMenu: (menu: unknown) => void (icon.menu = menu as MenuLine[]),
      on: (_event: 'click', listener: () => void) => (icon.click = listener),
      destroy: () => void (icon.destroyed = true)
    }
  }
  buildMenu = (lines: MenuLine[]): unknown => lines
}

describe('the tray', () => {
  it.each([
    [{ isMac: false, inTray: false, ending: false }, 'end'],
    [{ isMac: false, inTray: true, ending: false }, 'hide'],
    [{ isMac: false, inTray: true, ending: true }, 'end'],
    // On macOS a program continues without its window, with or without an icon. Quitting it closes the window too.
    [{ isMac: true, inTray: false, ending: false }, 'hide'],
    [{ isMac: true, inTray: true, ending: false }, 'hide'],
    [{ isMac: true, inTray: true, ending: true }, 'end']
  ] as const)('closing the window with %j: %s', (facts, expected) => expect(afterClosing(facts)).toBe(expected))

  it('has one icon while it is wanted, and none else', () => {
    const host = new Host()
    const tray = new Tray(host, '/icon.png', deeds)
    expect([tray.set(false), tray.set(true), tray.set(true), tray.isShown]).toEqual([false, true, true, true])
    expect(host.icons).toHaveLength(1)
    host.icons[0]!.click!()
    expect(said).toEqual(['show'])
    expect(tray.set(false)).toBe(false)
    expect(host.icons[0]!.destroyed).toBe(true)
    expect(tray.set(true)).toBe(true)
    expect(host.icons).toHaveLength(2)
  })

  it('is not there where the system has none', () => {
    const tray = new Tray(
      {
        makeIcon: () => {
          throw new Error('no tray')
        },
        buildMenu: () => null
      },
      '/icon.png',
      deeds
    )
    expect(tray.set(true)).toBe(false)
  })

  it('does something with every line of its menu', () => {
    said.length = 0
    for (const { click } of trayMenu(deeds)) click?.()
    expect(said).toEqual(['show', 'copy', 'press on', 'press reset', 'quit'])
  })

  it.each(['linux', 'darwin', 'win32'] as const)(
    'has an icon in the checkout, and in a package beside the archive: %s',
    (platform) => {
      expect(existsSync(trayIconFile({ platform, isPackaged: false, resources: '', root: repository }))).toBe(true)
      expect(trayIconFile({ platform, isPackaged: true, resources: '/opt/x', root: '' })).toMatch(
        /^[\\/]opt[\\/]x[\\/]icons[\\/]/
      )
    }
  )

  it.each([
    [true, false, 'menu bar'],
    [false, true, 'tray']
  ])('is a line of the View menu that says how it stands (Mac: %s, on: %s)', (isMac, inTray, place) => {
    const wanted: boolean[] = []
    const menu = menuTemplate(
      { isMac, inTray, isPackaged: true, stateFolder: null, recentFolders: [], hasBrowserBoard: false },
      { keepInTray: (on: boolean) => void wanted.push(on) } as unknown as MenuDeeds
    )
    const line = menu.find(({ label }) => label === 'View')!.submenu!.find(({ type }) => type === 'checkbox')!
    expect([line.label, line.checked]).toEqual([`Keep in the ${place} when the window is closed`, inTray])
    line.click!()
    expect(wanted).toEqual([!inTray])
  })
})

describe('icons in the packages', () => {
  it('are those that the tray asks for', async () => {
    const { default: config } = (await import(join(repository, 'build/electron-builder.mjs'))) as {
      default: { extraResources: { from: string; to: string; filter: string[] }[] }
    }
    const [{ from, to, filter }] = config.extraResources as [{ from: string; to: string; filter: string[] }]
    const asked = (['linux', 'darwin', 'win32'] as const).map((platform) =>
      trayIconFile({ platform, isPackaged: true, resources: '', root: '' })
    )
    expect(filter.map((name) => join(to, name)).toSorted()).toEqual(asked.toSorted())
    for (const name of filter) expect(existsSync(join(repository, from, name))).toBe(true)
  })
})
