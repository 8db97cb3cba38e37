import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, storeSecurityData, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { startGnutls, type GnutlsServer } from '../fixtures/far-end.ts'
import { havePeers } from '../fixtures/peers.ts'
import { makeCertificate, testPki } from '../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'
import { fileFolder, freePort, startServer } from '../fixtures/tls-programs.ts'
import { windowReady } from '../fixtures/window-ready.ts'

/** Real handshakes of the real program, started over its port and shown in a real browser. */
describe.skipIf(!havePeers('chromium', 'pyserial', 'gnutls-serv', 'openssl'))('the Handshake panel', () => {
  let simulator: SimulatorProcess
  let far: GnutlsServer
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    far = await startGnutls({ clientAuth: true })
    simulator = await startSimulatorProcess(['--ui', '0', '--product', 'GE910-QUAD'])
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(30_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await windowReady(page)
    await type(...at('AT+CMEE=1'), ...at('AT#SGACT=1,1', '[\\s\\S]*?OK'), ...at('AT#SSLEN=1,1'))
  })

  afterAll(async () => {
    await browser?.close()
    await simulator?.stop()
    await far?.stop()
    expect(complaints).toEqual([])
  })

  const type = (...steps: readonly HostStep[]): Promise<unknown> => typeOverPort(simulator.ready.ports[0]!.link, steps)
  const lab = 'AT#SSLD=1,443,"123.124.125.126",1,1'
  const panel = (): Locator => page.locator('.p-handshake')
  const strip = (): Promise<string> => page.locator('.dv-groupview', { has: panel() }).locator('.strip').innerText()
  const rung = (name: string, nth = 0): Locator =>
    panel().locator('.hs-ladder:not(.beside) .msg', { hasText: name }).nth(nth)
  const names = (ladder = '.hs-ladder:not(.beside)'): Promise<string[]> =>
    panel().locator(`${ladder} .msg .lb > .cut`).allInnerTexts()
  const litBytes = (): Promise<string[]> => panel().locator('.hex .lit').allInnerTexts()
  const full = [
    'ClientHello',
    'ServerHello',
    'Certificate',
    'ServerHelloDone',
    'ClientKeyExchange',
    'ChangeCipherSpec',
    'Finished',
    'ChangeCipherSpec',
    'Finished'
  ]
  const short = ['ClientHello', 'ServerHello', 'ChangeCipherSpec', 'Finished', 'ChangeCipherSpec', 'Finished']

  it('draws a full handshake: an arrow a message, with times, sizes, records, and a lock on what is encrypted', async () => {
    await panel().getByText('No handshake yet.').waitFor()
    await type(...at(lab))
    await expect.poll(() => names()).toEqual(full)
    expect(await strip()).toMatch(/full, \d+ ms, 9 messages/)
    expect(await panel().locator('.msg .lock').count()).toBe(2)
    expect(await rung('ClientHello').innerText()).toMatch(/record 1, 54 B/)
    expect(await panel().locator('.msg.out').count()).toBe(4)
    const times = (await panel().locator('.msg .tm').allInnerTexts()).map(Number)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  it('lights the bytes of a field, and the field of a byte, with pointer and keyboard', async () => {
    await rung('ServerHello').click()
    const field = (name: string): Locator => panel().locator('.field', { hasText: name }).first()
    await field('version').hover()
    await expect.poll(litBytes).toEqual(['03', '01'])
    // The first byte of a handshake message is its type.
    await panel().locator('.hex [data-byte="0"]').hover()
    await expect.poll(() => panel().locator('.field.lit').innerText()).toContain('message type')
    await page.mouse.move(0, 0)
    await panel().getByRole('tree').focus()
    await page.keyboard.press('Home')
    await expect.poll(litBytes).toEqual(['02'])
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await litBytes()).length).toBe(3)
    await panel()
      .getByRole('group', { name: /bytes; arrow keys/ })
      .focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => panel().locator('.field.sel').innerText()).toContain('length')
    await panel().locator('.hex [data-byte="4"]').click()
    await expect.poll(() => panel().locator('.field.sel').innerText()).toContain('version')
  })

  it('marks the same message in the timeline, and opens what is selected there', async () => {
    await expect
      .poll(() => page.locator('.ev-row.sel, .ev-row[aria-selected="true"]').innerText())
      .toContain('ServerHello')
    // Large enough for the list to show both.
    await page.setViewportSize({ width: 1280, height: 1100 })
    await page.locator('.ev-row', { hasText: 'ClientKeyExchange' }).first().click()
    await expect.poll(() => panel().locator('.msg.sel').innerText()).toContain('ClientKeyExchange')
    await expect.poll(() => panel().locator('.detail header').innerText()).toContain('ClientKeyExchange')
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('shows an encrypted message as it decrypts, and what its record adds', async () => {
    await rung('Finished').click()
    await expect.poll(() => panel().locator('.field', { hasText: 'verify data' }).innerText()).toMatch(/[0-9a-f]{24}/)
    expect(await panel().locator('.detail header').innerText()).toContain('decrypted')
    expect(await panel().locator('.record-bar').innerText()).toBe('5 header + 16 content + 20 MAC + 12 padding = 53 B')
    await page.keyboard.press('Escape')
    await expect.poll(() => panel().locator('.detail').count()).toBe(0)
  })

  it('walks one message at a time, with a sentence for each', async () => {
    const walk = page.locator('.dv-groupview', { has: panel() }).getByRole('button', { name: 'Step', exact: true })
    await walk.click()
    const said: string[] = []
    for (let at = 1; at <= full.length; at++) {
      await panel()
        .locator('.step-bar', { hasText: `${at} of 9, ${full[at - 1]}` })
        .waitFor()
      expect(await panel().locator('.msg:not(.later)').count()).toBe(at)
      said.push(await panel().locator('.step-bar p').innerText())
      if (at === 4) {
        await page.keyboard.press('ArrowLeft')
        await panel().locator('.step-bar', { hasText: '3 of 9' }).waitFor()
        await page.keyboard.press('ArrowRight')
        await panel().locator('.step-bar', { hasText: '4 of 9' }).waitFor()
      }
      if (at < full.length) await panel().getByRole('button', { name: 'Next' }).click()
    }
    expect(new Set(said).size).toBe(9)
    await panel().getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => panel().locator('.step-bar').count()).toBe(0)
  })

  it('says that secrets are not kept, and keeps them when asked to', async () => {
    const keys = page.locator('.dv-groupview', { has: panel() }).getByRole('button', { name: 'Keys', exact: true })
    await keys.click()
    await panel().getByText('Bench only:').waitFor()
    expect(await panel().locator('.secret', { hasText: 'premaster' }).innerText()).toContain('not known')
    // What was sent in plain text is not secret.
    await expect
      .poll(() => panel().locator('.secret', { hasText: 'client random' }).innerText())
      .toMatch(/([0-9a-f]{2} ){4}/)
    await panel().getByRole('button', { name: 'Keep secrets' }).click()
    await panel()
      .getByText(/began while the key log was off/)
      .waitFor()
    await type(...at('AT#SSLH=1,0'), ...at(lab))
    await expect.poll(() => panel().locator('.secret', { hasText: 'premaster' }).innerText()).toMatch(/03 01/)
    await panel().locator('.pieces .secret').nth(3).hover()
    await expect.poll(() => panel().locator('.secret.lit').count()).toBe(6)
    expect(await panel().locator('.gloss').innerText()).toContain('server write key')
    await keys.click()
  })

  it('draws a resumed handshake beside the full one that it shortens', async () => {
    await type(...at('AT#SSLH=1,1'), ...at('AT#SSLFASTD=1,1'))
    await expect.poll(() => names()).toEqual(short)
    expect(await strip()).toMatch(/resumed, \d+ ms, 6 messages/)
    await expect.poll(async () => (await names('.beside')).slice(0, 9)).toEqual(full)
    expect(await panel().locator('.beside .msg.saved .lb > .cut').allInnerTexts()).toEqual([
      'Certificate',
      'ServerHelloDone',
      'ClientKeyExchange'
    ])
    expect(await panel().locator('.gloss').innerText()).toMatch(/3 messages with \d+ bytes/)
    // Its data, and the way back to the first handshake.
    await type({ send: 'AT#SSLSEND=1\r' }, { expect: '> ' }, { send: 'hello\x1a' }, { expect: 'OK' })
    await panel().locator('.hs-ladder:not(.beside) .data-mark', { hasText: 'data, 1 record each way' }).waitFor()
    await page.getByRole('combobox', { name: 'Handshake', exact: true }).selectOption('1')
    await expect.poll(async () => (await names()).slice(0, 9)).toEqual(full)
    await type(...at('AT#SSLH=1,0'))
  })

  it('draws a failed one: the broken message, the alert, what never came, and the rule', async () => {
    // The lab's server is certified by the lab's own CA, not by this one.
    await type(...at('AT#SSLSECCFG=1,0,1'), ...storeSecurityData(1, testPki().ca.pem), ...at(lab, '\\+CME ERROR: 839'))
    await expect.poll(() => panel().locator('.msg.broken').innerText()).toContain('Certificate')
    expect(await panel().locator('.msg.bad .lb').innerText()).toContain('unknown_ca')
    expect(await panel().locator('.msg.ghost').count()).toBe(6)
    expect(await panel().locator('.msg.ghost').first().innerText()).toContain('not read')
    expect((await names()).slice(2, 5)).toEqual(['Certificate', 'ServerHelloDone', expect.stringContaining('Alert')])
    expect(await panel().locator('.gloss.bad .rule-chip').innerText()).toMatch(/^(G|D)-/)
    // The timeline is paused while something in it is selected.
    if ((await page.locator('.pill').count()) > 0) await page.locator('.pill').click()
    await page.locator('.ev-row', { hasText: 'CHECK' }).last().click()
    await expect.poll(() => panel().locator('.msg.sel').innerText()).toContain('Certificate')
    expect(await panel().locator('.detail .gloss').innerText()).toContain('CA')
    await page.locator('.p-module .edge.fail').waitFor({ state: 'attached' })
  })

  it('draws client authentication with all three of its messages', async () => {
    const { ca, client } = testPki()
    await type(
      ...at('AT#SSLSECCFG=1,0,2'),
      ...storeSecurityData(1, ca.pem),
      ...storeSecurityData(0, client.pem),
      ...storeSecurityData(2, client.keyPkcs1Pem),
      ...at(`AT#SSLD=1,${far.port},"127.0.0.1",0,1`)
    )
    await expect
      .poll(() => names())
      .toEqual([
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
        'Finished'
      ])
    expect(await strip()).toMatch(/mutual, \d+ ms, 12 messages/)
    await rung('CertificateVerify').click()
    await panel().locator('.field', { hasText: 'signature' }).first().hover()
    await expect.poll(async () => (await litBytes()).length).toBeGreaterThan(7)
    await rung('Certificate', 2).click()
    expect(await panel().locator('.detail header').innerText()).toContain('from the module')
    await type(...at('AT#SSLH=1'))
  })

  it('T-4, T-5: notes below the ladder what the module let pass in a chain that it took', async () => {
    const { ca } = testPki()
    const old = makeCertificate({ name: 'Old middle', issuer: ca, version: 1 })
    const leaf = makeCertificate({
      name: 'localhost',
      issuer: old,
      keyBits: 2048,
      key: 'server',
      extensions: [{ name: 'extKeyUsage', critical: true, clientAuth: true }]
    })
    const files = fileFolder({ 'leaf.crt': leaf.pem, 'leaf.key': leaf.keyPkcs8Pem, 'chain.crt': old.pem })
    const port = await freePort()
    // OpenSSL refuses SHA-1 and TLS 1.0 by default.
    const server = await startServer(
      'openssl',
      [
        's_server',
        '-accept',
        `127.0.0.1:${port}`,
        '-quiet',
        '-tls1',
        '-cipher',
        'AES256-SHA:@SECLEVEL=0',
        '-cert',
        files.path('leaf.crt'),
        '-key',
        files.path('leaf.key'),
        '-cert_chain',
        files.path('chain.crt')
      ],
      port
    )
    try {
      await type(
        ...at('AT#SSLSECCFG=1,0,1'),
        ...storeSecurityData(1, ca.pem),
        ...at(`AT#SSLD=1,${port},"127.0.0.1",0,1`)
      )
      const notes = panel().locator('.gloss .remark')
      await expect.poll(() => notes.count()).toBe(2)
      expect(await notes.nth(0).innerText()).toMatch(
        /^Note Certificate 1 of 2 \(CN=localhost\) has the critical extension extKeyUsage, .* would not have noticed .* D-26/
      )
      expect(await notes.nth(1).innerText()).toMatch(
        /Certificate 2 of 2 \(CN=Old middle\) is of version 1, .* can issue certificates for anybody/
      )
      await type(...at('AT#SSLH=1'))
    } finally {
      await server.stop()
      files.remove()
    }
  })
})
