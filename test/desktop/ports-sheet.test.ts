import { once } from 'node:events'
import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { ControlClient } from '../fixtures/control-client.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

/** The Ports sheet in a real browser, with the real program and real hosts at its ports. */
describe.skipIf(!havePeers('chromium'))('the Ports sheet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ports-sheet-'))
  let simulator: SimulatorProcess
  let control: ControlClient
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--ui', '0', '--lab', 'off'])
    control = await ControlClient.open(simulator.ready.control!)
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(30_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await page.getByRole('button', { name: 'Ports', exact: true }).click()
    await sheet().getByRole('form', { name: 'Open a port' }).waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    control?.close()
    await simulator?.stop()
    rmSync(folder, { recursive: true, force: true })
    expect(complaints).toEqual([])
  })

  const sheet = () => page.locator('dialog[open].ports')
  const rows = () => sheet().locator('ul:not(.diagnoses) > li')
  const row = (text: string | RegExp) => rows().filter({ hasText: text })
  const open = () => sheet().getByRole('button', { name: 'Open', exact: true }).click()

  async function host(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    // Without reading, its end would not be noticed.
    socket.resume()
    await once(socket, 'connect')
    return socket
  }

  it('lists what is open, opens RFC 2217 and TCP, and says who has the instance and who was refused', async () => {
    await row(simulator.link).getByText('closed', { exact: true }).waitFor()
    await sheet().getByLabel('Kind').selectOption('rfc2217')
    await open()
    await row('rfc2217 127.0.0.1:').waitFor()
    await sheet().getByLabel('Kind').selectOption('tcp')
    await open()
    await row('tcp 127.0.0.1:').waitFor()
    const portOf = async (kind: string): Promise<number> =>
      Number(/\d+$/.exec((await control.snapshot()).ports.find((port) => port.kind === kind)!.name)![0])

    const first = await host(await portOf('tcp'))
    first.write('AT\r')
    await row('tcp 127.0.0.1:').getByText('has the instance').waitFor()
    const second = await host(await portOf('rfc2217'))
    second.write('AT\r')
    await row('rfc2217 127.0.0.1:').getByText('3 B refused: another host has the instance').waitFor()

    const ended = once(first, 'close')
    await row('tcp 127.0.0.1:')
      .getByRole('button', { name: /^Close tcp/ })
      .click()
    await ended
    await row('tcp 127.0.0.1:').waitFor({ state: 'detached' })
    await row('rfc2217 127.0.0.1:')
      .getByRole('button', { name: /^Close rfc2217/ })
      .click()
    await row('rfc2217 127.0.0.1:').waitFor({ state: 'detached' })
  })

  it('says why a port was refused, and nothing has changed', async () => {
    const before = await rows().count()
    await sheet().getByLabel('Kind').selectOption('serial')
    await sheet().getByLabel('Device').fill('/dev/ttyNONE9')
    await open()
    await sheet()
      .getByRole('alert')
      .getByText('The serial port /dev/ttyNONE9 cannot be opened: there is no such device.')
      .waitFor()
    await sheet().getByLabel('Kind').selectOption('pty')
    await sheet().getByLabel('Name').fill(join(folder, 'modem'))
    await open()
    await sheet().getByRole('alert').getByText('while the simulator runs, links are names in').waitFor()
    expect(await rows().count()).toBe(before)
  })

  it('says what a port, a device and a rate are, each at its field, and opens nothing until they are', async () => {
    const before = await rows().count()
    const said = sheet().locator('.form-fault')
    // A field with suggestions is a combo box, whose label includes them.
    const fieldOf = (label: string) => sheet().getByRole(label === 'Device' ? 'combobox' : 'textbox', { name: label })
    const wrong = async (label: string, text: string, sentence: string): Promise<void> => {
      await fieldOf(label).fill(text)
      await open()
      expect(await said.innerText()).toBe(sentence)
      expect(await sheet().locator('[aria-invalid]').count()).toBe(1)
      expect(await fieldOf(label).getAttribute('aria-invalid')).toBe('true')
      expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.innerText)).toContain(
        label
      )
    }
    await sheet().getByLabel('Kind').selectOption('tcp')
    for (const text of ['65536', '-1', 'any', '1e3'])
      await wrong('Port on 127.0.0.1', text, 'Enter a port number up to 65535, or nothing for any free port.')
    // What is wrong in a field that is not drawn any more stands in nobody's way.
    await sheet().getByLabel('Kind').selectOption('serial')
    await wrong('Device', '', 'Enter the path of the UART, such as /dev/ttyUSB0.')
    await sheet().getByLabel('Device').fill('/dev/ttyNONE9')
    for (const text of ['', '49', '4000001', 'fast']) await wrong('Baud', text, 'Enter a rate from 50 to 4000000 baud.')
    await sheet().getByRole('textbox', { name: 'Baud' }).fill('9600')
    expect(await said.innerText()).toBe('')
    await sheet().getByLabel('Device').fill('')
    await sheet().getByLabel('Kind').selectOption('pty')
    expect(await rows().count()).toBe(before)
  })

  it('says why a terminal program may not see a port, with what to do', async () => {
    const lock = `/run/lock/LCK..pts_${basename(readlinkSync(simulator.link))}`
    writeFileSync(lock, '       999999\n')
    onTestFinished(() => rmSync(lock, { force: true }))
    const doctor = sheet().getByRole('region', { name: 'If a terminal program does not see a port' })
    await doctor.getByRole('button', { name: 'Find out why' }).click()
    // Of other simulators of this user there may be something to say as well.
    const found = doctor.locator('li').filter({ hasText: `${lock} was left by a program that has ended` })
    await found.getByText(`rm ${lock}`, { exact: true }).waitFor()
    await found.getByText('Problem:').waitFor()
    await doctor.getByText('A pseudo terminal can be opened').waitFor()
  })

  it('sets the pace, and closes the pty and opens it again', async () => {
    await sheet().getByLabel('Pace').selectOption('9600')
    await control.until(({ ports }) => ports.every(({ pace }) => pace === 9_600))
    await row(simulator.link).getByText('9600 baud').waitFor()
    await sheet().getByLabel('Pace').selectOption('off')
    await control.until(({ ports }) => ports.every(({ pace }) => pace === 'off'))

    await sheet()
      .getByRole('button', { name: `Close ${simulator.link}` })
      .click()
    await expect.poll(() => rows().count()).toBe(0)
    await sheet().getByLabel('Name').fill(simulator.link)
    await open()
    await row(simulator.link).getByText('closed', { exact: true }).waitFor()
  })
})
