import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, escapeOnline, typeOverPort } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

/** The real simulator and the real window in a real browser: what the module does is what the board shows. */
describe.skipIf(!havePeers('chromium', 'pyserial'))('the board', () => {
  let simulator: SimulatorProcess
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0'])
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(15_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await page.locator('.ev-row').first().waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    await simulator?.stop()
    expect(complaints).toEqual([])
  })

  const type = async (text: string): Promise<void> => {
    await page.locator('.xterm-helper-textarea').focus()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  const socketDigit = (): Promise<string> => page.locator('.digit .fig').innerText()

  it('shows the port, with the products to choose from', async () => {
    expect(await page.locator('.first code').first().innerText()).toBe(simulator.link)
    expect(await page.getByLabel('Product').locator('option').allInnerTexts()).toContain('HE910')
    expect(await socketDigit()).toBe('0')
  })

  it('dials from its terminal, and shows the connection in every panel', async () => {
    await page.getByRole('button', { name: 'Type here' }).click()
    for (const line of ['AT#SGACT=1,1', 'AT#SSLEN=1,1']) {
      await type(line)
      await page.locator('.ev-row', { hasText: line }).first().waitFor()
    }
    await type('AT#SSLD=1,443,"123.124.125.126",0,0')
    await page.locator('.ev-row', { hasText: 'CONNECT' }).first().waitFor()
    await expect.poll(socketDigit).toBe('2')
    expect(await page.locator('.state.present').getAttribute('aria-label')).toMatch(/^Open, online, present state/)
    await expect.poll(() => page.locator('.ladder .msg').count()).toBe(9)
    expect(await page.locator('.now').innerText()).toMatch(/^Online with 123\.124\.125\.126:443\./)
    await page.getByText('10.64.18.7').first().waitFor()
  })

  it('counts what waits against pktSize and txTo', async () => {
    await page.locator('.xterm-helper-textarea').focus()
    await page.keyboard.type('twelve bytes')
    await expect.poll(() => page.locator('.timer.runs', { hasText: 'pktSize' }).innerText()).toMatch(/12 of 300 B/)
    await page.locator('.timer.runs', { hasText: 'txTo' }).waitFor()
    // The echo comes back once txTo is over.
    await page.locator('.ev-row', { hasText: 'RX' }).filter({ hasText: 'twelve bytes' }).first().waitFor()
  })

  it('gives the port up to an outside program, and watches', async () => {
    const dropped = typeOverPort(simulator.link, [
      ...escapeOnline,
      ...at('AT#SSLH=1'),
      ...at('AT+CMEE=1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...at('AT#SSLD=1,443,"123.124.125.126",0,0', '\\+CME ERROR: 837')
    ])
    await page.locator('.term-note', { hasText: 'python3' }).waitFor()
    await dropped
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/CA certificate/)
    await page.locator('.serial .state', { hasText: 'closed' }).waitFor()
  })

  it('stores a certificate typed into it, and shows the slot', async () => {
    const pem = readFileSync(simulator.ready.lab.ca!, 'utf8')
    await typeOverPort(simulator.link, [
      { send: `AT#SSLSECDATA=1,1,1,${pem.length}\r` },
      { expect: '> ' },
      { send: `${pem}\x1a` },
      { expect: '\\r\\nOK\\r\\n' }
    ])
    await page.locator('.slot', { hasText: 'Lab Root CA' }).waitFor()
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe(`${pem.length} of 2047 bytes used`)
  })

  it('becomes another product, which has its own NVM', async () => {
    await page.getByLabel('Family').selectOption('GE/GL')
    await page.getByRole('alertdialog').getByRole('button', { name: /Change|Restart|Become/ }).click()
    await expect.poll(() => page.title()).toContain('GE865-QUAD')
    await expect.poll(socketDigit).toBe('0')
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe('0 of 2047 bytes used')
    await typeOverPort(simulator.link, [...at('ATE0'), { send: 'AT+CGMM\r' }, { expect: 'GE865-QUAD' }])
  })

  it('turns the module off and on with its key', async () => {
    await page.getByRole('button', { name: /^Power/ }).first().click()
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/module is off/i)
    await page.getByRole('button', { name: /^Power/ }).first().click()
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/^Registered/)
  })

  it('refuses a browser without the token', async () => {
    const other = await browser.newPage()
    const answer = await other.goto(simulator.ready.ui!.replace(/#.*/, ''))
    expect(answer!.status()).toBe(200)
    await other.getByText(/open the address it printed when it started/).first().waitFor({ timeout: 10_000 })
    await other.close()
  })
})
