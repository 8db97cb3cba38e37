import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFindings } from '../fixtures/axe.ts'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'

const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'more contrast': { colorScheme: 'light', contrast: 'more' },
  'dark, more contrast': { colorScheme: 'dark', contrast: 'more' }
} as const
type Look = keyof typeof looks
const everyLook = Object.keys(looks) as Look[]

/** The whole window with the real program: for axe, for screen readers, and at a zoom of 200 %. */
describe.skipIf(!havePeers('chromium'))('the whole window', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start()
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })

  const part = (id: string): Locator => live.page.locator(`[data-part="${id}"]`)
  const button = (name: string | RegExp): Locator => live.page.getByRole('button', { name })
  const label = (what: Locator): Promise<string | null> => what.getAttribute('aria-label')

  /**
   * Returns the serious and critical findings of axe, in the page or in one floating element, with the look. Looks
   * differ only in colours: the first is checked completely, the others for contrast.
   */
  async function findings(names: readonly Look[], within?: string): Promise<readonly string[]> {
    const all: string[] = []
    for (const name of names) {
      await live.page.emulateMedia(looks[name])
      await live.page.locator(`html[data-theme="${looks[name].colorScheme}"]`).waitFor({ state: 'attached' })
      const options = { coloursOnly: name !== names[0], ...(within === undefined ? {} : { within }) }
      all.push(...(await seriousFindings(live.page, options)).map((one) => `${name}, ${one}`))
    }
    await live.page.emulateMedia(looks.light)
    return all
  }

  it('has nothing serious for axe with nothing open', async () => {
    expect(await findings(everyLook)).toEqual([])
  })

  it('has names for lamps, states and bars', async () => {
    await expect.poll(() => label(part('stat'))).toBe('STAT lamp, flashes every 3 s: registered')
    const lamps = await live.page
      .locator('[data-part^="line-"]')
      .evaluateAll((all) => all.map((one) => [one.getAttribute('role'), one.getAttribute('aria-label')]))
    expect(lamps).toEqual(
      [
        'TXD',
        'RXD',
        'CTS not available',
        'RTS not available',
        'DTR not available',
        'DSR not available',
        'DCD not available',
        'RI not available'
      ].map((name) => ['img', name])
    )
    for (const name of [
      /^Power on/,
      /^Network home/,
      /^Context inactive/,
      /^SSL socket disabled/,
      /^Data mode command/,
      /^FTP idle/
    ])
      expect(
        await live.page.getByRole('navigation', { name: 'State of the module' }).getByRole('button', { name }).count(),
        String(name)
      ).toBe(1)
    const states = await live.page
      .locator('.p-module .state')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
    expect(states.length).toBeGreaterThan(6)
    expect(states.filter((name) => name?.includes('present state'))).toEqual([
      expect.stringMatching(/^Disabled, present state/)
    ])
    expect(await live.page.getByRole('img', { name: 'SSL status 0, disabled' }).count()).toBe(1)
    expect(
      await live.page
        .locator('.slot .bar')
        .evaluateAll((all) => all.map((one) => [one.getAttribute('role'), one.getAttribute('aria-label')]))
    ).toEqual(Array.from({ length: 3 }, () => ['img', '0 of 2047 bytes used']))
    // A limit's bar has its number beside it, which is what screen readers use.
    expect(await live.page.getByRole('listitem').filter({ hasText: 'pktSize' }).innerText()).toMatch(/0 of 300 B/)
    expect(await live.page.getByRole('slider').first().getAttribute('aria-valuetext')).toMatch(/dBm/)
  })

  it.each<readonly [name: string, selector: string, open: () => Promise<void>]>([
    ['palette', 'dialog[open]', () => live.page.keyboard.press('Control+k')],
    ['keys', 'dialog[open]', () => button('Keys and help').click()],
    [
      'another product',
      '[role="alertdialog"]',
      async () => void (await live.page.getByLabel('Product', { exact: true }).selectOption('GE865-QUAD'))
    ],
    ['a server’s chain', 'dialog[open]', () => button('From a server').click()],
    ['a slot', 'dialog[open]', () => live.page.locator('.slot-open').first().click()],
    ['the SIM’s menu', '.board-menu', () => part('sim').press('Enter')],
    ['the port’s menu', '.board-menu', () => part('uart').press('Enter')],
    ['views of the timeline', '[role="menu"]', () => button('Views, copy, save, bookmarks').click()],
    ['filter of the timeline', '.filter-menu', () => button(/^Filter by kind/).click()]
  ])('has nothing serious for axe in what floats: %s', async (_name, selector, open) => {
    await open()
    await live.page.locator(selector).first().waitFor()
    expect(await findings(['light', 'dark'], selector)).toEqual([])
    await live.page.keyboard.press('Escape')
    await live.page
      .locator(selector)
      .first()
      .waitFor({ state: 'detached' })
      .catch(() => live.page.locator(selector).first().waitFor({ state: 'hidden' }))
  })

  it('has nothing serious for axe in the clock’s form', async () => {
    await part('clock').press('Enter')
    await live.page.getByRole('menuitem', { name: /^Set date and time/ }).press('Enter')
    await live.page.getByRole('dialog', { name: 'Set clock' }).waitFor()
    expect(await findings(['light', 'dark'], '.board-form')).toEqual([])
    await live.page.keyboard.press('Escape')
  })

  it('has nothing serious for axe in panels that are opened, and in further sides', async () => {
    await live.page.getByRole('tab', { name: 'Network' }).click()
    await live.page.getByRole('tab', { name: 'Settings' }).click()
    for (const name of ['Lab', 'Lessons']) {
      await live.page.getByRole('toolbar').getByRole('button', { name }).click()
      await live.page.locator(`[data-panel="${name.toLowerCase()}"]`).waitFor()
    }
    expect(await findings(everyLook)).toEqual([])
  })

  it('has nothing serious for axe in the faults, armed ones among them', async () => {
    await live.control.armFault({ fault: 'wrong-finished', times: 'next' })
    await button('Faults 1 armed').click()
    expect(await findings(['light', 'dark'], '.faults-menu')).toEqual([])
    await button('All faults').click()
    await live.page.locator('[data-panel="faults"]').waitFor()
    expect(await findings(everyLook, '[data-panel="faults"]')).toEqual([])
    const [armed] = (await live.control.snapshot()).lab.faults
    await live.control.call('clearFault', { id: armed!.id })
    await live.page.getByRole('tab', { name: 'Context', exact: true }).click()
    await live.page.getByRole('tab', { name: 'SSL socket' }).first().click()
    await live.page.getByRole('tab', { name: 'Module', exact: true }).click()
    await live.page.getByRole('tab', { name: 'Handshake', exact: true }).click()
  })

  it('has nothing serious for axe with a connection open and a message of its handshake shown', async () => {
    await live.command('AT#SGACT=1,1')
    await live.command('AT#SSLEN=1,1')
    await live.command('AT#SSLD=1,443,"123.124.125.126",0,1')
    await live.page.getByRole('img', { name: 'SSL status 2, open' }).waitFor()
    await expect.poll(() => label(part('stat'))).toMatch(/^STAT lamp, on steadily/)
    await live.page.locator('.ladder .msg', { hasText: 'ServerHello' }).first().click()
    await live.page.locator('.detail .field').first().waitFor()
    expect(await findings(everyLook)).toEqual([])
    await button('Close the message').click()
    await live.command('AT#SSLH=1')
  })

  it('has nothing serious for axe after a failure, and tells it to a screen reader at once', async () => {
    await live.command('AT+CMEE=1')
    await live.command('AT#SSLSECCFG=1,0,1')
    await live.command('AT#SSLD=1,443,"123.124.125.126",0,1', 'ERROR')
    await live.page.getByRole('heading', { name: 'No CA certificate is stored' }).waitFor()
    await expect.poll(() => live.page.getByRole('alert').first().textContent()).toContain('No CA certificate is stored')
    expect(await label(part('nvm'))).toContain('No CA certificate is stored')
    expect(await findings(everyLook)).toEqual([])
  })

  it('has everything within reach at a zoom of 200 %', async () => {
    // The space that 1280 x 800 has at that zoom.
    await live.page.setViewportSize({ width: 640, height: 400 })
    const groups = live.page.locator('.dv-groupview')
    await expect.poll(() => groups.count()).toBe(2)
    expect(
      await live.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    ).toBe(0)
    const reached: string[] = []
    for (const group of await groups.all())
      for (const tab of await group.locator('.dv-tab').all()) {
        await tab.click()
        reached.push(await tab.innerText())
        expect(await outOfReach(), reached.at(-1)).toEqual([])
      }
    expect(reached).toEqual(
      expect.arrayContaining(['Board', 'Module', 'NVM slots', 'Timers', 'Timeline', 'Handshake', 'Why'])
    )
    expect(await findings(['light'])).toEqual([])
    await live.page.setViewportSize({ width: 1280, height: 800 })
  })

  /** Returns the names of controls that cannot be reached by scrolling. */
  function outOfReach(): Promise<readonly string[]> {
    return live.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, select, input:not([type="file"]), [tabindex="0"]')]
        .filter(
          (one) =>
            one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
            !one.closest('.xterm, [aria-hidden="true"]')
        )
        .filter((one) => {
          one.scrollIntoView({ block: 'center', inline: 'center' })
          const { left, top, width, height } = one.getBoundingClientRect()
          const hit = document.elementFromPoint(left + width / 2, top + height / 2)
          return (
            !hit || !(one.contains(hit) || one.parentElement?.matches('label') || hit.closest('label')?.contains(one))
          )
        })
        .map((one) => one.getAttribute('aria-label') ?? one.textContent ?? one.outerHTML.slice(0, 80))
    )
  }
})
