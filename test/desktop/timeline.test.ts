import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fillTimeline, fillWithData, serveTimeline, type TimelineWindow } from '../fixtures/timeline-window.ts'

/** The panel with a real timeline and its real carrier. */
describe('the timeline panel', () => {
  let folder: string
  let browser: Browser
  let context: BrowserContext
  let served: TimelineWindow
  let page: Page
  let complaints: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'timeline-window-'))
    await build({
      configFile: false,
      root: resolve(import.meta.dirname, '../../src/renderer'),
      base: './',
      logLevel: 'error',
      plugins: [react()],
      build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 2000 }
    })
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
    })
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    await context.close()
    await served.close()
    expect(complaints).toEqual([])
  })

  async function open(
    events: number,
    options: { readonly budgetBytes?: number; readonly dark?: boolean } = {}
  ): Promise<void> {
    complaints = []
    served = await serveTimeline({ boardFolder: folder, ...options })
    fillTimeline(served.store, events)
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: options.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      acceptDownloads: true
    })
    page = await context.newPage()
    page.setDefaultTimeout(30_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(served.url)
    await rows().first().waitFor()
  }

  const rows = () => page.locator('.ev-row:not(.ghost-row)')
  const list = () => page.locator('.tl')
  const selectedRow = () => page.locator('.ev-row.sel')
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
  const foot = () => page.locator('.tl-foot')

  async function choose(item: string): Promise<void> {
    await page.getByRole('button', { name: 'Views, copy, save, bookmarks' }).click()
    await page
      .getByRole('menuitem', { name: item })
      .or(page.getByRole('menuitemradio', { name: item }))
      .click()
  }

  it('shows the newest of very many events, goes to the first and back, and holds only what is looked at', async () => {
    await open(80_000)
    await page.locator('.ev-row', { hasText: 'number 9999 happened' }).waitFor()
    await list().focus()
    await page.keyboard.press('Home')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('1')
    expect(await selectedRow().getAttribute('aria-setsize')).toBe('80000')
    await page.locator('.ev-row', { hasText: 'Something number 1 happened' }).waitFor()
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowDown')
    expect(Number(await selectedRow().getAttribute('aria-posinset'))).toBeGreaterThan(8)
    await page.keyboard.press('End')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('80000')
    expect(await rows().count()).toBeLessThan(60)
  })

  it('lights the way from the selected event up to its root', async () => {
    await open(800)
    // High enough to show the root of the tree too.
    await page.setViewportSize({ width: 1280, height: 960 })
    await page.locator('.ev-row', { hasText: 'number 98 happened' }).click()
    await expect.poll(() => page.locator('.rail .hot').count()).toBe(6)
    expect(await page.locator('.ev-row', { hasText: 'number 98 happened' }).locator('.t').innerText()).toMatch(
      /^\+\d+ ms$/
    )
  })

  it('copies a range that is not on screen, as text, as hex and as a transcript', async () => {
    await open(16_000)
    await list().focus()
    await page.keyboard.press('Home')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('1')
    await page.keyboard.press('Shift+End')
    await expect.poll(() => foot().innerText()).toContain('16\u202f000 rows')
    await page.keyboard.press('Control+c')
    await expect.poll(() => foot().innerText()).toContain('16\u202f000 rows copied.')
    const lines = (await clipboard()).trimEnd().split('\n')
    expect(lines).toHaveLength(16_000)
    expect(lines[5]).toContain('NOTE Something number 0 happened')
    expect(lines.at(-1)).toContain('AT0 RX CRLFOKCRLF')

    await list().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Control+c')
    await expect.poll(() => foot().innerText()).toContain('1 row copied.')
    expect(await clipboard()).toMatch(/AT0 TX AT#SSLD=.*CR\n$/)
    await choose('Copy as hex')
    await expect.poll(clipboard).toContain('000000  41 54 23 53 53 4c 44')
    await list().focus()
    await page.keyboard.press('Control+a')
    await foot().getByRole('button', { name: 'Copy transcript' }).click()
    await expect.poll(clipboard).toMatch(/^telit-sim transcript 1\n/)
  })

  it('copies 100,000 rows', async () => {
    await open(100_000)
    await list().focus()
    await page.keyboard.press('Control+a')
    await expect.poll(() => foot().innerText()).toContain('100\u202f000 rows')
    await page.keyboard.press('Control+c')
    await expect.poll(() => foot().innerText()).toContain('100\u202f000 rows copied.')
    const lines = (await clipboard()).trimEnd().split('\n')
    expect(lines).toHaveLength(100_000)
    expect(lines[5]).toContain('NOTE Something number 0 happened')
    expect(lines.at(-1)).toContain('AT0 RX CRLFOKCRLF')
  })

  it('takes in what is between a press and a press with Shift', async () => {
    await open(4000)
    await list().focus()
    await page.keyboard.press('Home')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('1')
    await page.locator('[data-row="2"]').click()
    await list().evaluate((element) => {
      element.scrollTop = 17 * 1000
    })
    await page.locator('[data-row="1003"]:not(.ghost-row)').click({ modifiers: ['Shift'] })
    await expect.poll(() => foot().innerText()).toContain('1\u202f002 rows')
    expect(await page.locator('.ev-row.within').count()).toBeGreaterThan(2)
    await page.keyboard.press('Escape')
    await expect.poll(() => foot().innerText()).toBe('')
  })

  it('saves as JSON lines and as a capture', async () => {
    await open(800)
    for (const [item, ending] of [
      ['Save as JSON lines', /\.jsonl$/],
      ['Save as capture', /\.pcapng$/]
    ] as const) {
      const download = page.waitForEvent('download')
      await choose(item)
      const file = await download
      expect(file.suggestedFilename()).toMatch(ending)
      if (item === 'Save as JSON lines')
        expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\n')).toHaveLength(801)
    }
  })

  it('finds by a pattern, says what is wrong with it, and goes on with what is new', async () => {
    await open(8000)
    await page.keyboard.press('/')
    await page.keyboard.type('number 99\\d happened')
    await page.getByText(/No event contains/).waitFor()
    await page.getByRole('button', { name: 'Regular expression' }).click()
    await expect.poll(() => rows().count()).toBe(10)
    expect(await page.locator('.filter .found').innerText()).toBe('10')
    served.store.report({ kind: 'note', sentence: 'And number 991 happened again.' }, null, null)
    await page.locator('.ev-row', { hasText: 'happened again' }).waitFor()
    await page.locator('[data-key="filter"]').fill('number (99')
    await expect
      .poll(() => page.locator('.tl-say').innerText())
      .toContain('is not a regular expression: unterminated group.')
    expect(await page.locator('[data-key="filter"]').getAttribute('aria-invalid')).toBe('true')
    await page.locator('[data-key="filter"]').fill('')
    await expect.poll(() => rows().count()).toBeGreaterThan(10)
    expect(await page.locator('.tl-say').innerText()).toBe('')
  })

  it('filters by kind, by instance and by cause', async () => {
    await open(800)
    await page.getByRole('button', { name: 'Filter by kind, source and cause' }).click()
    await page.getByRole('checkbox', { name: /^Result codes/ }).check()
    await expect.poll(() => rows().first().getAttribute('aria-setsize')).toBe('100')
    await page.getByRole('checkbox', { name: 'AT1' }).check()
    await page.getByText('No event matches the filter.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Show all 800 events$/ }).click()
    // Among the last rows, which are in view.
    await page.locator('.ev-row', { hasText: 'number 99 happened' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: /^Show only its chain/ }).click()
    await expect.poll(() => rows().count()).toBe(8)
    await page.locator('.ev-row', { hasText: 'number 99 happened' }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Show only its causes' }).click()
    await expect.poll(() => rows().locator('.k').allInnerTexts()).toEqual(['TX', 'LINE', 'CMD', 'NOTE'])
  })

  it('marks what a search finds among all rows, and goes from one to the next', async () => {
    await open(8000)
    await page.getByRole('button', { name: 'Filter by kind, source and cause' }).click()
    await page.getByLabel('Mark matches, keep the other events').check()
    await page.keyboard.press('Escape')
    await page.locator('[data-key="filter"]').fill('number 5 happened')
    await expect.poll(() => page.locator('.filter .found').innerText()).toBe('1')
    await page.locator('[data-key="filter"]').press('Enter')
    await expect.poll(() => selectedRow().innerText()).toContain('number 5 happened')
    expect(await selectedRow().getAttribute('aria-setsize')).toBe('8000')
    expect(await page.locator('.ev-row.hit').count()).toBe(1)
  })

  it('keeps bookmarks and walks them', async () => {
    await open(8000)
    await list().focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('b')
    await page.keyboard.press('End')
    await page.keyboard.press('b')
    await page.locator('.ev-row .flag').waitFor()
    await page.keyboard.press('n')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('1')
    await page.keyboard.press('p')
    await expect.poll(() => selectedRow().getAttribute('aria-posinset')).toBe('8000')
    await page.keyboard.press('b')
    expect(await page.locator('.ev-row .flag').count()).toBe(0)
  })

  it('shows bytes as hex and mixed, and times in three ways', async () => {
    await open(80)
    await page.getByRole('radio', { name: 'Hex' }).click()
    await page.locator('.ev-row .x', { hasText: '0D 0A 4F 4B 0D 0A' }).last().waitFor()
    await page.getByRole('radio', { name: 'Mixed' }).click()
    await expect.poll(() => rows().last().locator('.x').innerText()).toMatch(/0D 0A 4F 4B 0D 0A\s*CR\s*LF\s*OK/)
    await choose('Wall clock')
    await expect.poll(() => rows().last().locator('.t').innerText()).toMatch(/^\d\d:\d\d:\d\d\.\d{3}$/)
    await choose('Time since the previous row')
    await expect.poll(() => rows().last().locator('.t').innerText()).toMatch(/^\+/)
  })

  it('holds when something fails, and stays where it is while old events fall off, which it says', async () => {
    await open(4000, { budgetBytes: 4_000_000 })
    const failed = served.store.report(
      { kind: 'tls-failure', sentence: 'A record has a wrong MAC.', alert: 'bad_record_mac', rule: null },
      null,
      0
    )
    fillWithData(served.store, 800)
    const row = page.locator(`#event-${failed}`)
    await row.waitFor()
    await expect.poll(() => page.locator('.pill').innerText()).toMatch(/new|Newest/)
    fillWithData(served.store, 1600)
    await page.getByRole('button', { name: /\d new/ }).waitFor()
    expect(await row.isVisible()).toBe(true)
    fillWithData(served.store, 40_000)
    await page
      .getByRole('button', { name: /4\d\u202f\d{3} new|3\d\u202f\d{3} new/ })
      .or(page.locator('.tl-fell'))
      .first()
      .waitFor()
    await list().focus()
    await page.keyboard.press('Home')
    await expect.poll(() => page.locator('.tl-fell').innerText()).toMatch(/older events were removed/)
    expect(served.store.dropped).toBeGreaterThan(0)
  })

  it('U-2: moves to a newer failure when a failure holds it, follows again at the next command, and stays for a person', async () => {
    await open(400)
    const fail = (sentence: string): number =>
      served.store.report({ kind: 'tls-failure', sentence, alert: null, rule: null }, null, 0)
    const held = page.locator('.pill')
    const first = fail('The first one.')
    fillWithData(served.store, 400)
    await page.locator(`#event-${first}`).waitFor()
    await held.waitFor()
    const second = fail('The second one.')
    fillWithData(served.store, 400)
    await expect.poll(() => page.locator(`#event-${second}`).isVisible()).toBe(true)
    await held.waitFor()
    served.store.report({ kind: 'command', name: '', text: '' }, null, 0)
    fillWithData(served.store, 40)
    await held.waitFor({ state: 'detached' })
    const third = fail('The third one.')
    await page.locator(`#event-${third}`).click()
    fillWithData(served.store, 400)
    served.store.report({ kind: 'command', name: '', text: '' }, null, 0)
    fail('The fourth one.')
    fillWithData(served.store, 40)
    await page.getByRole('button', { name: /4\d\d new/ }).waitFor()
    expect(await page.locator(`#event-${third}`).isVisible()).toBe(true)
  })

  it('follows, holds and filters over a bar that stands for more than its own height', async () => {
    // 560 000 rows are 9.5 million px: higher than an element may be.
    await open(560_000, { budgetBytes: 400_000_000 })
    const seen = (): Promise<{ first: number; last: number; top: number; end: number }> =>
      list().evaluate((element) => {
        const box = element.getBoundingClientRect()
        const whole = [...element.querySelectorAll<HTMLElement>('.ev-row')].filter((row) => {
          const { top, bottom } = row.getBoundingClientRect()
          return top >= box.top - 1 && bottom <= box.bottom + 1
        })
        const rowOf = (row: HTMLElement | undefined): number => Number(row?.dataset['row'] ?? -1)
        return {
          first: rowOf(whole[0]),
          last: rowOf(whole.at(-1)),
          top: element.scrollTop,
          end: element.scrollHeight - element.clientHeight
        }
      })
    const last = async (): Promise<number> => (await seen()).last
    await expect.poll(last).toBe(559_999)
    fillTimeline(served.store, 80)
    await expect.poll(last).toBe(560_079)
    // By the wheel, in its own px, although the bar covers a longer way.
    await list().hover()
    await page.mouse.wheel(0, -340)
    await page.locator('.pill').waitFor()
    await expect.poll(last).toBe(560_059)
    const held = await seen()
    fillTimeline(served.store, 8000)
    await page.getByRole('button', { name: '8\u202f000 new' }).waitFor()
    expect(await seen()).toMatchObject({ first: held.first, last: held.last })
    await page.locator('.pill').click()
    await expect.poll(last).toBe(568_079)
    await page.setViewportSize({ width: 1280, height: 1000 })
    fillTimeline(served.store, 8)
    await expect.poll(last).toBe(568_087)
    await page.setViewportSize({ width: 1280, height: 800 })
    await expect.poll(last).toBe(568_087)
    expect(await page.locator('.pill').count()).toBe(0)
    // Paused by a key, continued by the same key.
    await list().focus()
    await page.keyboard.press(' ')
    const still = await seen()
    fillTimeline(served.store, 800)
    await page.getByRole('button', { name: '800 new' }).waitFor()
    expect(await seen()).toMatchObject({ first: still.first, last: still.last })
    await page.keyboard.press(' ')
    await expect.poll(last).toBe(568_887)
    await page.keyboard.press('Home')
    await expect.poll(async () => (await seen()).first).toBe(0)
    await page.keyboard.press('End')
    await expect.poll(last).toBe(568_887)
    await page.locator('.pill').click()
    // While following, it shrinks to one row of eight, grows with matching events, and is whole again.
    await page.keyboard.press('/')
    await page.keyboard.type('something number')
    await expect.poll(last, { timeout: 30_000 }).toBe(568_888 / 8 - 1)
    fillTimeline(served.store, 80)
    await expect.poll(last).toBe(568_968 / 8 - 1)
    const short = await seen()
    expect(short.end - short.top).toBeLessThan(2)
    await page.keyboard.press('Escape')
    await expect.poll(last).toBe(568_967)
    expect(await page.locator('.pill').count()).toBe(0)
  })

  it('is where it was after it has been out of the window, as a panel is while the dock lays itself out anew', async () => {
    await open(4000)
    const last = (): Promise<string | null> => rows().last().getAttribute('data-row')
    const top = (): Promise<number> => list().evaluate((element) => element.scrollTop)
    await expect.poll(last).toBe('3999')
    /** Removes it while a scroll event is on its way, and adds it again after drawing without it. */
    const outAndIn = (meanwhile: () => void): Promise<void> =>
      list()
        .evaluate((element) => {
          element.closest<HTMLElement>('.tl-place')!.style.display = 'none'
          element.dispatchEvent(new Event('scroll'))
        })
        .then(async () => {
          meanwhile()
          await page.waitForTimeout(300)
          await list().evaluate((element) => {
            element.closest<HTMLElement>('.tl-place')!.style.display = ''
          })
        })
    await outAndIn(() => {
      fillTimeline(served.store, 80)
    })
    await expect.poll(last).toBe('4079')
    expect(await page.locator('.pill').count()).toBe(0)
    // Its last rows are drawn before it was scrolled down to them.
    await expect
      .poll(() => list().evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop))
      .toBeLessThan(2)
    await list().hover()
    await page.mouse.wheel(0, -3400)
    await page.locator('.pill').waitFor()
    const held = await top()
    await outAndIn(() => {
      fillTimeline(served.store, 80)
    })
    await page.getByRole('button', { name: '80 new' }).waitFor()
    await expect.poll(top).toBe(held)
  })

  it('shows the same events, held, when the dock lays its panels for another width', async () => {
    await open(3000)
    const seen = (): Promise<(string | null)[]> =>
      rows().evaluateAll((all) => {
        const box = document.querySelector('.tl')!.getBoundingClientRect()
        return all
          .filter(
            (one) => one.getBoundingClientRect().top >= box.top - 1 && one.getBoundingClientRect().top < box.bottom - 1
          )
          .map((one) => one.id)
      })
    const [first] = await seen()
    await page.getByRole('button', { name: 'Hold the list' }).click()
    for (const viewport of [
      { width: 1024, height: 700 },
      { width: 1280, height: 800 }
    ]) {
      await page.setViewportSize(viewport)
      await page.locator(`.docks.${viewport.width === 1024 ? 'narrow' : 'wide'}`).waitFor()
      await expect.poll(async () => (await seen())[0]).toBe(first)
    }
  })

  it('stops a copy that takes long', async () => {
    await open(80_000)
    await list().focus()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => foot().locator('progress').count()).toBe(0)
  })

  it('has no serious fault of accessibility, light and dark', async () => {
    for (const dark of [false, true]) {
      await open(800, { dark })
      await page.locator('.ev-row', { hasText: 'number 98 happened' }).click()
      await page.keyboard.press('Shift+ArrowUp')
      await page.getByRole('button', { name: 'Filter by kind, source and cause' }).click()
      await page.evaluate(axe.source)
      const { violations } = await page.evaluate(() =>
        (globalThis as unknown as { axe: typeof axe }).axe.run('.p-timeline, .filter-menu, .strip')
      )
      expect(
        violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
      ).toEqual([])
      if (process.env['SHOTS'])
        await page.screenshot({ path: join(process.env['SHOTS'], `timeline-${dark ? 'dark' : 'light'}.png`) })
      if (!dark) {
        await context.close()
        await served.close()
      }
    }
  })
})
