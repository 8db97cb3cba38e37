import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, escapeOnline, typeOverPort } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** The real simulator and the real window in a real browser: the board shows what the module does. */
describe.skipIf(!havePeers('chromium', 'pyserial'))('the board', () => {
  let simulator: SimulatorProcess
  let links: string
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    links = mkdtempSync(join(tmpdir(), 'board-'))
    const ports = ['tty0', 'tty1'].flatMap((name) => ['--link', join(links, name)])
    simulator = await startSimulatorProcess(['--ui', '0', '--instances', '2', ...ports])
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(30_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await windowReady(page)
  })

  afterAll(async () => {
    await browser?.close()
    await simulator?.stop()
    rmSync(links, { recursive: true, force: true })
    expect(complaints).toEqual([])
  })

  const portPath = (): string => simulator.ready.ports[0]!.link
  const focusTerminal = (): Promise<void> => page.locator('.term:not(.behind) .xterm-helper-textarea').focus()
  const type = async (text: string): Promise<void> => {
    await focusTerminal()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  /** Types a line and waits for its result code. The timeline may be paused, as after a failure. */
  const command = (line: string, answer = 'OK'): Promise<void> => resultOf(() => type(line), answer)
  /** Ends a line and waits for its own result code, not for a later one. */
  const resultOf = async (enter: () => Promise<void>, answer = 'OK'): Promise<void> => {
    const pill = page.locator('.pill')
    if ((await pill.count()) > 0) {
      await pill.click()
      await focusTerminal()
    }
    const results = page.locator('.ev-row', { hasText: 'RESULT' }).filter({ hasText: answer })
    const newest = async (rows: Locator): Promise<number> =>
      Math.max(...(await rows.evaluateAll((all) => all.map((row) => Number(row.id.slice(6))))))
    const before = await newest(page.locator('.ev-row'))
    await enter()
    await expect.poll(() => newest(results)).toBeGreaterThan(before)
  }
  const socketDigit = (): Promise<string> => page.locator('.digit .fig').innerText()

  it('shows the port, with the products to choose from', async () => {
    expect(await page.locator('.first code').first().innerText()).toBe(portPath())
    expect(await page.locator('.ways code').first().innerText()).toBe(portPath())
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

  it('opens a message of that handshake as the fields of its bytes, the encrypted ones too', async () => {
    await page.locator('.ladder .msg', { hasText: 'ServerHello' }).first().click()
    const detail = page.locator('.detail')
    await detail.locator('.field', { hasText: 'cipher suite' }).hover()
    await expect.poll(() => detail.locator('.hex .lit').allInnerTexts()).toEqual(['00', '2f'])
    await page.locator('.ladder .msg', { hasText: 'Certificate' }).first().click()
    await detail.locator('.field', { hasText: 'certificate 1' }).waitFor()
    const bytes = Number(
      await page.locator('.ladder .msg', { hasText: 'Certificate' }).first().locator('.sz').textContent()
    )
    expect(await detail.getByRole('group').getAttribute('aria-label')).toContain(`${bytes} bytes`)
    await page.locator('.ladder .msg', { hasText: 'Finished' }).first().click()
    expect(await detail.locator('.field', { hasText: 'verify data' }).innerText()).toMatch(/[0-9a-f]{24}/)
    expect(await detail.locator('header').innerText()).toContain('decrypted')
    await page.getByRole('button', { name: 'Close the message' }).click()
  })

  it('counts what waits against pktSize and txTo', async () => {
    await focusTerminal()
    await page.keyboard.type('twelve bytes')
    await expect.poll(() => page.locator('.timer.runs', { hasText: 'pktSize' }).innerText()).toMatch(/12 of 300 B/)
    await page.locator('.timer.runs', { hasText: 'txTo' }).waitFor()
    // The opened message is selected and pauses the list: back to the newest. The echo returns after txTo.
    const pill = page.locator('.pill')
    if ((await pill.count()) > 0) await pill.click()
    await page.locator('.ev-row', { hasText: 'RX' }).filter({ hasText: 'twelve bytes' }).first().waitFor()
  })

  it('gives the port up to an outside program, and watches', async () => {
    // It stays until it was seen.
    const seen = join(links, 'seen')
    const dropped = typeOverPort(portPath(), [
      { file: seen, bytes: 1 },
      ...escapeOnline,
      ...at('AT#SSLH=1'),
      ...at('AT+CMEE=1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...at('AT#SSLD=1,443,"123.124.125.126",0,0', '\\+CME ERROR: 837')
    ])
    await page.locator('.holder', { hasText: 'Watching python3' }).waitFor()
    writeFileSync(seen, '.')
    await dropped
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/CA certificate/)
    await page.locator('.serial .state', { hasText: 'closed' }).waitFor()
  })

  it('stores a certificate typed into it, and shows the slot', async () => {
    const pem = readFileSync(simulator.ready.lab.ca!, 'utf8')
    await typeOverPort(portPath(), [
      { send: `AT#SSLSECDATA=1,1,1,${pem.length}\r` },
      { expect: '> ' },
      { send: `${pem}\x1a` },
      { expect: '\\r\\nOK\\r\\n' }
    ])
    // The slot is filled while the program has the port. Only after that, closed means that it has left.
    await page.locator('.slot', { hasText: 'Lab Root CA' }).waitFor()
    await page.locator('.serial .state', { hasText: 'closed' }).waitFor()
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe(`${pem.length} of 2047 bytes used`)
  })

  it('takes a DER file into the prompt, which ends by its count', async () => {
    const pem = readFileSync(simulator.ready.lab.ca!, 'utf8')
    const der = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    await command('AT#SSLSECCFG=1,0,1,0')
    await expect
      .poll(() =>
        page
          .locator('.dv-groupview', { has: page.locator('[data-panel="nvm"]') })
          .locator('.strip')
          .innerText()
      )
      .toContain('takes DER')
    await type(`AT#SSLSECDATA=1,1,1,${der.length}`)
    await page
      .getByLabel('File for the prompt')
      .setInputFiles({ name: 'ca.der', mimeType: 'application/octet-stream', buffer: der })
    await page.locator('.slot', { hasText: 'DER' }).waitFor()
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe(`${der.length} of 2047 bytes used`)
    await page.locator('.term-help', { hasText: 'Tab completes' }).first().waitFor()
  })

  it('takes a PEM file, which Ctrl-Z ends, over the one that was there', async () => {
    const pem = readFileSync(simulator.ready.lab.ca!)
    await command('AT#SSLSECCFG=1,0,1,1')
    await type(`AT#SSLSECDATA=1,1,1,${pem.length}`)
    await page.getByLabel('File for the prompt').setInputFiles({ name: 'ca.pem', mimeType: 'text/plain', buffer: pem })
    await page.locator('.slot', { hasText: 'PEM' }).waitFor()
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe(`${pem.length} of 2047 bytes used`)
  })

  it('completes and explains a command as the product has it, and finds it again', async () => {
    await focusTerminal()
    await page.keyboard.type('AT#SSLSECC')
    await page.keyboard.press('Tab')
    const help = page.locator('.term:not(.behind) .term-help')
    await help.locator('.sig', { hasText: '#SSLSECCFG=<ssid>,<suite>,<authMode>[,<certFormat>]' }).waitFor()
    await page.keyboard.type('=1,2')
    await expect.poll(() => help.locator('.say').innerText()).toMatch(/^suite .* 0-4 · default 0$/)
    await page.keyboard.type(',0')
    await resultOf(() => page.keyboard.press('Enter'))
    await page.locator('.ev-row', { hasText: 'LINE' }).filter({ hasText: 'AT#SSLSECCFG=1,2,0' }).last().waitFor()
    await page.keyboard.type('AT#SSLE')
    await page.keyboard.press('ArrowUp')
    await resultOf(() => page.keyboard.press('Enter'), '')
    await page.locator('.ev-row', { hasText: 'LINE' }).filter({ hasText: 'AT#SSLEN=1,1' }).last().waitFor()
  })

  it('has a terminal of its own on the second AT port', async () => {
    await page.getByRole('tab', { name: 'AT1' }).click()
    await page.getByRole('button', { name: 'Type here' }).click()
    await type('AT+CMEE=1')
    await page.getByRole('tabpanel', { name: 'AT1' }).locator('.xterm-rows', { hasText: 'OK' }).waitFor()
    await page.getByLabel('Statechart', { exact: true }).selectOption('Data mode')
    await page.getByLabel('AT instance', { exact: true }).selectOption('AT1')
    await expect
      .poll(() => page.locator('.state.present').getAttribute('aria-label'))
      .toMatch(/^Command, present state/)
    expect(await page.locator('.last-card').innerText()).toMatch(/Off → Command/)
    await page.getByRole('tab', { name: 'AT0' }).click()
  })

  it('lets the network drop and refuse the context', async () => {
    const context = page.locator('[data-panel="context"]')
    await command('AT+CMEE=2')
    await page.getByRole('button', { name: 'Drop', exact: true }).click()
    await expect.poll(() => context.innerText()).toMatch(/Context 1\s+inactive/)
    await page.getByRole('button', { name: 'Refuse', exact: true }).click()
    await page.getByRole('button', { name: 'Refusing', exact: true }).waitFor()
    await command('AT#SGACT=1,1', 'ERROR')
    await page.getByRole('button', { name: 'Refusing', exact: true }).click()
    await page.getByRole('button', { name: 'Refuse', exact: true }).waitFor()
    await command('AT#SGACT=1,1')
    await expect.poll(() => context.innerText()).toMatch(/Context 1\s+active/)
  })

  it('takes the module to another network, and out of all reach', async () => {
    await page.getByRole('tab', { name: 'Network' }).click()
    const network = page.locator('select[aria-label="Network"]')
    const stage = (): Promise<string> => page.locator('.stage', { hasText: 'Network' }).innerText()
    await network.selectOption('roaming')
    await expect.poll(stage).toMatch(/roaming/)
    await network.selectOption('refuses')
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/^The network rejects this SIM/)
    await network.selectOption('no coverage')
    await network.selectOption('home')
    await expect.poll(stage).toMatch(/home/)
    await page.locator('input[aria-label="Signal"]').press('Home')
    await command('AT+CSQ')
    await page.locator('.ev-row', { hasText: '+CSQ: 0,' }).last().waitFor()
  })

  it('loses its SIM, and asks for the PIN of the one that is put in', async () => {
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/^There is no SIM in the module/)
    await page.getByLabel('Statechart', { exact: true }).selectOption('SIM')
    await expect.poll(() => page.locator('.state.present').getAttribute('aria-label')).toMatch(/^No SIM, present state/)
    await page.getByLabel('PIN', { exact: true }).click()
    await page.getByRole('button', { name: 'Insert', exact: true }).click()
    await expect
      .poll(() => page.locator('.now').innerText())
      .toMatch(/^The SIM asks for its PIN\. AT\+CPIN=1234 enters it; 3 tries/)
    await command('AT+CPIN=1234')
    await expect.poll(() => page.locator('.state.present').getAttribute('aria-label')).toMatch(/^Ready, present state/)
    await expect.poll(() => page.locator('.stage', { hasText: 'Network' }).innerText()).toMatch(/home/)
    await page.getByLabel('PIN', { exact: true }).click()
    await page.getByRole('tab', { name: 'Context' }).click()
  })

  it('becomes another product, which has its own NVM and its own commands', async () => {
    await page.getByLabel('Product').selectOption('GE865-QUAD')
    const asked = page.getByRole('alertdialog')
    expect(await asked.locator('.gains').innerText()).toContain('#SSLFASTD')
    expect(await asked.innerText()).toContain('3 AES256-SHA')
    await asked.getByRole('button', { name: 'Restart as GE865-QUAD' }).click()
    await expect.poll(() => page.title()).toContain('GE865-QUAD')
    await expect.poll(socketDigit).toBe('0')
    expect(await page.locator('.slot .bar').nth(1).getAttribute('aria-label')).toBe('0 of 2047 bytes used')
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/^Registered/)
    await command('AT+CGMM')
    await page.locator('.ev-row', { hasText: 'RX' }).filter({ hasText: 'GE865-QUAD' }).last().waitFor()
    await focusTerminal()
    await page.keyboard.type('AT#SSLSECCFG')
    await page.locator('.term:not(.behind) .sig', { hasText: /#SSLSECCFG=<ssid>,<suite>,<authMode>\s*#/ }).waitFor()
    // SSL is disabled on a module that has just started.
    await resultOf(() => page.keyboard.type('?\r'), 'ERROR')
  })

  it('marks a handshake that took a kept session up again', async () => {
    await command('AT#SSLEN=1,1')
    await command('AT#SGACT=1,1')
    await command('AT#SSLD=1,443,"123.124.125.126",1,1')
    await command('AT#SSLH=1,1')
    await command('AT#SSLFASTD=1,1')
    await expect
      .poll(() =>
        page
          .locator('.dv-groupview', { has: page.locator('.p-handshake') })
          .locator('.strip')
          .innerText()
      )
      .toMatch(/resumed, \d+ ms, 6 messages/)
    await command('AT#SSLH=1,0')
  })

  it('turns the module off and on with its key', async () => {
    await page
      .getByRole('button', { name: /^Power/ })
      .first()
      .click()
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/module is off/i)
    await page
      .getByRole('button', { name: /^Power/ })
      .first()
      .click()
    await expect.poll(() => page.locator('.now').innerText()).toMatch(/^Registered/)
  })

  it('refuses a browser without the token', async () => {
    const other = await browser.newPage()
    const answer = await other.goto(simulator.ready.ui!.replace(/#.*/, ''))
    expect(answer!.status()).toBe(200)
    await other
      .getByText(/Open the address that it printed when it started/)
      .first()
      .waitFor()
    await other.close()
  })
})
