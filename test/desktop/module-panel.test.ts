import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layouts } from '../../src/renderer/panels/module/layouts.ts'
import { at, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** The statecharts of the real program while it is used over its port. */
describe.skipIf(!havePeers('chromium', 'pyserial'))('the Module panel', () => {
  let simulator: SimulatorProcess
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0'])
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(30_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await windowReady(page)
  })

  afterAll(async () => {
    await browser?.close()
    await simulator?.stop()
    expect(complaints).toEqual([])
  })

  const type = (...steps: readonly HostStep[]): Promise<unknown> => typeOverPort(simulator.ready.ports[0]!.link, steps)
  const panel = (): Locator => page.locator('.p-module')
  const present = (): Promise<string | null> => panel().locator('.state.present').getAttribute('aria-label')
  const lastEdge = (): Promise<string | null> => panel().locator('.edge.last, .edge.fail').first().textContent()
  const choose = async (chart: string): Promise<void> =>
    void (await page.getByLabel('Statechart', { exact: true }).selectOption(chart))

  it('follows the SSL socket, and says what moved it', async () => {
    await choose('ssl')
    expect(await present()).toMatch(/^Disabled, present state/)
    await type(...at('AT+CMEE=1'), ...at('AT#SGACT=1,1', '[\\s\\S]*?OK'), ...at('AT#SSLEN=1,1'))
    await expect.poll(present).toMatch(/^Closed, present state/)
    expect(await lastEdge()).toBe('Disabled → Closed: #SSLEN=1,1')
    expect(await panel().locator('.last-card').innerText()).toMatch(/Disabled → Closed \d\d:\d\d:\d\d\.\d{3}/)
  })

  it('tells of a state what may come and which commands are legal there', async () => {
    await panel()
      .getByRole('button', { name: /^Closed/ })
      .click()
    const card = panel().locator('.last-card')
    expect(await card.innerText()).toContain('#SSLS says 1')
    expect(await card.locator('.moves li').allInnerTexts()).toEqual(
      expect.arrayContaining(['#SSLD → Dialling', '#SSLEN=1,0 → Disabled'])
    )
    // This product has no fast dial.
    expect(await card.locator('.typed').allInnerTexts()).toEqual(['#SSLEN=1,0', '#SSLD'])
    await panel()
      .getByRole('button', { name: /^Disabled/ })
      .press('Enter')
    expect(await card.locator('.typed').allInnerTexts()).toEqual(['#SSLEN=1,1'])
    await card.getByRole('button', { name: 'Back' }).click()
    await card.getByText('Last move').waitFor()
  })

  it('leads from a failure in red to its cause in the timeline', async () => {
    // Nobody listens there.
    await type(...at('AT#SSLD=1,9,"127.0.0.1",0,1', '\\+CME ERROR: \\d+'))
    await expect.poll(() => panel().locator('.edge.fail').count()).toBe(1)
    expect(await lastEdge()).toBe('Dialling → Closed: fails')
    await panel().locator('.because .link', { hasText: '#SSLD' }).click()
    await expect.poll(() => page.locator('.ev-row.sel, .ev-row[aria-selected="true"]').innerText()).toContain('#SSLD')
  })

  it('brings the chart and lights the arrow of a move that is selected in the timeline', async () => {
    // It may have scrolled out of the list.
    await page.getByLabel('Filter events').fill('PDP context')
    const row = page.locator('.ev-row', { hasText: 'PDP context' }).first()
    const [words] = /\w+ → \w+/.exec(await row.innerText())!
    await row.click()
    await expect.poll(() => page.getByLabel('Statechart', { exact: true }).inputValue()).toBe('pdp')
    await panel().getByText('This move').waitFor()
    expect(await lastEdge()).toContain(words)
    expect(await present()).toMatch(/^Active, present state/)
    await page.getByLabel('Filter events').fill('')
  })

  it.each([
    ['power', 'On'],
    ['sim', 'Ready'],
    ['registration', 'Home'],
    ['pdp', 'Active'],
    ['ssl', 'Closed'],
    ['ftp', 'Idle'],
    ['data', 'Command']
  ])('draws the chart %s with its present state, nothing outside of it', async (chart, label) => {
    await choose(chart)
    await expect.poll(present).toMatch(new RegExp(`^${label}, present state`))
    const outside = await panel()
      .locator('.place svg')
      .evaluate((svg) => {
        const box = svg.getBoundingClientRect()
        return [...svg.querySelectorAll('text, rect')]
          .filter((one) => {
            const { left, right, top, bottom, width } = one.getBoundingClientRect()
            return width > 0 && (left < box.left || right > box.right || top < box.top || bottom > box.bottom)
          })
          .map((one) => one.textContent)
      })
    expect(outside).toEqual([])
  })

  it.each(Object.keys(layouts))(
    'keeps the words of the chart %s at nine and a half pixels or more in the smallest window',
    async (chart) => {
      await choose(chart)
      await page.setViewportSize({ width: 1024, height: 700 })
      // Names and events are 11 units high.
      const wordPx = (): Promise<number> =>
        panel()
          .locator('.place svg')
          .evaluate((svg) => (svg as SVGSVGElement).getScreenCTM()!.a * 11)
      await expect.poll(wordPx).toBeGreaterThanOrEqual(9.5)
      await page.setViewportSize({ width: 1280, height: 800 })
    }
  )

  it('shows a module that is off', async () => {
    await choose('power')
    await type(...at('AT#SHDN'))
    await expect.poll(present).toMatch(/^Off, present state/)
    await panel().getByRole('button', { name: /^Off/ }).click()
    expect(await panel().locator('.last-card').innerText()).toContain('ON key → Booting')
  })
})
