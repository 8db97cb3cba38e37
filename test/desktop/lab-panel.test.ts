import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'
import { windowReady } from '../fixtures/window-ready.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The lab's panels in the real window with the real simulator: settings, faults, dials. */
describe.skipIf(!havePeers('chromium', 'pyserial'))('the panels of the lab', () => {
  let simulator: SimulatorProcess
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0'])
    browser = await launchChromium()
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce'
    })
    page = await context.newPage()
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

  const lab = (): Locator => page.locator('[data-panel="lab"]')
  const faults = (): Locator => page.locator('[data-panel="faults"]')
  const button = (name: string | RegExp, within: Locator | Page = page): Locator => within.getByRole('button', { name })
  const said = (): Promise<string> => lab().locator('.lab-said').innerText()

  /** Checks the panels in both themes. Pictures are written to the folder `LAB_PICTURES`. */
  async function look(name: string): Promise<void> {
    const folder = process.env['LAB_PICTURES']
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.evaluate(axeSource)
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: { run(where: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations: found } = await axe.run({
          include: [['[data-panel="lab"], [data-panel="faults"], .faults-menu']]
        })
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      })
      expect(violations).toEqual([])
      if (!folder) continue
      mkdirSync(folder, { recursive: true })
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    }
  }

  it('opens from the toolbar and shows where each far end is', async () => {
    await button('Lab').click()
    await lab().waitFor()
    expect(await lab().getByRole('tab').allInnerTexts()).toEqual([
      expect.stringMatching(/TLS echo\s+123\.124\.125\.126:443/),
      expect.stringMatching(/Web server\s+www\.example\.lab:443/),
      expect.stringContaining(`127.0.0.1:${simulator.ready.lab.ftps!.port}`)
    ])
    expect(await lab().getByRole('tabpanel').innerText()).toContain(`127.0.0.1:${simulator.ready.lab.tls!.port}`)
    await look('far-ends')
  })

  it('types the commands, and they connect', async () => {
    await button('Type commands', lab()).click()
    await expect.poll(said).toBe('Commands typed: the module is connected.')
    await expect.poll(() => page.locator('.digit .fig').innerText()).toBe('2')
    expect(await lab().getByRole('tab').first().innerText()).toContain('dialled once')
    expect(await button('Type commands', lab()).isDisabled()).toBe(true)
    expect(await button('Type commands', lab()).getAttribute('title')).toContain('AT0 is in online mode')
    await page.locator('.term:not(.behind) .xterm-helper-textarea').focus()
    // The guard time of +++ begins with the last byte; nothing was typed since.
    await expect
      .poll(
        async () => {
          await page.waitForTimeout(1300)
          await page.keyboard.type('+++')
          await page.waitForTimeout(1300)
          return button('Type commands', lab()).isDisabled()
        },
        { timeout: 20_000 }
      )
      .toBe(false)
  })

  it('makes another certificate, says what it teaches, and takes that back', async () => {
    await lab().getByLabel('Certificate').selectOption('expired')
    await expect.poll(() => lab().getByRole('tab').first().innerText()).toContain('expired')
    expect(await lab().locator('.lab-teaches').innerText()).toMatch(
      /With auth mode 1, the dial ends with (ERROR|\+CME ERROR: 839)\./
    )
    await button('Type commands', lab()).click()
    await expect.poll(said).toMatch(/was answered with (ERROR|\+CME ERROR: 839)/)
    await look('expired')
    await lab().focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => lab().getByLabel('Certificate').inputValue()).toBe('good')
  })

  it('arms a wrong Finished, which ends the dial in 839, and counts the strike', async () => {
    await button('Inject a fault').click()
    await faults().waitFor()
    await look('faults')
    await faults().locator('li', { hasText: 'Wrong Finished' }).getByRole('button', { name: 'Always' }).click()
    await button('Faults 1 armed').waitFor()
    await page.locator('[data-tab-of="lab"]').click()
    await button('Type commands', lab()).click()
    await expect.poll(said).toMatch(/AT#SSLD.* was answered with/)
    await page.locator('[data-tab-of="faults"]').click()
    await expect.poll(() => faults().locator('.armed-list li').first().innerText()).toContain('struck 1×')
    await page.getByText('839').first().waitFor()
    expect(await faults().locator('.struck').innerText()).toContain('Wrong Finished at the TLS echo')
    await look('armed')
  })

  it('clears it from the toolbar, and arms it again with Undo', async () => {
    await button('Faults 1 armed').click()
    await look('menu')
    await button('Clear Wrong Finished', page.getByRole('dialog', { name: 'Armed faults' })).click()
    await button('Faults 0 armed').waitFor()
    await button('Undo').click()
    await button('Faults 1 armed').waitFor()
    await button('Clear Wrong Finished', faults()).click()
    await button('Faults 0 armed').waitFor()
  })

  it('lists all of them, and refuses a figure that is none', async () => {
    await button(/^All \d+/).click()
    expect(await faults().locator('.faults-list li').count()).toBeGreaterThan(45)
    const slow = faults().locator('li', { hasText: 'a byte every' })
    await slow.getByRole('textbox').fill('x')
    expect(await slow.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true)
    await look('all')
  })

  it.each([
    [0, 'ERROR'],
    [1, '+CME ERROR: 839'],
    [2, '+CME ERROR: SSL error during handshake']
  ])('tells an error as the host reads it under AT+CMEE=%i', async (report, words) => {
    await typeOverPort(simulator.ready.ports[0]!.link, at(`AT+CMEE=${report}`))
    const seen = faults().locator('li', { hasText: 'Wrong Finished' }).locator('.seen')
    await expect.poll(() => seen.textContent()).toBe(`The host sees ${words}`)
    expect(await seen.getAttribute('title')).toBe(
      `The host sees: ${words}. Error 839, SSL error during handshake, as AT+CMEE=${report} has it told`
    )
  })

  it('copies commands that, typed by another program, connect', async () => {
    await page.locator('[data-tab-of="lab"]').click()
    await button('Auth mode 2', lab()).click()
    await button('Copy as AT commands', lab()).click()
    await expect.poll(said).toMatch(/commands and 3 PEMs copied\.$/)
    const text = await page.evaluate(() => navigator.clipboard.readText())
    await typeOverPort(simulator.ready.ports[0]!.link, [{ send: 'ATE0\r' }, { expect: 'OK\\r\\n' }, ...steps(text)])
    await expect.poll(() => page.locator('.digit .fig').innerText()).toBe('2')
  })

  it('says so when the simulator is gone', async () => {
    await simulator.stop()
    await expect.poll(() => button('Copy as AT commands', lab()).isDisabled()).toBe(true)
    expect(await lab().getByLabel('Certificate').isDisabled()).toBe(true)
    // The browser itself reports that the server is missing.
    complaints = complaints.filter((one) => !/WebSocket|ERR_CONNECTION/.test(one))
  })
})

/** Splits copied text where a host would wait: after each line, and after each entry. */
function steps(text: string): HostStep[] {
  const pieces = text.split(/(?<=\r)/).flatMap((piece) => {
    const [first, ...others] = piece.split('\x1a').toReversed()
    return [...others.toReversed().map((pem) => `${pem}\x1a`), first!]
  })
  return pieces
    .filter((send) => send !== '')
    .flatMap((send): HostStep[] => {
      const until = send.includes('#SSLSECDATA')
        ? '\\r\\n> '
        : send.includes('#SSLD=')
          ? '\\r\\nCONNECT\\r\\n'
          : '\\r\\nOK\\r\\n'
      return [{ send }, { expect: until }]
    })
}
