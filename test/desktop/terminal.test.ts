import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/**
 * The built-in terminal with the real program: completion, pasted lines, files, search, and an AT instance for each
 * tab.
 */
describe.skipIf(!havePeers('chromium'))('the terminal', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start([], 2)
    await live.page.getByRole('button', { name: 'Type here' }).click()
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })
  beforeEach(() => live.focusTerminal())

  const list = () => live.page.getByRole('listbox', { name: 'Completions' })
  const chosen = () => list().locator('[aria-selected="true"] code').innerText()
  const press = (key: string) => live.page.keyboard.press(key)
  const type = (text: string) => live.page.keyboard.type(text)
  const paste = (text: string) =>
    live.page.evaluate((clip) => {
      const data = new DataTransfer()
      data.setData('text/plain', clip)
      document
        .querySelector('.term:not(.behind) .xterm-helper-textarea')!
        .dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, text)

  it('completes by the keyboard alone, and tells a screen reader which one is chosen', async () => {
    await type('AT#SSLSEC')
    await press('Tab')
    await list().waitFor()
    expect(await list().locator('code').allInnerTexts()).toEqual(['#SSLSECCFG', '#SSLSECDATA'])
    const input = live.page.locator('.term:not(.behind) .xterm-helper-textarea')
    expect(await input.getAttribute('role')).toBe('combobox')
    await press('ArrowDown')
    await expect.poll(chosen).toBe('#SSLSECDATA')
    expect(
      await live.page.locator(`[id="${await input.getAttribute('aria-activedescendant')}"]`).innerText()
    ).toContain('#SSLSECDATA')
    expect(await live.faults('.completions')).toEqual([])
    await press('ArrowUp')
    await press('Enter')
    await list().waitFor({ state: 'detached' })
    expect(await input.getAttribute('role')).toBeNull()
    await type('=1,0,')
    await press('Control+Space')
    await expect
      .poll(() => list().locator('li').allInnerTexts())
      .toEqual([
        expect.stringContaining('verifies nothing'),
        expect.stringContaining('the server'),
        expect.stringContaining('both sides')
      ])
    // Escape closes the list and is not sent.
    await press('Escape')
    await list().waitFor({ state: 'detached' })
    await type('1?')
    await press('Backspace')
    await expect.poll(() => live.screen()).toContain('AT#SSLSECCFG=1,0,1')
    const { nextSeq } = (await live.control.snapshot()).timeline
    await press('Enter')
    // SSL is disabled: the module has really received the line.
    await expect.poll(() => live.wordsSince(nextSeq)).toEqual(['ERROR'])
    const { events } = await live.control.events(nextSeq - 1)
    expect(events.find(({ what }) => what.kind === 'command')?.what).toMatchObject({ text: '#SSLSECCFG=1,0,1' })
  })

  it('keeps cursor keys from a line and from a prompt, which an ESC would end, and gives them to a far end', async () => {
    const txSince = async (fromSeq: number): Promise<string> => {
      const { events } = await live.control.events(fromSeq)
      return events
        .flatMap(({ what }) =>
          what.kind === 'bytes' && what.direction === 'tx' ? [Buffer.from(what.bytes).toString('latin1')] : []
        )
        .join('')
    }
    const nextSeq = async (): Promise<number> => (await live.control.snapshot()).timeline.nextSeq
    const cursor = async (): Promise<void> => {
      for (const key of ['ArrowLeft', 'Shift+ArrowUp', 'Home', 'Delete', 'End', 'PageUp', 'F2']) await press(key)
    }
    let from = await nextSeq()
    await type('AT+CQ')
    await cursor()
    await press('Backspace')
    await type('SQ')
    await press('Enter')
    await expect.poll(() => live.wordsSince(from)).toEqual(['OK'])
    expect(await txSince(from)).toBe('AT+CQ\bSQ\r')
    for (const line of ['AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLD=1,443,"123.124.125.126",0,1']) await live.command(line)
    from = await nextSeq()
    await type('AT#SSLSEND=1')
    await press('Enter')
    await live.page.locator('.term:not(.behind)[data-mode="prompt"]').waitFor()
    await type('on')
    await cursor()
    await press('ArrowUp')
    await type('e')
    await press('Control+z')
    await expect.poll(() => live.wordsSince(from)).toEqual(['OK'])
    expect(await txSince(from)).toBe('AT#SSLSEND=1\rone\x1a')
    await live.command('AT#SSLO=1', 'CONNECT')
    from = await nextSeq()
    await live.page.locator('.term:not(.behind)[data-mode="through"]').waitFor()
    await press('ArrowLeft')
    await expect.poll(() => txSince(from)).toBe('\x1b[D')
    // Back to command mode with the guard time: two seconds after the last input, at half speed.
    await live.page.getByRole('button', { name: '+++', exact: true }).click()
    await live.page.locator('.term:not(.behind)[data-mode="line"]').waitFor()
    await live.command('ATS12=70')
    await live.command('AT#SSLO=1', 'CONNECT')
    await live.control.call('setSpeed', { speed: 0.5 })
    await live.page.locator('.term:not(.behind)[data-mode="through"]').waitFor()
    await type('x')
    await live.page.getByRole('button', { name: '+++', exact: true }).click()
    await live.page.locator('.term:not(.behind)[data-mode="line"]').waitFor()
    await live.control.call('setSpeed', { speed: 1 })
    for (const line of ['ATS12=50', 'AT#SSLH=1', 'AT#SSLEN=1,0', 'AT#SGACT=1,0']) await live.command(line)
  })

  it('types pasted lines one after the other, stops at one that fails, and goes on', async () => {
    await paste('# set up\r\nAT+CMEE=1\nAT#SGACT=1,1\nAT#NOPE\nAT#SSLEN=1,1\n')
    const bar = live.page.getByRole('group', { name: 'Pasted lines' })
    expect(await bar.innerText()).toContain('4 lines: AT+CMEE=1 … (1 other line left out)')
    expect(await live.faults('.paste')).toEqual([])
    await press('Enter')
    await bar.getByText('The result code of AT#NOPE is ERROR. 1 line is left.').waitFor()
    await bar.getByRole('button', { name: 'Continue' }).click()
    await live.control.until(({ ssl }) => ssl.status === 1)
    await bar.waitFor({ state: 'detached' })
  })

  it('U-13: pastes with Ctrl-V, and sends no control character for it', async () => {
    await live.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await live.page.evaluate(() => navigator.clipboard.writeText('AT+CGMI'))
    await live.focusTerminal()
    await press('Control+V')
    await expect.poll(() => live.screen()).toMatch(/AT\+CGMI\s*$/)
    await press('Enter')
    await expect.poll(() => live.screen()).toMatch(/AT\+CGMI\s+Telit\s+OK\s*$/)
  })

  it('sends a pasted PEM with LF alone, and a file, into a prompt', async () => {
    await live.command('AT#SSLSECCFG=1,0,1,1')
    await live.focusTerminal()
    await type('AT#SSLSECDATA=1,1,1,2000')
    await press('Enter')
    await live.page.getByRole('button', { name: 'Send a file' }).waitFor()
    await live.page.getByLabel('File for the prompt').setInputFiles(live.simulator.ready.lab.ca!)
    await live.control.until(({ slots }) => slots[1]!.storedBytes > 0 && slots[1]!.fault === null)
    await live.page.locator('.term:not(.behind)[data-mode="line"]').waitFor()
    await live.focusTerminal()
    await type('AT#SSLSECDATA=1,1,1,2000')
    await press('Enter')
    await live.page.getByRole('button', { name: 'Send a file' }).waitFor()
    await paste('no certificate\r\nat all\r\n')
    await live.page.getByRole('button', { name: 'Ctrl-Z', exact: true }).click()
    await live.control.until(({ slots }) => slots[1]!.storedBytes === 'no certificate\nat all\n'.length)
  })

  it('finds earlier lines that begin alike, also after a reload', async () => {
    await live.command('AT+CSQ')
    await live.page.reload()
    await windowReady(live.page)
    await live.page.locator('.term:not(.behind)[data-mode="line"]').waitFor()
    await live.focusTerminal()
    await type('AT+CS')
    await press('ArrowUp')
    await expect.poll(() => live.screen()).toMatch(/AT\+CSQ\s*$/)
    const { nextSeq } = (await live.control.snapshot()).timeline
    await press('Enter')
    await expect.poll(() => live.wordsSince(nextSeq)).toEqual(['OK'])
  })

  it('finds text, marks where it is, and leaves with Escape', async () => {
    await live.command('AT+CGMM')
    await live.focusTerminal()
    await press('Control+Shift+F')
    const field = live.page.getByRole('search').getByLabel('Find in the terminal')
    await field.fill('CSQ')
    await expect.poll(() => live.page.getByRole('search').getByRole('status').innerText()).toMatch(/^\d+ of \d+$/)
    expect(await live.faults('.find')).toEqual([])
    await field.fill('nowhere')
    await expect.poll(() => live.page.getByRole('search').getByRole('status').innerText()).toBe('no match')
    await field.press('Escape')
    await live.page.getByRole('search').waitFor({ state: 'detached' })
    expect(await live.page.evaluate(() => document.activeElement?.className)).toContain('xterm-helper-textarea')
  })

  it('opens the palette with Ctrl-K and goes on with the line; Ctrl-Z and the other control characters are the module’s', async () => {
    const { nextSeq } = (await live.control.snapshot()).timeline
    const typed = async () =>
      (await live.control.events(nextSeq)).events.flatMap(({ what }) =>
        what.kind === 'bytes' && what.direction === 'tx' ? [...what.bytes] : []
      )
    await type('AT')
    await press('Control+k')
    await live.page.locator('.palette').waitFor()
    await press('Escape')
    await live.page.locator('.palette').waitFor({ state: 'hidden' })
    // The focus is back where it was.
    await press('Control+z')
    await press('Control+l')
    await press('Enter')
    await expect.poll(async () => (await live.wordsSince(nextSeq)).length).toBe(1)
    expect(String.fromCharCode(...(await typed()))).toBe('AT\x1a\x0c\r')
  })

  it('is drawn in the colours of the look in force, more contrast too', async () => {
    const ground = (): Promise<string> =>
      live.page
        .locator('.term:not(.behind) .xterm-scrollable-element')
        .evaluate((element) => getComputedStyle(element).backgroundColor)
    await live.page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(ground).toBe('rgb(20, 24, 27)')
    await live.page.emulateMedia({ contrast: 'more' })
    await expect.poll(ground).toBe('rgb(0, 0, 0)')
    await live.page.emulateMedia({ colorScheme: null, contrast: null })
  })

  it('has a tab for each instance, with a line of its own', async () => {
    await type('AT+CC')
    await live.page.getByRole('tab', { name: 'AT1' }).click()
    await live.command('AT+CGMM')
    await expect.poll(() => live.screen()).toContain('OK')
    await live.page.getByRole('tab', { name: 'AT0' }).click()
    await expect.poll(() => live.page.locator('.term:not(.behind) .term-help').innerText()).toContain('+CCLK')
    await live.focusTerminal()
    await press('Enter')
  })
})
