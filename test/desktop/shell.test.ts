import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seriousFindings } from '../fixtures/axe.ts'
import { havePeers } from '../fixtures/peers.ts'
import { WindowBrowser } from '../fixtures/window-browser.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** The shell of the window: dock, palette, keys, undo, first minute, looks, reconnecting to a simulator. */
describe.skipIf(!havePeers('chromium'))('the shell of the window', () => {
  let window: WindowBrowser
  beforeAll(async () => {
    window = await WindowBrowser.start()
  })
  afterAll(() => window.stop())
  beforeEach(() => {
    window.complaints = []
  })
  afterEach(async () => {
    await window.leave()
    expect(window.complaints).toEqual([])
  })

  const group = (id: string) =>
    window.page.locator('.dv-groupview', { has: window.page.locator(`[data-panel="${id}"]`) })
  const widthOf = async (id: string): Promise<number> => Math.round((await group(id).boundingBox())!.width)
  const palette = async (typed: string): Promise<void> => {
    await window.page.keyboard.press('Control+k')
    await window.page.getByRole('combobox', { name: 'What do you want to do?' }).fill(typed)
  }
  const run = async (typed: string): Promise<void> => {
    await palette(typed)
    await window.page.keyboard.press('Enter')
    await window.page.locator('dialog[open]').waitFor({ state: 'detached' })
  }

  it('lies as it is drawn at 1280 x 800, and as tabs where it is narrow', async () => {
    await window.open('fresh')
    expect([
      await widthOf('board'),
      await widthOf('module'),
      await widthOf('timeline'),
      await widthOf('handshake')
    ]).toEqual([479, 366, 471, 495])
    await window.page.setViewportSize({ width: 1024, height: 700 })
    await expect
      .poll(() => group('start').getByRole('tab').allInnerTexts())
      .toEqual(['Handshake', 'Why', 'First steps'])
    await window.page.setViewportSize({ width: 640, height: 400 })
    await expect.poll(() => group('board').getByRole('tab').count()).toBe(6)
    const page = await window.page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth
    )
    expect(page).toBe(true)
    await window.page.setViewportSize({ width: 1280, height: 800 })
    await expect.poll(() => widthOf('board')).toBe(479)
  })

  it('lets First steps make room for the handshake once a program has typed, and leaves it where a person puts it', async () => {
    const tabs = (): Locator =>
      window.page.locator('.dv-groupview', { has: window.page.locator('[data-tab-of="start"]') })
    const selected = (): Promise<string> => tabs().getByRole('tab', { selected: true }).innerText()
    await window.open('fresh')
    await window.page.setViewportSize({ width: 1024, height: 700 })
    await expect.poll(selected).toBe('First steps')
    await window.leave()
    await window.open('online')
    await window.page.setViewportSize({ width: 1024, height: 700 })
    await expect.poll(selected).toBe('Handshake')
    await tabs().getByRole('tab', { name: 'First steps' }).click()
    await expect.poll(selected).toBe('First steps')
    // Another width and back: this layout is kept, the other one is new.
    await window.page.setViewportSize({ width: 1280, height: 800 })
    await expect.poll(selected).toBe('Why')
    await window.page.setViewportSize({ width: 1024, height: 700 })
    await expect.poll(selected).toBe('First steps')
  })

  it('has all of the sentence in two lines, and a longer one whole for the keyboard', async () => {
    await window.open('failed')
    await window.page.setViewportSize({ width: 1024, height: 700 })
    const sentence = window.page.locator('.now > span')
    const isCut = (): Promise<boolean> =>
      sentence.evaluate(
        (element) => element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth
      )
    expect(await isCut()).toBe(false)
    await sentence.evaluate((element) =>
      element.append(' One more sentence that nobody can be asked to miss.'.repeat(4))
    )
    expect(await isCut()).toBe(true)
    await window.page.locator('.path .stage').last().focus()
    await window.page.keyboard.press('Tab')
    expect(await isCut()).toBe(false)
  })

  it('moves a panel to another group by its tab, remembers it, and puts all back', async () => {
    await window.open('fresh')
    await window.page.locator('[data-tab-of="timers"]').dragTo(window.page.locator('[data-tab-of="handshake"]'))
    await expect
      .poll(() => group('timers').getByRole('tab').allInnerTexts())
      .toEqual(expect.arrayContaining(['Handshake', 'Timers']))
    await window.page.reload()
    await windowReady(window.page)
    expect(
      await window.page
        .locator('.dv-groupview', { has: window.page.locator('[data-tab-of="timers"]') })
        .getByRole('tab')
        .allInnerTexts()
    ).toEqual(expect.arrayContaining(['Handshake', 'Timers']))
    await run('reset layout')
    await expect
      .poll(() =>
        window.page
          .locator('.dv-groupview', { has: window.page.locator('[data-tab-of="timers"]') })
          .getByRole('tab')
          .count()
      )
      .toBe(1)
  })

  it('leaves the timeline where it was when the panels are laid out anew', async () => {
    await window.open('online')
    window.fixture.add(...Array.from({ length: 60 }, (_, at) => ({ kind: 'note', sentence: `Note ${at}.` }) as const))
    const list = window.page.locator('.tl')
    const place = (): Promise<number> => list.evaluate((element) => element.scrollTop)
    await window.page.locator('.ev-row', { hasText: 'Note 59.' }).waitFor()
    const end = await place()
    expect(end).toBeGreaterThan(500)
    // The layout is already the default one, so no size changes.
    await run('reset layout')
    await window.page.waitForTimeout(300)
    expect(await place()).toBe(end)
    await list.hover()
    await window.page.mouse.wheel(0, -340)
    await window.page.locator('.pill').waitFor()
    await expect.poll(place).toBe(end - 340)
    await run('reset layout')
    await window.page.waitForTimeout(300)
    expect(await place()).toBe(end - 340)
    await window.page.locator('.ev-row', { hasText: 'Note 39.' }).waitFor()
  })

  it('drags the line between two panels', async () => {
    await window.open('fresh')
    const box = (await group('module').boundingBox())!
    await window.page.mouse.move(box.x + 1, box.y + 100)
    await window.page.mouse.down()
    await window.page.mouse.move(box.x + 61, box.y + 100, { steps: 4 })
    await window.page.mouse.up()
    expect(await widthOf('board')).toBeGreaterThan(530)
  })

  it('enlarges a panel and puts it back, by key, by button and by double click', async () => {
    await window.open('fresh')
    await window.page.locator('[data-panel="module"]').focus()
    await window.page.keyboard.press('Alt+Enter')
    await expect.poll(() => widthOf('module')).toBe(1280)
    await window.page.keyboard.press('Alt+Enter')
    await expect.poll(() => widthOf('module')).toBe(366)
    await window.page.getByRole('button', { name: 'Enlarge Board' }).click()
    await window.page.getByRole('button', { name: 'Restore Board' }).click()
    await window.page.locator('[data-tab-of="nvm"]').dblclick()
    await expect.poll(() => widthOf('nvm')).toBe(1280)
    await run('nvm')
    await run('restore')
    await expect.poll(() => widthOf('nvm')).toBeLessThan(500)
  })

  it('finds an action by typing, says why one cannot be done, and runs it', async () => {
    await window.open('fresh')
    await palette('detach')
    await expect
      .poll(() => window.page.locator('.palette-list [role="option"]').first().innerText())
      .toContain('Detach the module')
    await window.page.keyboard.press('Enter')
    await expect.poll(() => window.called('networkEvent')).toEqual([{ kind: 'detach' }])
    await palette('drop con')
    await expect.poll(() => window.page.locator('.palette-foot').innerText()).toBe('Context 1 is not active.')
    await window.page.keyboard.press('Enter')
    expect(window.called('networkEvent')).toHaveLength(1)
    await window.page.keyboard.press('Escape')
    await run('dark theme')
    await expect.poll(() => window.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await run('more contrast')
    await expect.poll(() => window.page.evaluate(() => document.documentElement.dataset['contrast'])).toBe('more')
    await run('restart as ge865')
    await window.page.getByRole('alertdialog').waitFor()
    await window.page.keyboard.press('Escape')
    await run('20 times')
    expect(await window.untilCalled('setSpeed')).toEqual([{ speed: 20 }])
  })

  it('walks the palette by keys and goes back to where the focus was', async () => {
    await window.open('fresh')
    await window.page.locator('[data-panel="timers"]').focus()
    await palette('theme')
    const chosen = (): Promise<string> => window.page.locator('[role="option"][aria-selected="true"]').innerText()
    const first = await chosen()
    await window.page.keyboard.press('ArrowDown')
    expect(await chosen()).not.toBe(first)
    await window.page.keyboard.press('ArrowUp')
    expect(await chosen()).toBe(first)
    await window.page.keyboard.press('Escape')
    await expect
      .poll(() => window.page.evaluate(() => document.activeElement?.getAttribute('data-panel')))
      .toBe('timers')
    await palette('nothing like this')
    expect(await window.page.locator('.palette-foot').innerText()).toContain('No action matches')
    await window.page.keyboard.press('Escape')
  })

  it('opens again for a key that comes right after the one that closed it', async () => {
    await window.open('fresh')
    await palette('theme')
    const field = window.page.getByRole('combobox', { name: 'What do you want to do?' })
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([window.page.keyboard.press('Escape'), window.page.keyboard.press('Control+k')])
      await expect.poll(() => field.inputValue()).toBe('')
      await field.fill('theme')
    }
  })

  it('lists every key of the registry under ?', async () => {
    await window.open('fresh')
    await window.page.keyboard.press('?')
    const sheet = window.page.getByRole('dialog', { name: 'Keys and marks' })
    const text = await sheet.innerText()
    for (const words of [
      'Find an action',
      'Next panel',
      'Filter the timeline',
      'Statechart of FTP',
      'Enlarge',
      'stop following the newest event'
    ])
      expect(text).toContain(words)
    // Nothing is outside of the area that can be scrolled to.
    for (const viewport of [
      { width: 1024, height: 700 },
      { width: 640, height: 400 },
      { width: 1280, height: 800 }
    ]) {
      await window.page.setViewportSize(viewport)
      const edge = (await sheet.boundingBox())!
      const marks = (await sheet.locator('section', { hasText: 'Marks of the timeline' }).boundingBox())!
      expect(marks.x >= edge.x && marks.x + marks.width <= edge.x + edge.width, `${viewport.width} px`).toBe(true)
    }
    await window.page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'hidden' })
    await window.page.keyboard.press('6')
    expect(await window.page.getByLabel('Statechart', { exact: true }).inputValue()).toBe('ftp')
  })

  it('takes back what was changed by hand', async () => {
    await window.open('fresh')
    await run('remove the sim')
    expect(await window.untilCalled('setSim')).toEqual([{ inserted: false }])
    await window.page.locator('.offer', { hasText: 'SIM removed.' }).waitFor()
    await window.page.keyboard.press('Control+z')
    expect(await window.untilCalled('setSim', 2)).toEqual([{ inserted: false }, { inserted: true }])
    await run('refuse every apn')
    await window.page.locator('.offer', { hasText: 'Every APN refused.' }).getByRole('button', { name: 'Undo' }).click()
    expect(await window.untilCalled('setNetwork', 2)).toEqual([{ apns: [] }, { apns: 'any' }])
    await window.page.keyboard.press('Control+z')
    await window.page.locator('.notice', { hasText: 'There is no change' }).waitFor()
    await window.page.getByRole('button', { name: 'Dismiss' }).click()
  })

  it('leaves Ctrl-Z to the field and to the terminal', async () => {
    await window.open('fresh')
    await run('remove the sim')
    await window.untilCalled('setSim')
    await window.page.keyboard.press('t')
    await window.page.keyboard.press('Control+z')
    const typed = (await window.untilCalled('type')) as { bytes: Uint8Array }[]
    expect([...typed[0]!.bytes]).toEqual([26])
    expect(window.called('setSim')).toHaveLength(1)
  })

  it('closes the first minute, and has it back from the palette', async () => {
    await window.open('fresh')
    expect(await window.page.locator('.ways dt').allInnerTexts()).toEqual(['Port', 'minicom', 'picocom', 'pyserial'])
    await window.page.locator('.p-start').getByRole('button', { name: 'Close' }).click()
    await expect.poll(() => window.page.locator('.p-start').count()).toBe(0)
    await run('open first steps')
    await window.page.locator('.p-start').waitFor()
  })

  it('types a first session line by line, and waits for what each did', async () => {
    await window.open('fresh')
    await window.page.getByRole('button', { name: 'Try it here' }).click()
    await window.page.getByRole('button', { name: 'Type it' }).click()
    const typed = (await window.untilCalled('type')) as { bytes: Uint8Array }[]
    expect(new TextDecoder().decode(typed[0]!.bytes)).toBe('AT\r')
    expect(await window.page.locator('.session li.done').count()).toBe(0)
    window.fixture.add({ kind: 'result', word: 'OK', failure: null })
    await window.page.locator('.session li.done', { hasText: 'OK: the module answers.' }).waitFor()
    await window.page.getByRole('button', { name: 'Type it' }).click()
    await window.untilCalled('type', 2)
    window.fixture.add({ kind: 'result', word: 'ERROR', failure: null })
    await window.page.locator('.session .err', { hasText: 'The result code is ERROR' }).waitFor()
    await window.page.getByRole('button', { name: 'Again' }).waitFor()
  })

  it('records from a moment on, and saves the range', async () => {
    await window.open('fresh')
    await window.page.getByRole('button', { name: /^Record/ }).click()
    window.fixture.add({ kind: 'note', sentence: 'One.' }, { kind: 'note', sentence: 'Two.' })
    await window.page.getByRole('button', { name: 'Stop, 2' }).click()
    const asked = window.page.getByRole('dialog', { name: 'Save the recording' })
    expect(await asked.innerText()).toContain('2 events since')
    window.fixture.refuse('beginExport', 'Four exports are open already.')
    await asked.getByRole('button', { name: 'JSON lines' }).click()
    await window.page.locator('.notice', { hasText: 'Four exports are open already.' }).waitFor()
    const [request] = window.called('beginExport') as { fromSeq: number; toSeq: number }[]
    expect(request).toMatchObject({ format: 'jsonl', secrets: false })
    expect(request!.toSeq - request!.fromSeq).toBe(2)
    await window.page.keyboard.press('Escape')
    expect(await asked.count()).toBe(0)
  })

  it('shows in every window what one of them changed, and comes back by itself in each', async () => {
    await window.open('online')
    const second = await window.page.context().browser()!.newPage()
    await second.goto(window.fixture.url)
    await windowReady(second)
    window.fixture.change(({ product }) => ({ product: { ...product, name: 'UE910-EUR' }, speed: 5 }))
    for (const page of [window.page, second]) await expect.poll(() => page.title()).toContain('UE910-EUR')
    const { port } = window.fixture
    await window.fixture.close()
    for (const page of [window.page, second]) await page.locator('.window.gone').waitFor()
    await window.serve('failed', port)
    // Without a click: the first attempts follow each other within seconds.
    for (const page of [window.page, second]) await page.locator('.window:not(.gone)').waitFor()
    for (const page of [window.page, second]) await page.getByText('The dial failed.').first().waitFor()
    await second.close()
    window.complaints = window.complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))
  })

  it.each([
    ['light', false],
    ['dark', true]
  ] as const)('has nothing serious for axe to find, %s', async (_name, dark) => {
    await window.open('failed', { dark })
    expect(await seriousFindings(window.page)).toEqual([])
    await window.page.keyboard.press('Control+k')
    await window.page.getByRole('combobox', { name: 'What do you want to do?' }).waitFor()
    expect(await seriousFindings(window.page, { within: 'dialog[open]' })).toEqual([])
    await window.page.keyboard.press('Escape')
  })
})
