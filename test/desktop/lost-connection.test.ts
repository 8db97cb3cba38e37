import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { complaintsOf } from '../fixtures/chromium.ts'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/**
 * Two windows on one simulator, a program on the pty and a real TLS connection. One window loses its connection to the
 * simulator meanwhile.
 */
describe.skipIf(!havePeers('chromium', 'pyserial'))('in mid-connection', () => {
  let live: LiveWindow
  let folder: string
  /** The window whose connection can be cut. */
  let other: Page
  let complaints: string[]
  let isCut = false
  const routes = new Set<WebSocketRoute>()

  beforeAll(async () => {
    live = await LiveWindow.start()
    folder = mkdtempSync(join(tmpdir(), 'lost-'))
    other = await live.browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    other.setDefaultTimeout(30_000)
    complaints = complaintsOf(other)
    await other.routeWebSocket(/\/api/, (socket) => {
      if (isCut) return void socket.close()
      socket.connectToServer()
      routes.add(socket)
    })
    await other.goto(live.simulator.ready.ui!)
    await windowReady(other)
  })
  afterAll(async () => {
    await live?.stop()
    if (folder) rmSync(folder, { recursive: true, force: true })
    expect([...(live?.complaints ?? []), ...(complaints ?? [])]).toEqual([])
  })

  const setUp = [...at('ATE0'), ...at('AT#SSLEN=1,1'), { send: 'AT#SGACT=1,1\r' }, { expect: 'OK\\r\\n' }]
  const dial = at('AT#SSLD=1,443,"123.124.125.126",0,0', 'CONNECT')
  const portOf = (): string => live.simulator.ready.ports[0]!.link
  /** Sends numbered readings of 300 bytes, which the echo server sends back. */
  const readings = (from: number, to: number): HostStep[] =>
    Array.from({ length: to - from }, (_, index) => {
      const head = `reading ${from + index};`
      return [{ send: head.padEnd(300, '.') }, { expect: head }]
    }).flat()
  const gate = (name: string): { step: HostStep; open: () => void } => {
    const file = join(folder, name)
    return {
      step: { file, bytes: 1 },
      open: () => {
        writeFileSync(file, '.')
      }
    }
  }
  const sent = (page: Page): Promise<string> =>
    page
      .locator('[data-panel="socket"]')
      .innerText()
      .then((text) => /Sent\s+([^\n]*B)/.exec(text)![1]!)
  const newest = (page: Page): Promise<string> => page.locator('.ev-row').last().getAttribute('id').then(String)

  it('catches up with a transfer that went on while it was away, and then shows what the other window shows', async () => {
    const [seen, back, ready] = [gate('seen'), gate('back'), gate('ready')]
    const transfer = typeOverPort(portOf(), [
      ...setUp,
      ...dial,
      ...readings(0, 20),
      seen.step,
      ...readings(20, 120),
      back.step,
      ...readings(120, 140),
      ready.step
    ])
    await expect.poll(() => sent(other)).toBe('6\u202f000 B')
    isCut = true
    for (const route of routes) await route.close()
    await other.locator('.window.gone').waitFor()
    expect(await other.locator('.now').innerText()).toMatch(
      /The connection to the simulator was lost\. The values are from \d\d:\d\d; trying to reconnect\./
    )
    seen.open()
    // The other window continues; this one keeps its state, and its limits stand still.
    await expect.poll(() => sent(live.page)).toBe('36\u202f000 B')
    expect(await sent(other)).toBe('6\u202f000 B')
    expect(await other.locator('.timer', { hasText: 'maxTo' }).innerText()).toMatch(/of 90 s left/)
    isCut = false
    back.open()
    await other.locator('.window:not(.gone)').waitFor()
    for (const page of [live.page, other]) {
      await expect.poll(() => sent(page)).toBe('42\u202f000 B')
      await page.locator('.ev-row', { hasText: 'reading 139;' }).first().waitFor()
      expect(await page.locator('.digit .fig').innerText()).toBe('2')
      expect(await page.locator('.pill').count()).toBe(0)
    }
    await expect.poll(async () => (await newest(other)) === (await newest(live.page))).toBe(true)
    // Output of that time appears in its terminal too, once.
    await other.locator('.term:not(.behind) .xterm-rows', { hasText: 'reading 139;' }).waitFor()
    // And in its timeline, with all details.
    await other.locator('.tl').focus()
    await other.keyboard.press('/')
    await other.keyboard.type('reading 77;')
    await expect.poll(() => other.locator('.ev-row:not(.ghost-row)').count()).toBe(2)
    await other.keyboard.press('Escape')
    ready.open()
    await transfer
  })

  it('becomes another product: the connection is cut, the program on the port goes on, and both windows follow', async () => {
    const [become, end] = [gate('become'), gate('end')]
    const port = typeOverPort(portOf(), [
      { pause: 1.2 },
      { send: '+++' },
      { expect: 'OK\\r\\n' },
      ...at('AT#SSLO=1', 'CONNECT'),
      ...readings(200, 210),
      become.step,
      ...at('AT+CGMM', '.*GE865-QUAD.*OK'),
      end.step
    ])
    await other.locator('.ev-row', { hasText: 'reading 209;' }).first().waitFor()
    await other.getByLabel('Product').selectOption('GE865-QUAD')
    const asked = other.getByRole('alertdialog')
    expect(await asked.innerText()).toContain('The connection to 123.124.125.126:443 is cut without close_notify.')
    // The question is shown only here, and nothing has changed yet.
    expect(await live.page.getByRole('alertdialog').count()).toBe(0)
    await asked.getByRole('button', { name: 'Keep HE910' }).click()
    expect(await other.getByLabel('Product').inputValue()).toBe('HE910')
    expect(await other.locator('.digit .fig').innerText()).toBe('2')
    await other.getByLabel('Product').selectOption('GE865-QUAD')
    await asked.getByRole('button', { name: 'Restart as GE865-QUAD' }).click()
    for (const page of [live.page, other]) {
      await expect.poll(() => page.title()).toContain('GE865-QUAD')
      expect(await page.getByLabel('Product').inputValue()).toBe('GE865-QUAD')
      await expect.poll(() => page.locator('.digit .fig').innerText()).toBe('0')
      await expect.poll(() => page.locator('.now').innerText()).toMatch(/^Registered/)
      expect(await page.locator('.timer.runs').count()).toBe(0)
    }
    become.open()
    await live.page.locator('.ev-row', { hasText: 'RX' }).filter({ hasText: 'GE865-QUAD' }).first().waitFor()
    end.open()
    await port
  })
})
