import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../src/shared/calls/snapshot.ts'
import { profileSwitches } from '../../src/shared/products/switches.ts'
import { at, storeSecurityData, typeOverPort } from '../fixtures/at-host.ts'
import { complaintsOf, launchChromium } from '../fixtures/chromium.ts'
import { ControlClient } from '../fixtures/control-client.ts'
import { havePeers } from '../fixtures/peers.ts'
import { makeCertificate, testPki } from '../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'
import { freePort, startServer, type Program } from '../fixtures/tls-programs.ts'

/** Context, socket, slots and timers in a real browser, with the real program and a real host at its port. */
describe.skipIf(!havePeers('chromium', 'pyserial', 'openssl'))('the panels with values', () => {
  let simulator: SimulatorProcess
  let control: ControlClient
  let folder: string
  let browser: Browser
  let page: Page
  let complaints: string[]
  const servers: Program[] = []
  const pki = testPki()
  const intermediate = makeCertificate({ name: 'Test Intermediate CA', issuer: pki.ca, keyBits: 2048, ca: true })
  const leaf = makeCertificate({ name: 'localhost', issuer: intermediate, keyBits: 2048, key: 'server' })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'values-'))
    simulator = await startSimulatorProcess(['--ui', '0'])
    control = await ControlClient.open(simulator.ready.control!)
    browser = await launchChromium()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(30_000)
    complaints = complaintsOf(page)
    await page.goto(simulator.ready.ui!)
    await page.locator('.slot').first().waitFor()
  })

  afterAll(async () => {
    await browser?.close()
    control?.close()
    await Promise.all(servers.map((server) => server.stop()))
    await simulator?.stop()
    rmSync(folder, { recursive: true, force: true })
    expect(complaints).toEqual([])
  })

  const port = (): string => simulator.ready.ports[0]!.link
  const slot = (dataType: 0 | 1 | 2) => page.locator('.slot').nth(dataType)
  const sheet = () => page.locator('dialog[open].nvm')
  const offered = () => page.locator('.notice.offer')
  const snapshot = (): Promise<Snapshot> => control.snapshot()
  const stored = async (dataType: 0 | 1 | 2): Promise<number> => (await snapshot()).slots[dataType]!.storedBytes

  /** Drops a file like a file manager: a real DataTransfer with a real File. */
  async function drop(dataType: 0 | 1 | 2, name: string, content: Buffer | string): Promise<void> {
    const transfer = await page.evaluateHandle(
      ([fileName, bytes]) => {
        const made = new DataTransfer()
        made.items.add(new File([new Uint8Array(bytes)], fileName))
        return made
      },
      [name, [...Buffer.from(content)]] as const
    )
    await slot(dataType).dispatchEvent('dragover', { dataTransfer: transfer })
    await slot(dataType).dispatchEvent('drop', { dataTransfer: transfer })
  }

  async function serve(args: readonly string[]): Promise<number> {
    const free = await freePort()
    servers.push(await startServer('openssl', ['s_server', '-accept', `127.0.0.1:${free}`, '-quiet', ...args], free))
    return free
  }

  const fileWith = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }

  it('stores a good certificate that is dropped on its slot, and takes it back', async () => {
    await drop(1, 'ca.pem', pki.ca.pem)
    await slot(1).locator('.who', { hasText: 'Test Root CA, RSA 2048' }).waitFor()
    await expect
      .poll(() => slot(1).locator('.bar').getAttribute('aria-label'))
      .toBe(`${pki.ca.pem.length} of 2047 bytes used`)
    await page.locator('.ev-row', { hasText: 'CA certificate stored by hand' }).first().waitFor()
    await offered().getByRole('button', { name: 'Undo' }).click()
    await slot(1).getByText('empty', { exact: true }).waitFor()
    expect(await stored(1)).toBe(0)
  })

  it('says of a bad file what is wrong with it, and stores nothing', async () => {
    await drop(1, 'notes.txt', 'buy milk\n')
    await sheet().getByText('is neither PEM nor DER').waitFor()
    await page.keyboard.press('Escape')
    await drop(1, 'key.pem', pki.client.keyPkcs1Pem)
    await sheet().getByText('holds no certificate but an RSA private key').waitFor()
    await page.keyboard.press('Escape')
    const large = makeCertificate({
      name: 'Large CA',
      keyBits: 2048,
      ca: true,
      commentBytes: 1700,
      key: 'Test Root CA'
    })
    await drop(1, 'large.pem', large.pem)
    await sheet()
      .getByText(`has ${large.pem.length} bytes as PEM and ${large.der.length} as DER; a slot takes 2047`)
      .waitFor()
    expect(
      await sheet()
        .getByRole('button', { name: /^Store|^Bench/ })
        .count()
    ).toBe(0)
    await page.keyboard.press('Escape')
    const encrypted = execFileSync('openssl', ['rsa', '-aes128', '-passout', 'pass:secret'], {
      input: pki.client.keyPkcs1Pem,
      stdio: ['pipe', 'pipe', 'ignore']
    })
    await drop(2, 'locked.pem', encrypted)
    await sheet().getByText('encrypted with a passphrase').waitFor()
    await page.keyboard.press('Escape')
    expect((await snapshot()).slots.map(({ storedBytes }) => storedBytes)).toEqual([0, 0, 0])
  })

  it('stores as DER what is too large as PEM only', async () => {
    const large = makeCertificate({ name: 'Roomy CA', keyBits: 2048, ca: true, commentBytes: 900, key: 'Test Root CA' })
    expect(large.pem.length).toBeGreaterThan(2047)
    await drop(1, 'roomy.pem', large.pem)
    await sheet().getByText('written as DER').waitFor()
    await sheet().getByRole('button', { name: 'Store the converted form' }).click()
    await expect.poll(() => stored(1)).toBe(large.der.length)
    await slot(1).locator('.fmt', { hasText: 'DER' }).waitFor()
  })

  it('warns of a key that belongs to another certificate, takes the right one, and never shows it', async () => {
    await drop(0, 'client.pem', pki.client.pem)
    await slot(0).locator('.who', { hasText: 'module' }).waitFor()
    await drop(2, 'other.pem', pki.server.keyPkcs1Pem)
    await sheet().getByText('This key does not belong to the client certificate in slot 0').waitFor()
    await sheet().getByRole('button', { name: 'Store anyway' }).click()
    await slot(2).locator('.err', { hasText: 'not the pair of 0' }).waitFor()
    // HE910 reads only PKCS#1 (G-3.3-7): the window offers to convert it.
    await drop(2, 'client.key', pki.client.keyPkcs8Pem)
    await sheet().getByText('PKCS#8 rewritten as PKCS#1').waitFor()
    await sheet().getByRole('button', { name: 'Store the converted form' }).click()
    await expect.poll(async () => (await snapshot()).slots[2]!.fault).toBeNull()
    await slot(2).locator('.slot-open').click()
    await sheet().getByText('It would work: pairs with slot 0').waitFor()
    expect(await sheet().getByRole('button', { name: 'Save' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await expect(control.call('readSlot', { dataType: 2 })).rejects.toThrow('never shown nor saved')
    const secret = pki.client.keyPkcs1Pem.split('\n')[2]!
    const { events } = await control.events(0)
    expect(JSON.stringify(events)).not.toContain(secret)
    expect(JSON.stringify(events)).not.toContain(Buffer.from(pki.client.keyPkcs1Pem).toString('base64').slice(40, 100))
    expect(await page.content()).not.toContain(secret)
  })

  it('deletes with the key, undoes, and saves what is public', async () => {
    await slot(2).locator('.slot-open').press('Delete')
    await slot(2).getByText('empty', { exact: true }).waitFor()
    await offered().getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => stored(2)).toBe(pki.client.keyPkcs1Pem.length)
    await slot(0).hover()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      slot(0).getByRole('button', { name: 'Save the client certificate' }).click()
    ])
    expect(download.suggestedFilename()).toBe('client-certificate.pem')
    expect(readFileSync(await download.path(), 'utf8')).toBe(pki.client.pem)
  })

  it('gets the root from a server, also when the server does not send it, and stores it', async () => {
    const chain = fileWith('chain.pem', intermediate.pem)
    const whole = fileWith('whole.pem', intermediate.pem + pki.ca.pem)
    const [certificate, key] = [fileWith('leaf.pem', leaf.pem), fileWith('leaf.key', leaf.keyPkcs8Pem)]
    const ask = async (address: string): Promise<void> => {
      await page.getByRole('button', { name: 'Get from a server' }).click()
      await sheet().getByLabel('Server', { exact: true }).fill(address)
      await sheet().getByRole('button', { name: 'Get certificates' }).click()
    }
    const common = ['-cert', certificate, '-key', key, '-cipher', 'DEFAULT:@SECLEVEL=0']
    const without = await serve([...common, '-cert_chain', chain])
    await ask(`127.0.0.1:${without}`)
    await sheet().getByText('whoever runs the server has it').waitFor()
    expect(await sheet().locator('.fetched > li').count()).toBe(3)
    await page.keyboard.press('Escape')

    const withRoot = await serve([...common, '-cert_chain', whole])
    await ask(`https://127.0.0.1:${withRoot}/`)
    await sheet().locator('.fetched .root', { hasText: 'Test Root CA' }).waitFor()
    await sheet().getByText('with this certificate stored, the module verifies the server').waitFor()
    await sheet()
      .getByRole('button', { name: /Store .*Test Root CA/ })
      .click()
    await expect.poll(() => stored(1)).toBe(pki.ca.pem.length)
    await slot(1).locator('.fmt', { hasText: 'PEM' }).waitFor()

    // The lab's echo server sends no root. A route leads the guide's address to the lab.
    await ask('123.124.125.126:443')
    await sheet().locator('.fetched .root.away', { hasText: 'Lab Root CA' }).waitFor()
    await sheet().getByText('not sent: from the lab').waitFor()
    await page.keyboard.press('Escape')
    await ask(`127.0.0.1:${await freePort()}`)
    await sheet().getByText('Nobody listens at').waitFor()
    await page.keyboard.press('Escape')
    const { host, port: ftps } = simulator.ready.lab.ftps!
    await page.getByRole('button', { name: 'Get from a server' }).click()
    await sheet().getByLabel('Protocol').selectOption('ftps')
    await sheet().getByLabel('Server', { exact: true }).fill(`${host}:${ftps}`)
    await sheet().getByRole('button', { name: 'Get certificates' }).click()
    await sheet().locator('.fetched .root', { hasText: 'Lab Root CA' }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('says in words what a server and a port are, and asks nobody until they are', async () => {
    await page.getByRole('button', { name: 'Get from a server' }).click()
    const server = sheet().getByLabel('Server', { exact: true })
    const wrong = sheet().locator('.form-fault')
    const focused = (): Promise<string | undefined> =>
      page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent)
    const ask = (): Promise<void> => sheet().getByRole('button', { name: 'Get certificates' }).click()
    await server.fill('')
    await ask()
    expect(await wrong.innerText()).toBe('Enter a name or an IPv4 address, such as www.example.com.')
    expect(await focused()).toBe('Server')
    await server.fill('http://[::1]/')
    expect(await wrong.innerText()).toBe('')
    await ask()
    expect(await wrong.innerText()).toMatch(/^Enter a name/)
    await server.fill('127.0.0.1:70000')
    await ask()
    expect(await wrong.innerText()).toBe('Enter a port from 1 to 65535.')
    await sheet().getByLabel('Port', { exact: true }).fill('ftp')
    await ask()
    expect(await wrong.innerText()).toBe('Enter a port from 1 to 65535.')
    expect(await focused()).toBe('Port')
    expect(await sheet().getByText('was refused').count()).toBe(0)
    expect(await sheet().getByText('Asking').count()).toBe(0)
    await page.keyboard.press('Escape')
  })

  it('keeps a sheet over the window when another width brings another layout', async () => {
    await page.getByRole('button', { name: 'Get from a server' }).click()
    await page.setViewportSize({ width: 1024, height: 700 })
    await page.locator('.docks.narrow').waitFor()
    await page.locator('dialog.nvm:modal').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => sheet().count()).toBe(0)
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.locator('.docks.wide').waitFor()
  })

  it('says of a wrong CA that it refuses the far end, and of the right one that it verifies it', async () => {
    await typeOverPort(port(), [
      ...at('AT#SSLEN=1,1'),
      ...at('AT+CMEE=1'),
      { send: 'AT#SGACT=1,1\r' },
      { expect: '\\r\\nOK\\r\\n' },
      ...at('AT#SSLSECCFG=1,0,1')
    ])
    // The test's own root is stored, which did not issue the certificate of the lab's echo server.
    await typeOverPort(port(), at('AT#SSLD=1,443,"123.124.125.126",0,1', '\\+CME ERROR: 839'))
    await slot(1).locator('.err', { hasText: 'refuses server' }).waitFor()
    await slot(1).locator('.slot-open').click()
    await sheet().getByText('It would not work').waitFor()
    expect(await sheet().locator('.would').innerText()).toContain('G-3.3-9')
    await page.keyboard.press('Escape')
    await page.locator('[data-panel="socket"] dt', { hasText: 'Last try' }).waitFor()
    // The slot that the explanation blames is marked here too.
    await page.locator('.slot.marked', { hasText: 'CA cert' }).waitFor()
    await drop(1, 'lab.pem', readFileSync(simulator.ready.lab.ca!))
    await slot(1).locator('.ok', { hasText: 'verifies server' }).waitFor()
    await typeOverPort(port(), at('AT#SSLD=1,443,"123.124.125.126",0,1'))
    await expect.poll(() => page.locator('.digit .fig').innerText()).toBe('2')
  })

  it('shows every setting beside default and range, as a host changes it', async () => {
    await typeOverPort(port(), at('AT#SSLCFG=1,1,500,120,100,30'))
    await page.getByRole('tab', { name: 'Settings' }).click()
    const row = (name: string): Promise<string[]> =>
      page
        .locator('.sets tr', { has: page.locator(`th:text-is("${name}")`) })
        .locator('td')
        .allInnerTexts()
    await expect.poll(() => row('pktSize')).toEqual(['500', '300', '0–1500 B'])
    expect(await row('maxTo')).toEqual(['120', '90', '0–65535 s'])
    expect(await row('txTo')).toEqual(['30', '50', '0–255 ×0.1 s'])
    expect(await row('authMode')).toEqual(['1', '0', '0–2'])
    expect(await page.locator('.sets tbody:not(.switches) tr:not(.group)').count()).toBe(14)
    expect(await page.locator('.sets .other th').allInnerTexts()).toEqual(['authMode', 'pktSize', 'maxTo', 'txTo'])
    await page.getByRole('tab', { name: 'SSL socket' }).first().click()
  })

  it('M-14: sets a profile switch, which the next dial obeys, and gives it back to the product', async () => {
    await typeOverPort(port(), at('AT#SSLH=1'))
    await control.call('setLab', { farEnd: 'tls', certificate: 'sha256' })
    await page.getByRole('tab', { name: 'Settings' }).click()
    const chains = page.getByLabel('SHA-256 chains')
    const row = page.locator('.sets .switches tr', { has: chains })
    expect(await page.locator('.sets .switches tr:not(.group)').count()).toBe(profileSwitches.length)
    expect(await row.getAttribute('title')).toContain('--switch sha256Chains=taken|refused')
    await chains.selectOption('refused')
    await expect
      .poll(async () => (await snapshot()).switches)
      .toMatchObject({ now: { sha256Chains: 'refused' }, usual: { sha256Chains: 'taken' }, set: ['sha256Chains'] })
    await page.locator('.sets .switches .other', { has: chains }).waitFor()
    await typeOverPort(port(), at('AT#SSLD=1,443,"123.124.125.126",0,1', '\\+CME ERROR: 839'))
    await chains.selectOption('taken')
    await expect.poll(async () => (await snapshot()).switches.set).toEqual([])
    await typeOverPort(port(), at('AT#SSLD=1,443,"123.124.125.126",0,1'))
    await control.call('setLab', { farEnd: 'tls', certificate: 'good' })
    await page.getByRole('tab', { name: 'SSL socket' }).first().click()
  })

  it('refuses to change a slot while the socket is online, and marks a limit that ran out', async () => {
    await typeOverPort(port(), at('AT#SSLH=1'))
    await typeOverPort(port(), [
      ...at('AT#SSLCFG=1,1,300,2,100,5'),
      { send: 'AT#SSLD=1,443,"123.124.125.126",0,0\r' },
      { expect: '\\r\\nCONNECT\\r\\n' }
    ])
    await page.locator('.timer.runs', { hasText: 'maxTo' }).waitFor()
    await expect(control.call('deleteSlot', { dataType: 1 })).rejects.toThrow('The socket is online')
    await page.locator('.timer.spent', { hasText: 'so NO CARRIER' }).waitFor()
    expect(await page.locator('.timer.spent .bar').getAttribute('class')).toContain('ran-out')
    await page.locator('.timer.idle', { hasText: 'maxTo' }).waitFor()
    expect(await page.locator('.timer.idle', { hasText: 'maxTo' }).innerText()).toContain('2.0 s')
  })

  it('shows a module that is off, and offers CRs of a GSM family’s PEM taken out', async () => {
    await control.call('selectProduct', { product: 'GE865-QUAD', software: null })
    await slot(1).getByText('empty', { exact: true }).waitFor()
    const spoilt = pki.ca.pem.replaceAll('\n', '\r\n')
    await drop(1, 'windows.pem', spoilt)
    await sheet().getByText('CRs taken out').waitFor()
    await sheet().getByRole('button', { name: 'Store the converted form' }).click()
    await expect.poll(() => stored(1)).toBe(pki.ca.pem.length)
    await control.call('setSupply', { on: false })
    await page.locator('.digit .wd', { hasText: 'module off' }).waitFor()
    await readByHost()
  })

  /** After power-on by the key, a host reads what was stored through the window. */
  async function readByHost(): Promise<void> {
    await control.call('setSupply', { on: true })
    await control.call('pressKey', { key: 'on' })
    await control.until(({ charts }) => charts.find(({ id }) => id === 'registration')?.state === 'home')
    const { received } = await typeOverPort(port(), [
      ...at('AT#SSLEN=1,1'),
      { send: 'AT#SSLSECDATA=1,2,1\r' },
      { expect: 'END CERTIFICATE-----\\s+OK\\r\\n' },
      ...storeSecurityData(1, pki.otherCa.pem)
    ])
    expect(received).toContain(pki.ca.pem.split('\n')[3])
    await slot(1).locator('.who', { hasText: 'Other Root CA' }).waitFor()
  }
})
