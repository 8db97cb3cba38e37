import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { WindowBrowser } from '../fixtures/window-browser.ts'
import { windowReady } from '../fixtures/window-ready.ts'
import { portPath } from '../fixtures/window-states.ts'

/** The built window in a real browser, fed with scenes: drawing, sizes, and a lost simulator. */
describe.skipIf(!havePeers('chromium'))('the window shows', () => {
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

  it('shows a fresh module and what to do first', async () => {
    await window.open('fresh')
    expect(await window.sentence()).toContain('Registered with Lab network. No address yet; AT#SGACT=1,1 gets one.')
    expect(await window.page.locator('.first code').innerText()).toBe(portPath)
    expect(await window.page.locator('.ways code').allInnerTexts()).toEqual([
      portPath,
      `minicom -D ${portPath} -b 115200`,
      `picocom -b 115200 --omap delbs ${portPath}`,
      `python3 -m serial.tools.miniterm ${portPath} 115200`
    ])
    expect(await window.page.locator('.digit .fig').innerText()).toBe('0')
    expect(await window.page.getByText('No handshake yet.').count()).toBe(1)
    expect(await window.page.locator('.serial .state').innerText()).toBe('closed')
    expect(await window.page.title()).toBe('HE910 · Telit SSL Simulator')
  })

  it('takes the token from the address and hides it', async () => {
    await window.open('fresh')
    expect(window.page.url()).not.toContain('token')
    await window.page.reload()
    await windowReady(window.page)
  })

  it('shows a connection in all panels', async () => {
    await window.open('online')
    expect(await window.sentence()).toMatch(/^Online with 127\.0\.0\.1:38443\. 176 of 300 bytes wait/)
    expect(await window.page.locator('.digit').getAttribute('aria-label')).toBe('SSL status 2, open')
    expect(await window.page.locator('.state.present').getAttribute('aria-label')).toMatch(
      /^Open, online, present state/
    )
    expect(await window.page.locator('.edge.last').count()).toBe(1)
    expect(await window.page.locator('.ladder .msg').count()).toBe(9)
    expect(await window.page.locator('.ladder .lock').count()).toBe(2)
    expect(await window.page.locator('.slot .bar').first().getAttribute('aria-label')).toBe('1180 of 2047 bytes used')
    expect(await window.page.locator('.timer.runs b').allInnerTexts()).toEqual(['pktSize', 'txTo', 'maxTo'])
    expect(await window.page.locator('.holder').innerText()).toContain('Watching picocom')
  })

  it('marks a failed dial in strip, chart, ladder and timeline', async () => {
    await window.open('failed', { dark: true })
    // The scene is made up; what a real failure is explained as is tested with the module.
    await expect.poll(() => window.sentence()).toMatch(/^The dial failed\. The handshake failed\./)
    expect(await window.page.locator('.stage.failed').innerText()).toMatch(/SSL socket\s*closed/)
    expect(await window.page.locator('.edge.fail').count()).toBe(1)
    expect(await window.page.locator('.msg.bad .lb').innerText()).toMatch(/^Alert/)
    expect(await window.page.locator('.msg.ghost').count()).toBe(6)
    expect(await window.page.locator('.ev-row.bad').count()).toBe(3)
    expect(await window.page.locator('.slot.faulty .fault').innerText()).toContain('CR before LF')
  })

  it('shows a module that is off, and presses its keys', async () => {
    await window.open('off')
    await expect.poll(() => window.sentence()).toContain('The module is off.')
    expect(await window.page.getByRole('button', { name: 'Reset', exact: true }).isDisabled()).toBe(true)
    await window.page
      .getByRole('button', { name: /^Power/ })
      .first()
      .click()
    expect(await window.untilCalled('pressKey')).toEqual([{ key: 'on' }])
  })

  it('follows what the simulator reports', async () => {
    await window.open('fresh')
    window.fixture.change(({ charts }) => ({
      charts: charts.map((chart) => (chart.id === 'pdp' ? { ...chart, state: 'activating' } : chart))
    }))
    await window.page.getByText('Asking the network for an address.').first().waitFor()
    window.fixture.add({ kind: 'note', sentence: 'Something new.' })
    await window.page.locator('.ev-row', { hasText: 'Something new.' }).waitFor()
  })

  it('greys its values when the simulator goes away, and is back with it', async () => {
    await window.open('online')
    const { port } = window.fixture
    await window.fixture.close()
    await window.page.locator('.window.gone').waitFor()
    expect(await window.sentence()).toMatch(
      /The connection to the simulator was lost\. The values are from \d\d:\d\d; trying to reconnect\./
    )
    expect(await window.page.locator('.digit .fig').innerText()).toBe('2')
    await window.serve('failed', port)
    // It also reconnects by itself, and may just have done so: then the button is gone.
    await window.page.evaluate(() =>
      [...document.querySelectorAll('button')].find((button) => button.textContent === 'Try now')?.click()
    )
    await window.page.getByText('The dial failed.').first().waitFor()
    expect(await window.page.locator('.window.gone').count()).toBe(0)
    // The timeline of the earlier simulator is not mixed with that of the new one.
    await expect.poll(() => window.page.locator('.ev-row', { hasText: 'Finished' }).count()).toBe(0)
    // Chromium itself reports every refused attempt; there must be no other messages.
    window.complaints = window.complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))
  })

  it('says that its token is not the simulator’s', async () => {
    await window.open('fresh')
    await window.page.evaluate(() => {
      sessionStorage.clear()
    })
    await window.page.reload()
    await window.page.getByText('The simulator rejects the token of this window').first().waitFor()
  })

  it.each([
    [1280, 800],
    [1024, 700]
  ] as const)('fits %i x %i without scrolling the page, nothing cut at its side', async (width, height) => {
    await window.open('failed', { width, height })
    const overflow = await window.page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
      const outside = [
        ...document.querySelectorAll<HTMLElement>('.toolbar > *, .path > :not(.off-screen), .panel, .status > *')
      ].filter((element) => {
        const box = element.getBoundingClientRect()
        return box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5
      })
      return {
        page: scrollWidth > clientWidth || scrollHeight > clientHeight,
        outside: outside.map((element) => element.className)
      }
    })
    expect(overflow).toEqual({ page: false, outside: [] })
    for (const panel of await window.page.locator('[data-panel]').all())
      expect((await panel.boundingBox())!.height).toBeGreaterThan(60)
    // After a failure Why is in front. In a narrow window it shares its place with the ladder.
    await window.page.getByRole('tab', { name: 'Handshake', exact: true }).click()
    // A box that hides what is too wide can still be scrolled by a focused element in it.
    await window.page.locator('.ladder .msg', { hasText: 'ServerHello' }).first().click()
    await window.page.locator('.field', { hasText: 'cipher suite' }).click()
    await window.page.getByRole('tab', { name: 'Network' }).click()
    const wide = (): Promise<string[]> =>
      window.page.evaluate(() =>
        [...document.querySelectorAll('.panel, .hs, .detail, .net, .start')]
          .filter((box) => box.scrollWidth > box.clientWidth)
          .map((box) => box.className)
      )
    expect(await wide()).toEqual([])
  })

  it('runs under a policy without inline scripts and without eval', async () => {
    await window.open('fresh')
    const policy = await window.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    await window.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))
    })
    expect(await window.page.evaluate(() => 'ran' in window)).toBe(false)
    await expect.poll(() => window.complaints.length).toBe(1)
    expect(window.complaints.splice(0)[0]).toContain('Content Security Policy')
  })
})
