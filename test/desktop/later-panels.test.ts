import type { Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { WindowBrowser } from '../fixtures/window-browser.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** The parts of the window that are loaded after the board: while they are loading, and when loading fails. */
describe.skipIf(!havePeers('chromium'))('panels that are loaded after the board', () => {
  let window: WindowBrowser
  beforeAll(async () => {
    window = await WindowBrowser.start()
  })
  afterAll(() => window.stop())
  afterEach(() => window.leave())

  const frame = (id: string) => window.page.locator(`[data-panel="${id}"]`)
  const focused = (): Promise<string | null | undefined> =>
    window.page.evaluate(() => document.activeElement?.getAttribute('data-panel'))

  it('draws the board before it asks for any of them', async () => {
    const held = await openHolding(window)
    await window.page.locator('.pcb').waitFor()
    await expect.poll(() => held.names().length).toBeGreaterThan(5)
    expect(await window.page.locator('.window').getAttribute('aria-busy')).toBe('true')
    expect(await frame('terminal').locator('.xterm').count()).toBe(0)
    held.release()
    await windowReady(window.page)
    await frame('terminal').locator('.xterm').waitFor()
    expect(window.complaints).toEqual([])
  })

  it('has every frame from the start in the order of F6, and keeps the focus in it when it is filled', async () => {
    const held = await openHolding(window)
    await window.page.locator('.pcb').waitFor()
    const walk = async (): Promise<readonly (string | null | undefined)[]> => {
      const ids: (string | null | undefined)[] = []
      for (;;) {
        await window.page.keyboard.press('F6')
        const id = await focused()
        if (ids.includes(id)) return ids
        ids.push(id)
      }
    }
    const before = await walk()
    expect(before).toEqual(expect.arrayContaining(['board', 'module', 'timeline', 'terminal', 'handshake']))
    await frame('terminal').focus()
    expect(await frame('terminal').getAttribute('aria-label')).toBe('Terminal')
    const element = await frame('terminal').elementHandle()
    held.release()
    await frame('terminal').locator('.xterm').waitFor()
    expect(await focused()).toBe('terminal')
    expect(await element!.evaluate((one) => one.isConnected && one.contains(document.querySelector('.xterm')))).toBe(
      true
    )
    expect(await frame('terminal').getAttribute('aria-label')).toBe('Terminal AT0')
    await windowReady(window.page)
    await window.page.evaluate(() => (document.activeElement as HTMLElement).blur())
    expect(await walk()).toEqual(before)
    expect(window.complaints).toEqual([])
  })

  it('types in the terminal and opens the ports as soon as their code is there', async () => {
    const held = await openHolding(window)
    await window.page.locator('.pcb').waitFor()
    await window.page.keyboard.press('t')
    await window.page.locator('.window').click({ position: { x: 2, y: 2 } })
    await window.page.keyboard.press('t')
    held.release()
    await expect
      .poll(() => window.page.evaluate(() => document.activeElement?.className))
      .toContain('xterm-helper-textarea')
    await window.leave()

    const again = await openHolding(window)
    await window.page.locator('.serial').getByRole('button', { name: 'Ports', exact: true }).click()
    expect(await window.page.locator('dialog[open]').count()).toBe(0)
    again.release()
    await window.page.locator('dialog[open]').getByRole('form', { name: 'Open a port' }).waitFor()
  })

  it('says in a panel and on a sheet that they could not be loaded, and offers to load the window again', async () => {
    const held = await openHolding(window)
    await window.page.locator('.pcb').waitFor()
    held.abort()
    const sentence = 'This part of the window could not be loaded.'
    await frame('terminal').getByText(sentence).waitFor()
    expect(await frame('board').getByText(sentence).count()).toBe(0)
    await window.page.locator('.serial').getByRole('button', { name: 'Ports', exact: true }).click()
    const sheet = window.page.locator('dialog[open]')
    await sheet.getByText(sentence).waitFor()
    await window.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await window.page.unrouteAll()
    await frame('terminal').getByRole('button', { name: 'Reload the window' }).click()
    await frame('terminal').locator('.xterm').waitFor()
    await windowReady(window.page)
  })
})

interface Held {
  names(): readonly string[]
  release(): void
  abort(): void
}

/** Opens the window and delays every script that its page does not name. */
async function openHolding(window: WindowBrowser): Promise<Held> {
  const routes: Route[] = []
  let decided: ((route: Route) => void) | null = null
  const decide = (next: (route: Route) => void): void => {
    decided = next
    for (const route of routes) next(route)
  }
  await window.open('fresh', {
    ready: false,
    prepare: async (page: Page) => {
      const html = await (await fetch(window.fixture.url)).text()
      await page.route('**/assets/*.js', (route) => {
        const name = route.request().url().split('/').at(-1)!
        if (html.includes(name)) return route.continue()
        routes.push(route)
        decided?.(route)
      })
    }
  })
  return {
    names: () => routes.map((route) => route.request().url()),
    release: () => {
      decide((route) => void route.continue())
    },
    abort: () => {
      decide((route) => void route.abort())
    }
  }
}
