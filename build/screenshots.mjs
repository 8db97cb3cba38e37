#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

/**
 * `npm run screenshots [-- FOLDER]`: takes the pictures of docs/images (or into FOLDER) from the built program, with
 * real connections over its AT port. Needs Debian's Chromium.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const images = process.argv[2] ?? join(root, 'docs/images')
mkdirSync(images, { recursive: true })
const looks = ['light', 'dark']
const sizes = [
  [1280, 800],
  [1024, 700],
  [1920, 1080]
]
const folder = mkdtempSync(join(tmpdir(), 'telit-sim-pictures-'))

const args = ['--headless', '--json', '--state', join(folder, 'state'), '--link', join(folder, 'tty0'), '--tcp', '0']
const simulator = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], {
  stdio: ['ignore', 'pipe', 'inherit']
})
const ready = JSON.parse(
  await new Promise((resolve) => {
    let text = ''
    simulator.stdout.on('data', (bytes) => {
      text += bytes
      if (text.includes('\n')) resolve(text.split('\n')[0])
    })
  })
)
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
})

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(ready.ui)
  await page.locator('.window[aria-busy="false"]').waitFor({ state: 'attached' })
  await page.locator('.ev-row').first().waitFor()
  await shot(page, 'first-minute')
  const host = await connectHost(ready.tcp)
  await dial(host, readFileSync(ready.lab.ca, 'utf8'))
  await shots(page, 'board')
  await openMessage(page)
  for (const look of looks) await shot(page, 'handshake', look)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('speed')
  await shot(page, 'palette')
  await page.keyboard.press('Escape')
  for (const panel of ['Lab', 'Faults', 'Lessons']) {
    await show(page, panel)
    await shot(page, panel.toLowerCase())
  }
  // The initial layout.
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await page.locator('.window[aria-busy="false"]').waitFor({ state: 'attached' })
  await page.locator('.ev-row').first().waitFor()
  await host.say('', 'NO CARRIER', () => host.hangUp())
  await transfer(host, ready.lab.ftps)
  await page.keyboard.press('6')
  for (const look of looks) await shot(page, 'ftp', look)
  await host.say('AT#FTPCLOSE\r', 'OK')
  await page.keyboard.press('4')
  await openCapture(page, host)
  for (const look of looks) await shot(page, 'capture', look)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await act(page, 'Turn the key log off')
  await page.reload()
  await page.locator('.window[aria-busy="false"]').waitFor({ state: 'attached' })
  await page.locator('.ev-row').first().waitFor()
  // With the clock far ahead, the server's certificate has expired.
  for (const line of ['AT#NITZ=0', 'AT+CCLK="49/01/01,12:00:00+00"']) await host.say(`${line}\r`, 'OK')
  await host.say('AT#SSLD=1,443,"123.124.125.126",0,0\r', 'ERROR')
  await shots(page, 'failed')
  host.end()
} finally {
  await browser.close()
  simulator.kill()
  await new Promise((resolve) => simulator.on('close', resolve))
  rmSync(folder, { recursive: true, force: true })
}

/** Takes pictures with every colour scheme and window size. */
async function shots(page, name) {
  for (const look of looks) for (const size of sizes) await shot(page, name, look, size)
  await page.emulateMedia({ contrast: 'more' })
  await shot(page, `${name}-contrast`)
  await page.emulateMedia({ contrast: null })
}

async function shot(page, name, colorScheme = 'light', [width, height] = sizes[0]) {
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width, height })
  // Wait for the transitions of the colour scheme and the layout.
  await page.waitForTimeout(500)
  const suffix = width === 1280 ? '' : `-${width}`
  await page.screenshot({ path: join(images, `${name}-${colorScheme}${suffix}.png`) })
}

/** Opens the ServerHello as fields and bytes. */
async function openMessage(page) {
  await page
    .getByRole('option', { name: /ServerHello/ })
    .first()
    .click()
}

/** Saves a session with its secrets as a capture and opens it: its decrypted handshake. */
async function openCapture(page, host) {
  await act(page, 'Turn the key log on')
  await host.say('AT#SSLD=1,443,"123.124.125.126",0,1\r', 'OK')
  await host.say('AT#SSLSEND=1\r', '> ')
  await host.say('{"id":"meter-07","seq":11}\x1a', 'OK')
  await host.say('AT#SSLH=1\r', 'OK')
  // Wait for the window: it learns of the session slightly later than the host, and saves only what it knows.
  await page.getByText('Key log on, 1').waitFor()
  await page.locator('.now', { hasText: 'Ready to dial' }).waitFor()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Views, copy, save, bookmarks' }).click()
  await page.getByRole('menuitem', { name: 'Save as capture' }).click()
  const file = await (await saved).path()
  const chosen = page.waitForEvent('filechooser')
  await act(page, 'Open a capture')
  await (
    await chosen
  ).setFiles({ name: 'meter-07.pcapng', mimeType: 'application/octet-stream', buffer: readFileSync(file) })
  const sheet = page.locator('dialog[open].capture')
  await sheet.getByRole('navigation').getByRole('button').last().click()
  await sheet.locator('.msg', { hasText: 'Finished' }).first().click()
  await sheet.locator('.field').first().waitFor()
}

/** Runs an action of the palette. */
async function act(page, words) {
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

async function show(page, panel) {
  await act(page, `show ${panel}`)
}

/** Connects a host program to the AT port over TCP. */
async function connectHost(port) {
  const socket = createConnection(port, '127.0.0.1')
  await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject))
  let text = ''
  let woken = () => {}
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
    woken()
  })
  return {
    async say(line, answer, act = () => socket.write(line)) {
      text = ''
      act()
      while (!text.includes(answer)) await new Promise((resolve) => (woken = resolve))
    },
    write: (data) => socket.write(data),
    // +++ with its guard time, then the normal way to close.
    hangUp: () =>
      setTimeout(
        () => socket.write('+++') && setTimeout(() => socket.write('AT#SSLCFG=1,1,300,1,100,50;#SSLO=1\r'), 1500),
        1200
      ),
    end: () => socket.end()
  }
}

async function dial(host, ca) {
  for (const line of ['ATE0', 'AT+CMEE=2', 'AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLSECCFG=1,0,1'])
    await host.say(`${line}\r`, 'OK')
  await host.say(`AT#SSLSECDATA=1,1,1,${ca.length}\r`, '> ')
  await host.say(`${ca}\x1a`, 'OK')
  await host.say('AT#SSLD=1,443,"123.124.125.126",0,0\r', 'CONNECT')
  const reading = (seq) => `{"id":"meter-07","seq":${seq},"wh":${48_200 + seq * 2}}\r\n`
  const first = Array.from({ length: 8 }, (_, seq) => reading(seq)).join('')
  await host.say(first, '"seq":6')
  host.write(reading(8) + reading(9) + reading(10))
}

/** Fetches a file from the lab by FTP with TLS, and leaves the session open. */
async function transfer(host, ftps) {
  await host.say('AT#FTPCFG=100,0,1\r', 'OK')
  await host.say(`AT#FTPOPEN="${ftps.host}:${ftps.port}","me","any",1\r`, 'OK')
  await host.say('AT#FTPGET="file.txt"\r', 'NO CARRIER')
}
