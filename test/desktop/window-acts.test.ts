import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { havePeers } from '../fixtures/peers.ts'
import { WindowBrowser } from '../fixtures/window-browser.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** What a person does in the window: the calls to the simulator, and what the window does itself. */
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
    await window.page.getByLabel('Product').selectOption('GE865-QUAD')
    expect(await window.page.getByRole('alertdialog').innerText()).toContain(
      'restarts the module. Each product has its own NVM.'
    )
    await window.page.keyboard.press('Escape')
    expect(await window.page.getByLabel('Product').inputValue()).toBe('HE910')
    expect(window.called('selectProduct')).toEqual([])

    await window.page.getByLabel('Software version', { exact: true }).selectOption('12.00.xx4')
    await window.page.getByRole('button', { name: 'Restart as HE910' }).click()
    expect(await window.untilCalled('selectProduct')).toEqual([{ product: 'HE910', software: '12.00.xx4' }])

    window.fixture.refuse('selectProduct', 'The state folder of GE865-QUAD is in use by process 4711.')
    await window.page.getByLabel('Product').selectOption('GE865-QUAD')
    await window.page.getByRole('button', { name: 'Restart as GE865-QUAD' }).click()
    await window.page.locator('.notice', { hasText: 'in use by process 4711.' }).waitFor()
    expect(window.called('selectProduct').at(-1)).toEqual({ product: 'GE865-QUAD', software: '10.01.xx3' })
  })

  it('chooses among all products, and sees first what a switch changes', async () => {
    await window.open('online')
    const families = window.page.getByLabel('Product').locator('optgroup')
    expect(await families.evaluateAll((all) => all.map((one) => one.getAttribute('label')))).toEqual([
      'GC',
      'GE/GL',
      'GT',
      'HE910',
      'UE910'
    ])
    expect(await families.nth(1).locator('option').count()).toBe(16)
    await window.page.getByLabel('Product').selectOption('GE910-QUAD V3')
    const asked = window.page.getByRole('alertdialog')
    expect(await asked.locator('.gains').innerText()).toContain('#SSLFASTD')
    expect(await asked.innerText()).toMatch(/Suites\s+1 RC4-MD5, 2 RC4-SHA, 3 AES256-SHA\s+was 1 RC4-MD5/)
    expect(await asked.innerText()).toContain('is cut without close_notify; 176 bytes not yet sent or read are lost.')
    await window.page.getByLabel('Software version', { exact: true }).selectOption('16.00.xx1')
    expect(await asked.locator('.loses').innerText()).toContain('#SSLD')
    await window.page.keyboard.press('Escape')
    expect(await asked.count()).toBe(0)
    expect(window.called('selectProduct')).toEqual([])
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

  it('is helped with the command that is being typed', async () => {
    await window.open('fresh')
    await window.page.getByRole('button', { name: 'Type here' }).click()
    const help = window.page.locator('.term-help')
    await window.page.keyboard.type('AT#SSLR')
    await window.page.keyboard.press('Tab')
    expect(
      new TextDecoder().decode(((await window.untilCalled('type', 8)).at(-1) as { bytes: Uint8Array }).bytes)
    ).toBe('ECV')
    await help.locator('.sig', { hasText: '#SSLRECV=<ssid>,<maxBytes>[,<timeout>]' }).waitFor()
    await window.page.keyboard.type('=1,')
    await expect.poll(() => help.locator('.now-typed').innerText()).toBe('<maxBytes>')
    expect(await help.locator('.say').innerText()).toBe('maxBytes most bytes to read · 1-1000, unit: bytes')
    window.fixture.change(({ product }) => ({
      product: { ...product, family: 'GE/GL', name: 'GE865-QUAD', software: '10.01.xx3' }
    }))
    await window.page.keyboard.press('Enter')
    await window.page.keyboard.type('AT#SSLSECCFG=')
    await help.locator('.sig', { hasText: '#SSLSECCFG=<ssid>,<suite>,<authMode>' }).waitFor()
    expect(await help.locator('.sig').innerText()).not.toContain('certFormat')
  })

  it('finds earlier lines again, also after another start', async () => {
    await window.open('fresh')
    const typed = (): string =>
      (window.called('type') as { bytes: Uint8Array }[]).map(({ bytes }) => new TextDecoder().decode(bytes)).join('')
    await window.page.getByRole('button', { name: 'Type here' }).click()
    for (const line of ['AT#SSLEN=1,1', 'AT+CMEE=2', 'AT+CPIN=1234']) {
      await window.page.keyboard.type(line)
      await window.page.keyboard.press('Enter')
    }
    await expect.poll(typed).toMatch(/CPIN=1234\r$/)
    await window.page.reload()
    await window.page.getByRole('button', { name: 'Type here' }).click()
    const before = typed().length
    await window.page.keyboard.press('ArrowUp')
    await expect.poll(() => typed().slice(before)).toBe('AT+CMEE=2')
    await window.page.keyboard.press('ArrowUp')
    await expect.poll(() => typed().slice(before)).toBe(`AT+CMEE=2${'\b'.repeat(7)}#SSLEN=1,1`)
    expect(await window.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('1234')
  })

  it('has a terminal on each AT port', async () => {
    await window.open('fresh')
    window.fixture.change(({ ports, charts }) => ({
      ports: [0, 1].map((instance) => ({ ...ports[0]!, instance, name: `${ports[0]!.name.slice(0, -1)}${instance}` })),
      charts: [...charts, charts.find((one) => one.id === 'data')!]
    }))
    await window.page.getByRole('tab', { name: 'AT1' }).click()
    const second = window.page.getByRole('tabpanel', { name: 'AT1' })
    expect(await second.locator('.first code').first().innerText()).toMatch(/tty1$/)
    await second.getByRole('button', { name: 'Type here' }).click()
    await window.page.keyboard.type('A')
    expect(await window.untilCalled('type')).toEqual([{ instance: 1, bytes: Uint8Array.of(65) }])
    window.fixture.print('ONE', 1)
    await second.locator('.xterm-rows', { hasText: 'ONE' }).waitFor()
    await window.page.getByRole('tab', { name: 'AT1' }).press('ArrowLeft')
    expect(await window.page.getByRole('tab', { name: 'AT0' }).getAttribute('aria-selected')).toBe('true')
    expect(await window.page.locator('.term[aria-label="AT0"]').innerText()).not.toContain('ONE')
  })

  it('sends a file into a prompt, and Ctrl-Z where the prompt still stands', async () => {
    await window.open('fresh')
    expect(await window.page.getByRole('button', { name: 'Send a file' }).count()).toBe(0)
    const dataState = (state: string): void => {
      window.fixture.change(({ charts }) => ({
        charts: charts.map((one) => (one.id === 'data' ? { ...one, state } : one))
      }))
    }
    dataState('entry')
    await window.page.getByRole('button', { name: 'Send a file' }).waitFor()
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      window.page.getByLabel('File for the prompt').setInputFiles({ name, mimeType: 'text/plain', buffer })
    await choose('ca.pem', Buffer.from('PEM\n'))
    const sent = (await window.untilCalled('type', 2)) as { bytes: Uint8Array }[]
    expect(sent.map(({ bytes }) => [...bytes])).toEqual([[0x50, 0x45, 0x4d, 0x0a], [26]])
    await choose('big', Buffer.alloc(70_000))
    await window.page.locator('.notice', { hasText: 'big has 70000 bytes. A prompt takes at most 65536.' }).waitFor()
    expect(window.called('type')).toHaveLength(2)
  })

  it('opens a message as fields and bytes that light each other', async () => {
    await window.open('online')
    await window.page.locator('.ladder .msg', { hasText: 'ServerHello' }).first().click()
    const detail = window.page.locator('.detail')
    await detail.locator('.field', { hasText: 'cipher suite' }).hover()
    const lit = (): Promise<string[]> => detail.locator('.hex .lit').allInnerTexts()
    await expect.poll(lit).toEqual(['00', '2f'])
    expect(await detail.locator('.gloss').innerText()).toContain('TLS_RSA_WITH_AES_128_CBC_SHA')
    await detail.locator('.hex [data-byte="6"]').hover()
    await expect.poll(() => detail.locator('.field.lit').innerText()).toContain('gmt_unix_time')
    await detail.locator('.hex [data-byte="6"]').click()
    expect(await detail.locator('.field.sel').innerText()).toContain('2026-11-23 08:41:12 UTC')
    await detail.getByRole('tree').press('ArrowUp')
    expect(await detail.locator('.field.sel').innerText()).toContain('version')
    await window.page.keyboard.press('Escape')
    expect(await detail.count()).toBe(0)
    await window.page.locator('.ladder .msg', { hasText: 'Certificate' }).first().click()
    await detail.getByText('The bytes of this message were not recorded.').waitFor()
    await window.page.locator('.ladder .msg', { hasText: 'Finished' }).first().click()
    await detail.locator('.field', { hasText: 'verify data' }).waitFor()
    expect(await detail.locator('header').innerText()).toContain('decrypted')
    expect(await detail.locator('header .lock').count()).toBe(1)
  })

  it('changes the network and the SIM', async () => {
    await window.open('online')
    const press = (name: string): Promise<void> => window.page.getByRole('button', { name, exact: true }).click()
    await press('Drop')
    await press('Detach')
    expect(await window.untilCalled('networkEvent', 2)).toEqual([{ kind: 'drop-context' }, { kind: 'detach' }])
    await press('Refuse')
    expect(await window.untilCalled('setNetwork')).toEqual([{ apns: [] }])
    window.fixture.change(({ conditions }) => ({ conditions: { ...conditions, apns: [] } }))
    await press('Refusing')
    await window.page.getByRole('tab', { name: 'Network' }).click()
    await window.page.getByLabel('Network', { exact: true }).and(window.page.locator('select')).selectOption('refuses')
    await window.page.locator('input[aria-label="Signal"]').press('ArrowLeft')
    expect((await window.untilCalled('setNetwork', 4)).slice(1)).toEqual([
      { apns: 'any' },
      { registration: 'denied' },
      { signalQuality: 20 }
    ])
    await press('Remove')
    await window.page.getByLabel('PIN', { exact: true }).click()
    expect(await window.untilCalled('setSim', 2)).toEqual([{ inserted: false }, { pinEnabled: true }])
    const gone: Readonly<Record<string, string>> = { registration: 'idle', ssl: 'closed', data: 'command' }
    window.fixture.change(({ sim, charts }) => ({
      sim: { ...sim, inserted: false, state: 'absent' },
      charts: charts.map((one) => ({ ...one, state: gone[one.id] ?? one.state }))
    }))
    await expect.poll(() => window.sentence()).toContain('There is no SIM in the module.')
  })

  it('only watches while an outside program has the port', async () => {
    await window.open('online')
    await window.page.locator('.xterm-rows', { hasText: 'meter-07' }).waitFor()
    expect(await window.page.getByRole('button', { name: 'Ctrl-Z' }).isDisabled()).toBe(true)
    await window.page.locator('.term-screen').click()
    await window.page.keyboard.type('AT')
    window.fixture.change(({ ports }) => ({
      ports: ports.map((port) => ({ ...port, clientPresent: false, client: null }))
    }))
    await window.page.getByRole('button', { name: 'Ctrl-Z' }).click()
    expect(((await window.untilCalled('type')) as { bytes: Uint8Array }[]).map(({ bytes }) => [...bytes])).toEqual([
      [26]
    ])
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

  it('holds the list where it is, by key and by button, and not where it was held before', async () => {
    await window.open('online')
    window.fixture.add(...Array.from({ length: 60 }, (_, at) => ({ kind: 'note', sentence: `Before ${at}.` }) as const))
    const list = window.page.locator('.tl')
    const place = (): Promise<number> => list.evaluate((element) => element.scrollTop)
    await window.page.locator('.ev-row', { hasText: 'Before 59.' }).waitFor()
    const end = await place()
    // Paused by the wheel, far above, and followed again.
    await list.hover()
    await window.page.mouse.wheel(0, -400)
    await window.page.locator('.pill').click()
    await expect.poll(place).toBe(end)
    await list.focus()
    await window.page.keyboard.press(' ')
    await window.page.locator('.pill', { hasText: 'Newest' }).waitFor()
    expect(await place()).toBe(end)
    window.fixture.add({ kind: 'note', sentence: 'Later.' })
    await window.page.getByRole('button', { name: '1 new' }).waitFor()
    expect(await place()).toBe(end)
    await window.page.keyboard.press(' ')
    await window.page.getByRole('button', { name: 'Hold the list' }).click()
    expect(await place()).toBe(end + 17)
  })

  it('sees a bar back at its beginning when its limit is over, and where it was when the simulator goes', async () => {
    await window.open('online')
    const row = (name: string) => window.page.locator('.timer', { has: window.page.locator('b', { hasText: name }) })
    const lengthOf = (name: string): Promise<number> =>
      row(name)
        .locator('.bar > i')
        .evaluate((bar) => Number(/scaleX\((.*)\)/.exec(bar.style.transform)![1]))
    const set = (running: boolean): void => {
      window.fixture.change(({ timers }) => ({
        timers: timers.map((one) => (one.name === 'command' ? { ...one, running, value: 0 } : one))
      }))
    }
    // Only start and end are reported. In between the window moves it by itself.
    set(true)
    await expect.poll(() => lengthOf('command')).toBeGreaterThan(0.05)
    set(false)
    await expect.poll(() => lengthOf('command')).toBe(0)
    await window.fixture.close()
    await window.page.locator('.window.gone').waitFor()
    expect(await row('maxTo').innerText()).toMatch(/8\d\.\d of 90 s left\s+then NO CARRIER/)
    expect(await lengthOf('maxTo')).toBeGreaterThan(0.05)
    const before = await row('maxTo').innerText()
    await window.page.waitForTimeout(300)
    expect(await row('maxTo').innerText()).toBe(before)
    window.complaints = window.complaints.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))
  })

  it('finds the list held by itself at a failure, and what is new counted', async () => {
    await window.open('online')
    window.fixture.add(
      { kind: 'tls-failure', sentence: 'A record has a wrong MAC.', alert: 'bad_record_mac', rule: null },
      ...Array.from({ length: 30 }, (_, at) => ({ kind: 'note', sentence: `After ${at}.` }) as const)
    )
    const row = window.page.locator('.ev-row.bad', { hasText: 'wrong MAC' })
    await row.waitFor()
    expect(await window.page.locator('.pill').innerText()).toContain('Newest')
    window.fixture.add({ kind: 'note', sentence: 'Later.' })
    await window.page.getByRole('button', { name: '1 new' }).waitFor()
    const [mine, list] = [(await row.boundingBox())!, (await window.page.locator('.tl').boundingBox())!]
    expect(mine.y >= list.y && mine.y + mine.height <= list.y + list.height).toBe(true)
  })

  it('is told what the window was too slow for', async () => {
    await window.open('online')
    expect(await window.page.locator('.status').innerText()).not.toContain('missed')
    window.fixture.skip({ events: 1200, outputBytes: 0 })
    window.fixture.skip({ events: 34, outputBytes: 500 })
    await expect
      .poll(() => window.page.locator('.status').innerText())
      .toContain('This window missed 1\u202f234 events, 500 B of output')
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
      window.fixture.add(
        ...Array.from({ length: 1000 }, (_, at) => ({ kind: 'note', sentence: `Note ${burst * 1000 + at}.` }) as const)
      )
    await window.page.locator('.ev-row', { hasText: 'Note 11999.' }).waitFor()
    // All rows can be scrolled to, but only the visible ones are drawn.
    await expect.poll(() => window.page.locator('.ev-row').last().getAttribute('aria-setsize')).toMatch(/^12\d{3}$/)
    expect(await window.page.locator('.ev-row').count()).toBeLessThan(60)
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
    const theme = (): Promise<string | undefined> =>
      window.page.evaluate(() => document.documentElement.dataset['theme'])
    expect(await theme()).toBe('light')
    await window.page.getByRole('button', { name: 'Theme: system' }).click()
    await window.page.getByRole('button', { name: 'Theme: light' }).click()
    expect(await theme()).toBe('dark')
    const widthOf = async (): Promise<number> =>
      (await window.page.getByRole('group', { name: 'Handshake', exact: true }).boundingBox())!.width
    const before = await widthOf()
    await window.page.getByRole('group', { name: 'Handshake', exact: true }).focus()
    for (let press = 0; press < 3; press++) await window.page.keyboard.press('Alt+Shift+ArrowLeft')
    await expect.poll(widthOf).toBeLessThan(before - 50)
    const after = await widthOf()
    await window.page.reload()
    await windowReady(window.page)
    expect(await theme()).toBe('dark')
    await expect.poll(widthOf).toBeCloseTo(after, 0)
  })

  it('can be walked with the keyboard', async () => {
    await window.open('online')
    await window.page.keyboard.press('?')
    await window.page.getByRole('dialog', { name: 'Keys and marks' }).waitFor()
    await window.page.keyboard.press('Escape')
    const panelInFocus = (): Promise<string | null | undefined> =>
      window.page.evaluate(() => document.activeElement?.closest('[data-panel]')?.getAttribute('aria-label'))
    const seen: unknown[] = []
    for (let press = 0; press < 10; press++) {
      await window.page.keyboard.press('F6')
      seen.push(await panelInFocus())
    }
    expect(seen).toEqual([
      'Board',
      'Module',
      'PDP context',
      'SSL socket',
      'NVM slots',
      'Timers',
      'Timeline',
      'Handshake',
      'Why',
      'Terminal AT0'
    ])
    await window.page.keyboard.press('t')
    await window.page.keyboard.press('F6')
    expect(await panelInFocus()).toBe('Board')
  })
})
