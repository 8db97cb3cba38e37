import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'

/** The most common tasks with the real program, by keyboard only: no test here uses the pointer. */
describe.skipIf(!havePeers('chromium'))('by the keyboard alone', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start()
    await live.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })
  beforeEach(async () => {
    // Close what the test before left open.
    await press('Escape')
  })

  const press = (key: string): Promise<void> => live.page.keyboard.press(key)
  const type = (text: string): Promise<void> => live.page.keyboard.type(text)
  const clipboard = (): Promise<string> => live.page.evaluate(() => navigator.clipboard.readText())
  const chart = (id: string, state: string) =>
    live.control.until(({ charts }) => charts.find((one) => one.id === id)?.state === state)
  /** Returns the focused element as a screen reader describes it. */
  const focused = (): Promise<string> =>
    live.page.evaluate(() => {
      const { activeElement: at } = document
      if (!at || at === document.body) return ''
      const label =
        at.getAttribute('aria-label') ??
        (at as Partial<HTMLInputElement>).labels?.[0]?.textContent ??
        at.textContent ??
        ''
      return label.replaceAll(/\s+/g, ' ').trim()
    })
  /** Presses a key until the focused element has this name. */
  async function until(name: RegExp, key: string): Promise<void> {
    const seen: string[] = []
    for (let presses = 0; presses < 120; presses++) {
      await press(key)
      const now = await focused()
      if (name.test(now)) return
      seen.push(now.slice(0, 40))
    }
    throw new Error(`${key} never came to ${name}, but to: ${seen.join(' | ')}`)
  }
  const panel = (name: RegExp): Promise<void> => until(name, 'F6')
  const tabTo = (name: RegExp): Promise<void> => until(name, 'Tab')
  /** The toolbar is before the first panel. */
  async function toolbar(name: RegExp): Promise<void> {
    await panel(/^Board$/)
    await until(name, 'Shift+Tab')
  }
  async function palette(words: string): Promise<void> {
    await panel(/^Board$/)
    await press('Control+k')
    await expect.poll(focused).toBe('What do you want to do?')
    await type(words)
    await press('Enter')
  }
  async function line(text: string, answer = 'OK'): Promise<void> {
    const { nextSeq } = (await live.control.snapshot()).timeline
    await panel(/^Board$/)
    await press('t')
    await expect
      .poll(() => live.page.evaluate(() => document.activeElement?.className))
      .toContain('xterm-helper-textarea')
    await type(text)
    await press('Enter')
    await expect.poll(() => live.wordsSince(nextSeq)).toContain(answer)
  }

  it('types a command in the terminal, and leaves it again', async () => {
    await line('AT+CGMM')
    await expect.poll(() => live.screen()).toContain('OK')
    await panel(/^Board$/)
  })

  it('copies the port’s path', async () => {
    await toolbar(/^Copy the port’s path/)
    await press('Enter')
    await expect.poll(clipboard).toBe(live.simulator.ready.ports[0]!.link)
  })

  it('opens Why after a failure and sends its remedy', async () => {
    await line('AT#SGACT=1,1')
    await line('AT#SSLD=1,443,"123.124.125.126",0,0', 'ERROR')
    await expect.poll(() => live.page.locator('[data-panel="why"] h2').count()).toBe(1)
    await palette('go to why')
    await expect.poll(focused).toBe('Why')
    await tabTo(/^Send it$/)
    await press('Enter')
    await live.control.until(({ ssl }) => ssl.status === 1)
  })

  it('dials the lab, and closes', async () => {
    await toolbar(/^Lab$/)
    await press('Enter')
    await expect.poll(focused).toBe('Lab')
    await tabTo(/^Type commands$/)
    await press('Enter')
    await live.control.until(({ ssl }) => ssl.status === 2)
    await chart('data', 'online')
    await panel(/^Timeline$/)
    await tabTo(/^\+\+\+/)
    // The button keeps the guard time by itself.
    await press('Enter')
    await chart('data', 'command')
    await line('AT#SSLH=1')
    await live.control.until(({ ssl }) => ssl.status === 1)
  })

  it('opens a message of the handshake, and a field of it', async () => {
    await palette('go to handshake')
    await expect.poll(focused).toBe('Handshake')
    await tabTo(/^Messages of the handshake|ClientHello/)
    await press('ArrowDown')
    await press('ArrowDown')
    await expect.poll(() => live.page.locator('.ladder .msg.sel').innerText()).toContain('ServerHello')
    await live.page.locator('.detail .field').first().waitFor()
    await tabTo(/^Fields|handshake type|record/i)
    await press('ArrowDown')
    await press('ArrowDown')
    await expect.poll(() => live.page.locator('.detail .field.sel').count()).toBe(1)
    expect(await live.page.locator('.detail .hex .lit, .detail .hex .sel').count()).toBeGreaterThan(0)
  })

  it('searches the timeline and copies a range', async () => {
    await panel(/^Board$/)
    await press('/')
    await expect.poll(focused).toBe('Filter events')
    await type('SSLH')
    const count = () => live.page.locator('.ev-row').count()
    // The number beside the field appears when the search is done.
    await live.page.locator('.filter .found').waitFor()
    await expect.poll(count).toBeLessThan(8)
    await press('Enter')
    await live.page.locator('.ev-row.sel').waitFor()
    // To the first row of the list.
    await press('ArrowDown')
    await press('Home')
    await press('Shift+ArrowDown')
    await press('Shift+ArrowDown')
    await press('Control+c')
    await expect.poll(async () => (await clipboard()).trim().split('\n').length).toBe(3)
    expect(await clipboard()).toContain('SSLH')
    await press('/')
    await press('Escape')
    await expect.poll(count).toBeGreaterThan(7)
  })

  it('drops the context', async () => {
    await panel(/^PDP context$/)
    await tabTo(/^Drop$/)
    await press('Enter')
    await chart('pdp', 'inactive')
  })

  it('takes the SIM out, and puts it in', async () => {
    await panel(/^Board$/)
    await tabTo(/^SIM /)
    await press('Enter')
    await expect.poll(focused).toMatch(/^Remove the SIM/)
    await press('Enter')
    await live.control.until(({ sim }) => !sim.inserted)
    await expect.poll(focused).toMatch(/^SIM no card/)
    await press('Enter')
    await expect.poll(focused).toMatch(/^Insert the SIM/)
    await press('Enter')
    await live.control.until(({ sim }) => sim.inserted)
  })

  it('sets the clock', async () => {
    await panel(/^Board$/)
    await tabTo(/^CLOCK /)
    await press('Enter')
    await expect.poll(focused).toMatch(/^Set date and time/)
    await press('Enter')
    await expect.poll(focused).toContain('Date and time')
    await type('2031-05-06 07:08:09')
    await press('Enter')
    await live.control.until(({ network }) => network.clockChip.startsWith('31/05/06'))
    await expect.poll(focused).toMatch(/^CLOCK 2031-05-06/)
  })

  it('arms a fault, and clears it', async () => {
    await toolbar(/^Faults 0 armed$/)
    await press('Enter')
    await expect.poll(focused).toBe('Faults')
    await tabTo(/^Next$/)
    await press('Enter')
    await live.control.until(({ lab }) => lab.faults.length === 1)
    await toolbar(/^Faults 1 armed$/)
    await press('Enter')
    await expect.poll(focused).toMatch(/^Clear /)
    await press('Enter')
    await live.control.until(({ lab }) => lab.faults.length === 0)
  })

  it('arms a fault from the palette, takes that back, and clears all of them', async () => {
    const armed = (...faults: readonly string[]) =>
      live.control.until(
        ({ lab }) =>
          lab.faults
            .map(({ fault }) => fault)
            .toSorted()
            .join() === faults.join()
      )
    await palette('wrong finished')
    await armed('wrong-finished')
    await live.page.locator('.notice', { hasText: 'Wrong Finished armed for the next connection' }).waitFor()
    await panel(/^Timers$/)
    await press('Control+z')
    await armed()
    await palette('wrong finished')
    await armed('wrong-finished')
    await palette('arm silence from')
    await armed('silent-from-start', 'wrong-finished')
    // The window hears of the second fault somewhat later than the control client.
    await live.page.getByRole('button', { name: 'Faults 2 armed' }).waitFor()
    await palette('clear all faults')
    await armed()
  })

  it('turns the module off and on', async () => {
    await toolbar(/^Power, the ON key/)
    await press('Enter')
    await chart('power', 'off')
    await toolbar(/^Power, the ON key/)
    await press('Enter')
    await chart('registration', 'home')
  })

  it('becomes another product', async () => {
    await palette('restart as ge865')
    const asked = live.page.getByRole('alertdialog')
    await asked.waitFor()
    expect(await asked.innerText()).toContain('Each product has its own NVM')
    await expect.poll(focused).toBe('Restart as GE865-QUAD')
    await press('Enter')
    await live.control.until(({ product }) => product.name === 'GE865-QUAD')
  })
})
