import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lessons } from '../../src/shared/lessons/index.ts'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** Lessons with the real program, each played by its buttons, one of them partly by typing. */
describe.skipIf(!havePeers('chromium'))('lessons', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start()
    await live.page.getByRole('toolbar', { name: 'Simulator' }).getByRole('button', { name: 'Lessons' }).click()
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })

  const panel = () => live.page.locator('[data-panel="lessons"]')
  const current = () => panel().locator('[aria-current="step"]')
  const begin = (title: string, verb = 'Start') =>
    panel()
      .getByRole('button', { name: `${verb}: ${title}` })
      .click()
  const leave = () => panel().getByRole('button', { name: 'Lessons', exact: true }).click()
  const doneCount = () => panel().locator('li.done').count()
  /** Presses the main button of the present step and waits until the step is done. */
  const step = async (): Promise<void> => {
    const before = await doneCount()
    await current().locator('.btn.solid').click()
    await expect.poll(doneCount, { timeout: 30_000 }).toBeGreaterThan(before)
  }

  it('are listed with what they are about, and axe finds nothing', async () => {
    expect(await panel().locator('h3').allInnerTexts()).toEqual(lessons.map(({ title }) => title))
    expect(await live.faults('[data-panel="lessons"]')).toEqual([])
  })

  it.each(lessons.map(({ title, steps }) => [title, steps.length] as const))(
    '%s: all %i steps',
    async (title, count) => {
      await begin(title)
      for (let at = 0; at < count; at++) {
        if (at === 3) expect(await live.faults('[data-panel="lessons"]')).toEqual([])
        await step()
      }
      await panel().locator('.all-done').waitFor()
      await leave()
      expect(
        await panel()
          .getByRole('button', { name: `Repeat: ${title}` })
          .count()
      ).toBe(1)
    }
  )

  it('count what is typed by hand, keep progress over a reload, and begin anew', async () => {
    await begin('Talk in command mode', 'Repeat')
    for (const _ of ['context', 'enable']) await step()
    // The third step is about the authentication mode, which the last lesson has changed.
    const line = 'AT#SSLSECCFG=1,0,0,1'
    await live.command(line)
    await expect.poll(doneCount).toBe(3)
    await live.page.reload()
    await windowReady(live.page)
    await expect.poll(doneCount).toBe(3)
    expect(await current().locator('b').innerText()).toBe('Dial, and stay with commands')
    // A mistake is shown with the response and a link to Why.
    await live.command('AT#SSLD=1,443,"123.124.125.126",7,1', 'ERROR')
    await current().locator('.err', { hasText: 'It answered ERROR' }).waitFor()
    expect(await current().locator('.hint').first().innerText()).toContain('mode')
    await panel().getByRole('button', { name: 'Start again' }).click()
    await expect.poll(doneCount).toBe(0)
  })
})
