import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BoardBrowser, type BoardOptions } from '../fixtures/board-browser.ts'
import { havePeers } from '../fixtures/peers.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The drawn board in a real browser: what it shows, pointer, keyboard and accessibility. */
describe.skipIf(!havePeers('chromium'))('the board', () => {
  let board: BoardBrowser
  beforeAll(async () => {
    board = await BoardBrowser.start()
  })
  afterAll(() => board.stop())
  beforeEach(() => {
    board.complaints = []
  })
  afterEach(async () => {
    await board.leave()
    expect(board.complaints).toEqual([])
  })

  const part = (id: string): Locator => board.page.locator(`[data-part="${id}"]`)
  const press = (key: string): Promise<void> => board.page.keyboard.press(key)
  const focused = (): Promise<string | null> =>
    board.page.evaluate(() => document.activeElement?.getAttribute('data-part') ?? null)
  const untilCalled = async (name: string, count = 1): Promise<readonly unknown[]> => {
    await expect.poll(() => board.called(name).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count)
    return board.called(name)
  }

  it('has its parts in the order of the board, each with name and value', async () => {
    await board.open('online')
    const order: (string | null)[] = []
    await board.page.locator('[data-panel]').focus()
    for (let at = 0; at < 13; at++) {
      await press('Tab')
      order.push(await focused())
    }
    expect(order).toEqual([
      'stat',
      'on',
      'reset',
      'module',
      'antenna',
      'signal',
      'clock',
      'nitz',
      'nvm',
      'sim',
      'line-txd',
      'uart',
      'supply'
    ])
    expect(await part('stat').getAttribute('aria-label')).toBe('STAT lamp, on steadily: connected')
    expect(await part('module').getAttribute('aria-label')).toBe(
      'Module HE910, software 12.00.xx5, IMEI 001010100050019'
    )
    expect(await part('uart').getAttribute('aria-label')).toMatch(/open in picocom$/)
    expect(await board.page.locator('.lamp.hollow').count()).toBe(6)
  })

  it('tells what a part is on hover and on focus, with its commands; Esc takes it away', async () => {
    await board.open('fresh')
    await part('antenna').hover()
    const tip = board.page.getByRole('tooltip')
    await tip.waitFor()
    expect(await tip.innerText()).toContain('21 of 31, −71 dBm')
    expect(await tip.locator('code').allInnerTexts()).toEqual(['AT+CSQ', 'AT+CREG?', 'AT+COPS?'])
    await board.page.mouse.move(0, 0)
    await tip.waitFor({ state: 'detached' })
    await part('line-txd').focus()
    await press('ArrowLeft')
    expect(await focused()).toBe('line-ri')
    await tip.waitFor()
    expect(await tip.innerText()).toContain('A pty carries bytes only')
    await press('Escape')
    await tip.waitFor({ state: 'detached' })
  })

  it('presses ON only when it is held for its second, with the pointer and with the keyboard', async () => {
    await board.open('off')
    await part('on').focus()
    // Both in one turn of the page, so that a slow machine does not turn it into a second.
    await part('on').evaluate((key) => {
      for (const kind of ['keydown', 'keyup']) key.dispatchEvent(new KeyboardEvent(kind, { key: ' ', bubbles: true }))
    })
    await board.page.getByText('nothing happened. Hold the key for 1 s', { exact: false }).first().waitFor()
    expect(board.called('pressKey')).toEqual([])
    await part('on').hover()
    await board.page.mouse.down()
    await board.page.locator('.key.holding').waitFor()
    expect(await untilCalled('pressKey')).toEqual([{ key: 'on' }])
    await board.page.mouse.up()
    await part('on').focus()
    await board.page.keyboard.down('Space')
    await untilCalled('pressKey', 2)
    await board.page.keyboard.up('Space')
    // RESET has no effect while the module is off.
    await part('reset').click({ force: true })
    expect(await part('reset').getAttribute('aria-disabled')).toBe('true')
    expect(board.called('pressKey')).toEqual([{ key: 'on' }, { key: 'on' }])
  })

  it('presses RESET at once', async () => {
    await board.open('online')
    await part('reset').click()
    expect(await untilCalled('pressKey')).toEqual([{ key: 'reset' }])
  })

  it('opens a menu that the keyboard walks, and returns to the part', async () => {
    await board.open('fresh')
    await part('sim').focus()
    await press('Enter')
    const item = (): Promise<string | undefined> =>
      board.page.evaluate(() => document.activeElement?.textContent ?? undefined)
    expect(await item()).toContain('Remove the SIM')
    await press('ArrowDown')
    expect(await board.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitemcheckbox')
    await press('End')
    expect(await item()).toContain('Copy AT+CIMI')
    await press('ArrowDown')
    await press('Escape')
    await board.page.getByRole('menu').waitFor({ state: 'detached' })
    expect(await focused()).toBe('sim')
    await press('Enter')
    await press('Enter')
    expect(await untilCalled('setSim')).toEqual([{ inserted: false }])
    board.fixture.change(({ sim }) => ({ sim: { ...sim, inserted: false, state: 'absent' } }))
    await board.page.getByText('empty', { exact: true }).waitFor()
    await part('sim').click()
    await board.page.getByRole('menuitemcheckbox', { name: 'Asks for its PIN' }).click()
    expect(await untilCalled('setSim', 2)).toContainEqual({ pinEnabled: true })
  })

  it('changes the signal by dragging and with keys, and the network by its menu', async () => {
    await board.open('fresh')
    const box = (await part('signal').locator('.hit').boundingBox())!
    await board.page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 3)
    await board.page.mouse.down()
    await board.page.mouse.move(box.x, box.y + box.height / 3, { steps: 4 })
    await board.page.mouse.up()
    await expect.poll(() => board.called('setNetwork').at(-1)).toEqual({ signalQuality: 0 })
    board.fixture.change(({ conditions, network }) => ({
      conditions: { ...conditions, signalQuality: 0 },
      network: { ...network, signalQuality: 0 }
    }))
    await board.page.getByText('CSQ 0').waitFor()
    await part('signal').focus()
    await press('End')
    await expect.poll(() => board.called('setNetwork').at(-1)).toEqual({ signalQuality: 31 })
    await part('antenna').click()
    await board.page.getByRole('menuitemradio', { name: /No coverage/ }).click()
    await expect.poll(() => board.called('setNetwork').at(-1)).toEqual({ registration: 'none' })
  })

  it('puts the tooltip of every part away with Esc', async () => {
    await board.open('online')
    await board.page.locator('[data-panel]').focus()
    for (let at = 0; at < 13; at++) {
      await press('Tab')
      const id = await focused()
      await expect.poll(() => board.page.getByRole('tooltip').count(), { message: `${id} has one` }).toBe(1)
      await press('Escape')
      await expect.poll(() => board.page.getByRole('tooltip').count(), { message: `${id} puts it away` }).toBe(0)
      expect(await focused()).toBe(id)
    }
  })

  it('sets the clock, and switches network time', async () => {
    await board.open('online')
    await part('clock').focus()
    await press('Enter')
    await press('Enter')
    const field = board.page.getByRole('dialog').getByRole('textbox')
    expect(await field.inputValue()).toBe('2026-11-23 09:41:27')
    await field.fill('yesterday')
    await press('Enter')
    expect(await board.page.getByRole('dialog').getByRole('alert').innerText()).toBe(
      'Enter a date and a time, such as 2026-10-01 09:00:00.'
    )
    await field.fill('2026-10-01 09:00')
    expect(await board.page.getByRole('dialog').getByRole('alert').innerText()).toBe('')
    await press('Enter')
    expect(await untilCalled('setClock')).toEqual([{ at: '2026-10-01T09:00', networkTime: false }])
    expect(await focused()).toBe('clock')
    await part('nitz').click()
    expect(await untilCalled('setClock', 2)).toContainEqual({ networkTime: false })
  })

  it('pulls the plug', async () => {
    await board.open('online')
    await part('supply').click()
    await board.page.getByRole('menuitem', { name: /Pull the plug/ }).click()
    expect(await untilCalled('setSupply')).toEqual([{ on: false }])
  })

  it('blinks STAT as the hardware does, and no longer once the simulator is gone', async () => {
    await board.open('fresh', { reducedMotion: 'no-preference' })
    /** Returns how long it was lit and dark in turns, in milliseconds, from its first change on. */
    const turns = (forMs: number): Promise<{ lit: boolean; ms: number }[]> =>
      board.page.evaluate(async (waitMs) => {
        const lamp = document.querySelector('.stat')!
        const changes: { lit: boolean; at: number }[] = []
        const watch = new MutationObserver(() =>
          changes.push({ lit: lamp.classList.contains('lit'), at: performance.now() })
        )
        watch.observe(lamp, { attributes: true, attributeFilter: ['class'] })
        await new Promise((resolve) => setTimeout(resolve, waitMs))
        watch.disconnect()
        return changes.slice(0, -1).map(({ lit, at }, index) => ({ lit, ms: changes[index + 1]!.at - at }))
      }, forMs)
    const near = (ms: number, wanted: number): boolean => Math.abs(ms - wanted) < 250
    const slow = await turns(6600)
    expect(slow.length).toBeGreaterThanOrEqual(2)
    for (const { lit, ms } of slow) expect(near(ms, lit ? 300 : 2700), `${lit} for ${ms} ms`).toBe(true)
    board.fixture.change(({ charts }) => ({
      charts: charts.map((one) => (one.id === 'registration' ? { ...one, state: 'searching' } : one))
    }))
    await board.page.getByText('fast: searching').waitFor()
    const fast = await turns(2600)
    expect(fast.length).toBeGreaterThanOrEqual(3)
    for (const { lit, ms } of fast) expect(near(ms, 500), `${lit} for ${ms} ms`).toBe(true)
    await board.fixture.close()
    // It may be lit or dark at that moment.
    await board.page.waitForTimeout(600)
    expect(await turns(1300)).toEqual([])
    expect(await board.page.locator('.stat.lit').count()).toBe(1)
    board.complaints = board.complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))
  })

  it('lights TXD and RXD with real bytes, and never by itself', async () => {
    await board.open('online')
    await board.page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      for (const kind of ['tx', 'rx']) {
        const lamp = document.querySelector(`.lamp.${kind}`)!
        new MutationObserver(() => {
          if (lamp.classList.contains('lit')) seen.push(kind)
        }).observe(lamp, { attributes: true, attributeFilter: ['class'] })
      }
    })
    const seen = (): Promise<string[]> => board.page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    board.fixture.change(({ network }) => ({ network: { ...network, signalQuality: 9 } }))
    await board.page.getByText('CSQ 9').waitFor()
    expect(await seen()).toEqual([])
    board.fixture.add({ kind: 'bytes', direction: 'tx', bytes: new Uint8Array([65]), data: false })
    await expect.poll(seen).toEqual(['tx'])
    board.fixture.change(({ ports }) => ({
      ports: ports.map((port) => ({ ...port, bytesToHost: port.bytesToHost + 10 }))
    }))
    await expect.poll(seen).toEqual(['tx', 'rx'])
    await expect.poll(() => board.page.locator('.lamp.part.lit').count()).toBe(0)
  })

  it('moves the dashes of a line on with each burst on it, and with no other', async () => {
    await board.open('online', { reducedMotion: 'no-preference' })
    const offsets = (): Promise<number[]> =>
      board.page
        .locator('.trace.flow')
        .evaluateAll((paths) => paths.map((path) => Math.abs(parseFloat(getComputedStyle(path).strokeDashoffset))))
    expect(await offsets()).toEqual([0, 0])
    for (const [at, expected] of [
      [3, 0],
      [6, 0]
    ].entries()) {
      board.fixture.add({ kind: 'bytes', direction: 'tx', bytes: new Uint8Array([65 + at]), data: false })
      await expect.poll(offsets).toEqual(expected)
      await expect.poll(() => board.page.locator('.lamp.part.lit').count()).toBe(0)
      // The dark time between two bursts.
      await board.page.waitForTimeout(100)
    }
    await board.page.waitForTimeout(300)
    expect(await offsets()).toEqual([6, 0])
    board.fixture.change(({ ports }) => ({
      ports: ports.map((port) => ({ ...port, bytesToHost: port.bytesToHost + 10 }))
    }))
    await expect.poll(offsets).toEqual([6, 3])
    await board.page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await offsets()).toEqual([0, 0])
  })

  it('marks the part that a failure has to do with', async () => {
    await board.open('failed', { marked: 'clock' })
    expect(await board.page.locator('.part.marked').count()).toBe(1)
    expect(await part('clock').getAttribute('aria-label')).toContain('past 31 Oct')
    expect(await part('clock').locator('.alarm').textContent()).toBe('past 31 Oct')
  })

  it.each<[string, BoardOptions]>([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['more contrast', { contrast: 'more' }],
    ['forced colours', { forcedColors: 'active' }]
  ])('has nothing that axe finds fault with: %s', async (_name, options) => {
    await board.open('failed', { ...options, marked: 'clock' })
    await board.page.evaluate(axeSource)
    const faults = (): Promise<string[]> =>
      board.page.evaluate(async () => {
        // A page with one panel has no heading, and every word on a part counts as its label: names begin with the
        // printed one.
        const off = { enabled: false }
        const { axe } = window as unknown as {
          axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
        }
        const { violations } = await axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          rules: { 'page-has-heading-one': off, region: off, 'label-content-name-mismatch': off }
        })
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
      })
    expect(await faults()).toEqual([])
    await part('clock').click()
    await board.page.getByRole('menu').waitFor()
    expect(await faults()).toEqual([])
  })

  it.each([
    [478, 348],
    [340, 250],
    [956, 696]
  ])('fits %i x %i, nothing of the board outside', async (width, height) => {
    await board.open('online', { width, height })
    const outside = await board.page.evaluate(() => {
      const bench = document.querySelector('.bench')!.getBoundingClientRect()
      return [...document.querySelectorAll('.part > .hit')].filter((hit) => {
        const box = hit.getBoundingClientRect()
        return (
          box.left < bench.left - 0.5 ||
          box.right > bench.right + 0.5 ||
          box.top < bench.top - 0.5 ||
          box.bottom > bench.bottom + 0.5
        )
      }).length
    })
    expect(outside).toBe(0)
  })
})
