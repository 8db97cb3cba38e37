import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allSuites } from '../../src/shared/tls/suites.ts'
import { seriousFindings } from '../fixtures/axe.ts'
import { ownCapture, packetsOf, pcapOf } from '../fixtures/captures.ts'
import { LiveWindow } from '../fixtures/live-window.ts'
import { havePeers } from '../fixtures/peers.ts'
import { goldenSession } from '../fixtures/tls-golden.ts'

/** Captures in a real browser with the real program, opened by palette and by drop. */
describe.skipIf(!havePeers('chromium'))('the sheet of a capture', () => {
  let live: LiveWindow
  beforeAll(async () => {
    live = await LiveWindow.start(['--lab', 'off'])
  })
  afterAll(async () => {
    await live?.stop()
    expect(live?.complaints).toEqual([])
  })

  const sheet = (): Locator => live.page.locator('dialog[open].capture')
  const names = (): Promise<string[]> => sheet().locator('.msg .lb > .cut').allInnerTexts()
  const rows = (): Locator => sheet().locator('.captured-lines .line')
  const side = (name: string): Locator => sheet().getByRole('tab', { name })
  const part = (text: string | RegExp): Locator =>
    sheet().getByRole('navigation').getByRole('button').filter({ hasText: text })
  const messages = [
    'ClientHello',
    'ServerHello',
    'Certificate',
    'CertificateRequest',
    'ServerHelloDone',
    'Certificate',
    'ClientKeyExchange',
    'CertificateVerify',
    'ChangeCipherSpec',
    'Finished',
    'ChangeCipherSpec',
    'Finished',
    'Alert, close_notify',
    'Alert, close_notify'
  ]

  interface Dropped {
    readonly name: string
    readonly bytes: Uint8Array
  }

  /** Drops files on a part of the window. */
  async function drop(over: Locator, ...files: readonly Dropped[]): Promise<void> {
    const data = await live.page.evaluateHandle(
      (all) => {
        const transfer = new DataTransfer()
        for (const { name, base64 } of all)
          transfer.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name))
        return transfer
      },
      files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
    )
    await over.dispatchEvent('dragover', { dataTransfer: data })
    await over.dispatchEvent('drop', { dataTransfer: data })
  }

  async function close(): Promise<void> {
    await live.page.keyboard.press('Escape')
    await expect.poll(() => sheet().count()).toBe(0)
  }

  it('opens from the palette, marked as a file, with the ladder of its handshake', async () => {
    const { file } = ownCapture()
    const chosen = live.page.waitForEvent('filechooser')
    await live.page.keyboard.press('Control+k')
    await live.page.keyboard.type('open a capture')
    await live.page.keyboard.press('Enter')
    await (await chosen).setFiles({ name: 'field.pcapng', mimeType: 'application/octet-stream', buffer: file })
    await sheet().getByText('From a file, read-only').waitFor()
    expect(await sheet().getByRole('heading').innerText()).toBe('Capture: field.pcapng')
    await expect.poll(names).toEqual(messages)
    expect(await sheet().locator('.lanes').innerText()).toContain('192.0.2.9:443')
    expect(await sheet().locator('.capture-facts').innerText()).toMatch(
      /Telit SSL Simulator, \d+ packets, from 2026-11-.*secrets of 1 TLS session in the capture/
    )
    expect(await part('192.0.2.9:443').innerText()).toMatch(/TLS, decrypted; mutual, \d+ ms, 14 messages/)
  })

  it('opens a message that was encrypted: its fields beside its bytes', async () => {
    await sheet().locator('.msg', { hasText: 'Finished' }).first().click()
    await expect.poll(() => sheet().locator('.field', { hasText: 'verify data' }).innerText()).toMatch(/[0-9a-f]{24}/)
    await sheet().locator('.field', { hasText: 'message type' }).hover()
    await expect.poll(() => sheet().locator('.hex .lit').allInnerTexts()).toEqual(['14'])
    expect(await sheet().locator('.detail header').innerText()).toContain('decrypted')
    // The first Escape closes the message, the next one the sheet.
    await live.page.keyboard.press('Escape')
    await expect.poll(() => sheet().locator('.detail').count()).toBe(0)
    expect(await sheet().count()).toBe(1)
  })

  it('shows the data, and the AT lines with what they meant', async () => {
    await side('Data').click()
    await expect
      .poll(() => rows().allInnerTexts())
      .toEqual([expect.stringMatching(/TX[\s\S]*from the client/), expect.stringMatching(/RX[\s\S]*from the server/)])
    await part('AT lines').click()
    await expect
      .poll(() => rows().allInnerTexts())
      .toEqual([expect.stringMatching(/TX\nAT0[\s\S]*AT#SSLD=1,443/), expect.stringMatching(/RX\nAT0[\s\S]*CONNECT/)])
    await sheet().getByRole('listbox').focus()
    await live.page.keyboard.press('ArrowDown')
    await sheet().locator('.gloss', { hasText: 'Result: CONNECT.' }).waitFor()
    expect(await sheet().locator('.comment').innerText()).toContain(
      'What the module exchanged with its network and its hosts.'
    )
  })

  it.each(['light', 'dark'] as const)('has nothing serious for axe, %s', async (colorScheme) => {
    await live.page.emulateMedia({ colorScheme })
    await live.page.locator(`html[data-theme="${colorScheme}"]`).waitFor({ state: 'attached' })
    expect(await seriousFindings(live.page, { coloursOnly: false, within: 'dialog[open]' })).toEqual([])
    await part('192.0.2.9:443').click()
    await sheet().locator('.msg', { hasText: 'ServerHello' }).first().click()
    await sheet().locator('.field').first().waitFor()
    expect(await seriousFindings(live.page, { coloursOnly: false, within: 'dialog[open]' })).toEqual([])
    await part('AT lines').click()
    await live.page.emulateMedia({ colorScheme: 'light' })
  })

  it('leads back to the live window, which knows nothing of it', async () => {
    await close()
    expect((await live.control.snapshot()).handshake).toBeNull()
    await live.page.locator('.p-handshake').getByText('No handshake yet.').waitFor()
    await live.command('AT')
  })

  it('opens by a drop, and a key log dropped beside it decrypts it', async () => {
    const { file, session } = ownCapture({ suite: allSuites[0]!, secrets: false })
    await drop(live.page.locator('.p-timeline'), { name: 'a.pcapng', bytes: file })
    await sheet().getByText('TLS, encrypted').waitFor()
    await sheet().locator('.gloss', { hasText: 'neither in the capture nor in a key log beside it' }).waitFor()
    await sheet().locator('.msg', { hasText: 'Finished' }).first().click()
    await sheet().getByText('It is encrypted, and stays so without the secrets of its session.').waitFor()
    await drop(sheet(), { name: 'other.txt', bytes: Buffer.from('nothing of use') })
    await sheet().getByRole('alert').getByText('other.txt contains no CLIENT_RANDOM line of a TLS session.').waitFor()
    await drop(sheet(), { name: 'keys.log', bytes: Buffer.from(session.keyLog) })
    await sheet().getByText('TLS, decrypted').waitFor()
    await expect.poll(() => sheet().locator('.field', { hasText: 'verify data' }).innerText()).toMatch(/[0-9a-f]{24}/)
    expect(await sheet().getByRole('alert').count()).toBe(0)
    expect(await sheet().locator('.capture-facts').innerText()).toContain('from its key log')
    await live.page.keyboard.press('Escape')
    await close()
  })

  it('opens what tcpdump wrote, with its key log in the same drop, and calls the ends client and server', async () => {
    const session = goldenSession(allSuites[2]!)
    await drop(
      live.page.locator('.p-module'),
      { name: 'lo.pcap', bytes: pcapOf(packetsOf(session)) },
      { name: 'keys.log', bytes: Buffer.from(session.keyLog) }
    )
    await sheet().getByText('TLS, decrypted').waitFor()
    expect(await sheet().locator('.lanes').innerText()).toContain('Client')
    expect(await sheet().locator('.msg').first().getAttribute('title')).toContain('from the client')
    await close()
  })

  it.each([
    [
      'text.pcapng',
      Buffer.from('this is text'),
      'The file is no capture: it begins neither as pcapng nor as pcap does.'
    ],
    ['empty.pcap', Buffer.alloc(0), 'The file is empty.'],
    ['radio.pcap', pcapOf([Buffer.alloc(60)], { linkType: 127 }), 'The capture is of link type 127;']
  ])('says in one sentence why %s cannot be opened', async (name, bytes, sentence) => {
    await drop(live.page.locator('.p-timeline'), { name, bytes })
    await sheet().getByRole('alert').getByText(sentence).waitFor()
    await close()
  })

  it('does not leave the board for a file that is none, and says what can be dropped', async () => {
    await drop(live.page.locator('.p-timeline'), { name: 'picture.png', bytes: Buffer.from('x') })
    await live.page.getByText('Captures (.pcapng, .pcap) can be dropped here').waitFor()
    expect(await sheet().count()).toBe(0)
  })
})
