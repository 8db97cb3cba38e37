import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { WindowBrowser } from '../fixtures/window-browser.ts'

/** What a person does in the window: what it asks of the simulator, and what it does by itself. */
describe.skipIf(!havePeers('chromium'))('in the window a person', () => {
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

  it('asks before it selects another product, and tells a refusal', async () => {
    await window.open('fresh')
    await window.page.getByLabel('Family').selectOption('GE/GL')
    expect(await window.page.getByRole('alertdialog').innerText()).toContain('restarts the module; NVM is kept per product.')
    await window.page.keyboard.press('Escape')
    expect(await window.page.getByLabel('Product').inputValue()).toBe('HE910')
    expect(window.called('selectProduct')).toEqual([])

    await window.page.getByLabel('Software').selectOption('12.00.xx4')
    await window.page.getByRole('button', { name: 'Restart as HE910' }).click()
    expect(await window.untilCalled('selectProduct')).toEqual([{ product: 'HE910', software: '12.00.xx4' }])

    window.fixture.refuse('selectProduct', 'The state folder of GE865-QUAD is in use by process 4711.')
    await window.page.getByLabel('Family').selectOption('GE/GL')
    await window.page.getByRole('button', { name: 'Restart as GE865-QUAD' }).click()
    await window.page.locator('.notice', { hasText: 'in use by process 4711.' }).waitFor()
    expect(window.called('selectProduct').at(-1)).toEqual({ product: 'GE865-QUAD', software: '10.01.xx3' })
  })

  it('types in the terminal, sends the special keys, and shows what the module prints', async () => {
    await window.open('fresh')
    await window.page.getByRole('button', { name: 'Type here' }).click()
    await window.page.keyboard.type('AT')
    await window.page.keyboard.press('Enter')
    await window.untilCalled('type', 3)
    await window.page.getByRole('button', { name: 'Ctrl-Z' }).click()
    await window.page.getByRole('button', { name: 'ESC' }).click()
    await window.untilCalled('type', 5)
    await window.page.getByRole('button', { name: '+++', exact: true }).click()
    const inputs = (await window.untilCalled('type', 6)) as { instance: number; bytes: Uint8Array }[]
    expect(inputs.map(({ instance, bytes }) => [instance, new TextDecoder().decode(bytes)])).toEqual([
      [0, 'A'],
      [0, 'T'],
      [0, '\r'],
      [0, '\x1a'],
      [0, '\x1b'],
      [0, '+++']
    ])
    window.fixture.print('AT\r\r\nOK\r\n')
    await window.page.locator('.xterm-rows', { hasText: 'OK' }).waitFor()
  })

  it('only watches while an outside program has the port', async () => {
    await window.open('online')
    await window.page.locator('.xterm-rows', { hasText: 'CONNECT' }).waitFor()
    expect(await window.page.getByRole('button', { name: 'Ctrl-Z' }).isDisabled()).toBe(true)
    await window.page.locator('.term-screen').click()
    await window.page.keyboard.type('AT')
    window.fixture.change(({ ports }) => ({ ports: ports.map((port) => ({ ...port, clientPresent: false, client: null })) }))
    await window.page.getByRole('button', { name: 'Ctrl-Z' }).click()
    expect(((await window.untilCalled('type')) as { bytes: Uint8Array }[]).map(({ bytes }) => [...bytes])).toEqual([[26]])
  })

  it('filters the timeline and finds its way back', async () => {
    await window.open('online')
    await window.page.keyboard.press('/')
    await window.page.keyboard.type('servERhello')
    await expect.poll(() => window.page.locator('.ev-row').count()).toBe(2)
    expect(await window.page.locator('.ev-row .x').allInnerTexts()).toEqual([
      expect.stringContaining('ServerHello takes'),
      expect.stringContaining('ServerHelloDone')
    ])
    await window.page.keyboard.press('Control+A')
    await window.page.keyboard.type('no such thing')
    await window.page.getByRole('button', { name: /^Show all/ }).click()
    await expect.poll(() => window.page.locator('.ev-row').count()).toBeGreaterThan(10)
  })

  it('holds the list, counts what is new, and follows again', async () => {
    await window.open('online')
    await window.page.getByRole('button', { name: 'Hold the list' }).click()
    window.fixture.add({ kind: 'note', sentence: 'One.' }, { kind: 'note', sentence: 'Two.' })
    await window.page.getByRole('button', { name: '2 new' }).click()
    await window.page.locator('.ev-row', { hasText: 'Two.' }).waitFor()
    expect(await window.page.locator('.pill').count()).toBe(0)
  })

  it('shows the cause of the last move in the timeline', async () => {
    await window.open('online')
    await window.page.locator('.last-card .link').click()
    const row = window.page.locator('.ev-row.sel')
    await row.waitFor()
    expect(await row.innerText()).toContain('#SSLD')
    const [mine, list] = [(await row.boundingBox())!, (await window.page.locator('.tl').boundingBox())!]
    expect(mine.y >= list.y && mine.y + mine.height <= list.y + list.height).toBe(true)
    expect(await window.page.locator('.rail .hot').count()).toBeGreaterThanOrEqual(2)
    expect(await window.page.locator('.pill').count()).toBe(1)
  })

  it('stays fluid and bounded with very many events', async () => {
    await window.open('fresh')
    for (let burst = 0; burst < 12; burst++)
      window.fixture.add(...Array.from({ length: 1000 }, (_, at) => ({ kind: 'note', sentence: `Note ${burst * 1000 + at}.` }) as const))
    await window.page.locator('.ev-row', { hasText: 'Note 11999.' }).waitFor()
    await window.page.getByText(/older not shown/).waitFor()
    expect(await window.page.locator('.ev-row').count()).toBeLessThan(60)
    expect(await window.page.locator('.tl-all').evaluate((element) => element.clientHeight)).toBeLessThanOrEqual(10_000 * 17)
  })

  it('chooses a chart by its stage, and tells about a state', async () => {
    await window.open('online')
    await window.page.getByRole('button', { name: /Network home/ }).click()
    expect(await window.page.getByLabel('Statechart', { exact: true }).inputValue()).toBe('registration')
    await window.page.getByRole('button', { name: /^Denied/ }).click()
    expect(await window.page.locator('.last-card').innerText()).toContain('The network refused the module (+CREG 3).')
  })

  it('remembers theme and layout', async () => {
    await window.open('fresh')
    const theme = (): Promise<string | undefined> => window.page.evaluate(() => document.documentElement.dataset['theme'])
    expect(await theme()).toBe('light')
    await window.page.getByRole('button', { name: 'Theme: system' }).click()
    await window.page.getByRole('button', { name: 'Theme: light' }).click()
    expect(await theme()).toBe('dark')
    const separator = window.page.getByRole('separator', { name: 'Between Timeline and Terminal' })
    const before = Number(await separator.getAttribute('aria-valuenow'))
    await separator.focus()
    for (let press = 0; press < 3; press++) await window.page.keyboard.press('Shift+ArrowLeft')
    const after = Number(await separator.getAttribute('aria-valuenow'))
    expect(after).toBeLessThan(before)
    await window.page.reload()
    await window.page.locator('.ev-row').first().waitFor()
    expect(await theme()).toBe('dark')
    expect(Number(await separator.getAttribute('aria-valuenow'))).toBe(after)
  })

  it('can be walked with the keyboard', async () => {
    await window.open('online')
    await window.page.keyboard.press('?')
    await window.page.getByRole('dialog', { name: 'Keys and marks' }).waitFor()
    await window.page.keyboard.press('Escape')
    const panelInFocus = (): Promise<string | null | undefined> =>
      window.page.evaluate(() => document.activeElement?.closest('[data-panel]')?.getAttribute('aria-label'))
    const seen: unknown[] = []
    for (let press = 0; press < 8; press++) {
      await window.page.keyboard.press('F6')
      seen.push(await panelInFocus())
    }
    expect(seen).toEqual(['Module', 'PDP context', 'SSL socket', 'NVM slots', 'Timers', 'Handshake', 'Timeline', 'Terminal AT0'])
    await window.page.keyboard.press('t')
    await window.page.keyboard.press('F6')
    expect(await panelInFocus()).toBe('Module')
  })
})
