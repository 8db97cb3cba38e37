import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'

/** The panel Why with the real program: a real failed handshake, explained, marked and fixed from the window. */
describe.skipIf(!havePeers('chromium'))('why', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start()
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })

  const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'
  const why = () => live.page.locator('[data-panel="why"]')
  const title = (): Promise<string> => why().locator('h2').innerText()
  const clockMarked = () => live.page.locator('[data-part="clock"].marked').count()

  it('asks the question of the moment while nothing has failed, and its button answers it', async () => {
    await live.page.getByRole('tab', { name: 'Why' }).click()
    await expect.poll(title).toBe('Why does nothing happen?')
    await live.command('AT+CMEE=1')
    await live.command('AT')
    await expect.poll(title).toMatch(/\?$/)
    await live.command('AT#SGACT=1,1')
    await expect.poll(title).toBe('Why would #SSLD fail now?')
    expect(await live.faults('[data-panel="why"]')).toEqual([])
    await why().getByRole('button', { name: 'Send it' }).click()
    await live.control.until(({ ssl }) => ssl.status === 1)
    await expect.poll(title).toBe('What can be done now?')
  })

  it('comes to the front when a dial fails, tells it, and marks what it touches', async () => {
    await live.command('AT#SSLSECCFG=1,0,1,1')
    await live.focusTerminal()
    await live.page.keyboard.type('AT#SSLSECDATA=1,1,1,2000')
    await live.page.keyboard.press('Enter')
    await live.page.getByLabel('File for the prompt').setInputFiles(live.simulator.ready.lab.ca!)
    await live.control.until(({ slots }) => slots[1]!.storedBytes > 0)
    await live.command('AT+CCLK="58/01/01,12:00:00+00"')
    await live.page.getByRole('tab', { name: 'First steps' }).click()
    await live.command(dial, 'ERROR')
    await expect.poll(title).toBe('The server’s certificate has expired'.replace('’', "'"))
    expect(await live.page.getByRole('tab', { name: 'Why' }).getAttribute('aria-selected')).toBe('true')
    expect(await why().locator('.rule-line').innerText()).toContain('+CME ERROR: 839')
    expect(await why().getByRole('img').getAttribute('aria-label')).toMatch(
      /valid from .* clock of the module was at 1 Jan 2058/
    )
    await expect.poll(clockMarked).toBe(1)
    expect(await why().locator('.remedies .btn.solid').count()).toBe(1)
    expect(await live.faults('[data-panel="why"]')).toEqual([])
  })

  it('leads to each event, by the trail and by the marks, and stays with the failure', async () => {
    const trail = why().locator('.trail .link')
    expect(await trail.allInnerTexts()).toEqual(['AT#SSLD', 'Certificate', 'alert', 'check', '839'])
    await trail.nth(1).click()
    await expect.poll(() => live.page.locator('.ev-row.sel').innerText()).toContain('Certificate')
    await why()
      .getByRole('button', { name: /^Show the event: TLS Alert/ })
      .click()
    await expect.poll(() => live.page.locator('.ev-row.sel').innerText()).toContain('Alert')
    expect(await title()).toContain('has expired')
  })

  it('tells a failure that is selected, and the last one again', async () => {
    await live.command('AT#NOPE', 'ERROR')
    await expect.poll(title).toBe('There is no command #NOPE')
    expect(await clockMarked()).toBe(0)
    await live.page.locator('.ev-row', { hasText: 'CHECK' }).first().click()
    await expect.poll(title).toContain('has expired')
    expect(await clockMarked()).toBe(1)
    await live.page.getByRole('button', { name: 'Last failure' }).click()
    await expect.poll(title).toBe('There is no command #NOPE')
    await live.page.locator('.ev-row', { hasText: 'CHECK' }).first().click()
    await expect.poll(title).toContain('has expired')
  })

  it('is mended by its first button, and the command tried again from here', async () => {
    await why()
      .getByRole('button', { name: /^Set 20/ })
      .first()
      .click()
    await live.control.until(({ network, wallMs }) =>
      network.clockChip.includes(new Date(wallMs).toISOString().slice(2, 4))
    )
    await why()
      .locator('li', { hasText: 'Fixed: try the command again.' })
      .getByRole('button', { name: 'Send it' })
      .click()
    await live.control.until(({ ssl }) => ssl.status === 2)
    // W-2: the earlier probe #NOPE is no longer relevant, so there is no last failure, and the question of the moment
    // is shown at once.
    await live.page.getByRole('button', { name: 'Last failure' }).click()
    await expect.poll(title).toBe('How is data sent and received?')
  })

  it('is a tab beside the handshake where it is narrow, and opens by itself on a failure', async () => {
    await live.command('AT#SSLH=1')
    await live.page.setViewportSize({ width: 1024, height: 700 })
    await live.page.getByRole('tab', { name: 'Handshake' }).click()
    await live.command('AT#SSLEN=1,1', 'ERROR')
    await expect.poll(title).toMatch(/on already|turned on|enabled/i)
    expect(await live.faults('[data-panel="why"]')).toEqual([])
  })
})
