import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openListed, helpPages } from '../../src/main/desktop/external-links.ts'
import { MAX_OPENED_FILES, openableFiles, takeFiles } from '../../src/main/desktop/file-types.ts'
import type { SimulatorApi } from '../../src/shared/api/api.ts'
import { MENU_ACT_EVENT } from '../../src/shared/api/menu-acts.ts'
import { ipcChannels } from '../../src/shared/carrier/ipc-channels.ts'
import { Shell } from '../desktop/standin/start-shell.ts'
import { ownCapture } from '../fixtures/captures.ts'
import { havePeers } from '../fixtures/peers.ts'

/** In the page, where the functions for `evaluate` run. */
declare const telitSim: SimulatorApi

describe.skipIf(!havePeers('chromium'))('a desktop page that has been taken over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  let shell: Shell

  beforeAll(async () => {
    shell = new Shell(['--state', 'none', '--link', join(folder, 'tty0'), '--lab', 'off'], {
      env: { HOME: folder, XDG_CONFIG_HOME: '', XDG_RUNTIME_DIR: folder }
    })
    await shell.windowUp()
    await shell.until(() => document.querySelector('[role="toolbar"]'))
  })

  afterAll(async () => {
    await shell.end()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  test('reaches no channel but those of the contract', async () => {
    for (const channel of ['telit-sim:eval', 'ELECTRON_BROWSER_REQUIRE', '__proto__', 'call', '']) {
      expect(await shell.sendRaw('invoke', channel, 'x')).toEqual({
        error: `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`
      })
    }
  })

  test.each([
    ['a call that every object has', ['constructor', []]],
    ['a call of the prototype', ['__proto__', []]],
    ['the subscription, which is no call', ['subscribe', []]],
    ['a call that is no text', [{ toString: 1 }, []]],
    ['arguments that are no list', ['events', { length: 1 }]],
    ['too many arguments', ['snapshot', [1]]],
    ['too few', ['type', []]],
    ['a number for bytes', ['type', [{ instance: 0, bytes: 65 }]]],
    ['more bytes than may be typed', ['type', [{ instance: 0, bytes: new Uint8Array(65_537) }]]],
    ['an instance that is none', ['type', [{ instance: 1e9, bytes: new Uint8Array(1) }]]],
    ['a page of events without end', ['events', [{ fromSeq: 0, limit: 1e9 }]]],
    ['a product with the name of a file', ['selectProduct', [{ product: '../../etc/passwd', software: null }]]],
    ['a SIM with letters for a PIN', ['setSim', [{ pin: '12ab' }]]],
    ['a pattern that never ends', ['findEvents', [{ filter: { text: 'x', regex: 1 }, fromSeq: -1, toSeq: null }]]]
  ])('%s is refused in one sentence', async (_case, args) => {
    const answer = (await shell.sendRaw('invoke', ipcChannels.call, ...args)) as { result: { error: string } }
    expect(answer.result.error).toMatch(/^[A-Z][^\n]*\.$/)
    expect(answer.result.error.length).toBeLessThan(600)
  })

  test('cannot have files opened that the person did not drop', async () => {
    const file = join(folder, 'a.transcript')
    writeFileSync(file, 'no transcript')
    // Once by a person, so that the file has a path that a faked drop could use.
    await shell.dropFiles(file)
    await shell.untilNews(() => shell.dialogs.length === 1)
    await shell.evaluate(() => {
      // An event and a file made by the page.
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'a.transcript'))
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }))
    })
    // Without the preload, names alone open nothing that the program does not open.
    const secret = join(folder, 'secret.pcapng')
    writeFileSync(secret, ownCapture().file)
    await shell.evaluate(() => {
      Object.assign(window, { shown: 0 })
      window.addEventListener('telit-sim:file', () => {
        ;(window as unknown as { shown: number }).shown += 1
      })
    })
    for (const paths of [
      [secret],
      ['/etc/passwd'],
      ['relative.transcript'],
      'text',
      null,
      [1],
      [`/${'x'.repeat(5000)}.transcript`]
    ]) {
      await shell.sendRaw('send', ipcChannels.dropped, paths)
    }
    // Files are opened in order: an earlier request would be handled before this one.
    await shell.openFile(join(folder, 'last.transcript'))
    await shell.untilNews(() => shell.dialogs.some(({ detail }) => detail?.includes('last.transcript')))
    // The page gets a capture's content, so its path alone must not be enough.
    expect(await shell.evaluate(() => (window as unknown as { shown: number }).shown)).toBe(0)
    // A person can still open it.
    await shell.openFile(secret)
    await shell.until(() => (window as unknown as { shown: number }).shown === 1)
    expect(shell.dialogs.map(({ detail }) => /\w+\.transcript/.exec(detail ?? '')?.[0])).toEqual([
      'a.transcript',
      'last.transcript'
    ])
  })

  test("cannot lead the system's browser or a program anywhere", async () => {
    for (const url of [
      'file:///etc/passwd',
      'smb://evil.example/share',
      'ms-msdt:/id',
      'javascript:alert(1)',
      'https://evil.example/',
      'https://www.rfc-editor.org/'
    ]) {
      await shell.evaluate((address) => void window.open(address), url)
    }
    expect(shell.opened).toEqual([])
  })

  test('gets nothing from an event that only the menu should make, but what the person could do anyway', async () => {
    await shell.evaluate((name) => {
      for (const detail of ['__proto__', 'constructor', null, {}, 'product-GE910-QUAD; rm -rf'])
        window.dispatchEvent(new CustomEvent(name, { detail }))
    }, MENU_ACT_EVENT)
    expect(await shell.evaluate(async () => (await telitSim.snapshot()).product.name)).toBe('HE910')
  })

  test('floods the shell with messages, and the module goes on', async () => {
    await shell.evaluate(async () => {
      for (let at = 0; at < 200; at += 1) telitSim.subscribe(() => {})()
      await Promise.all(Array.from({ length: 300 }, () => telitSim.events({ fromSeq: 0, limit: 5000 })))
    })
    for (let at = 0; at < 100; at += 1) await shell.sendRaw('send', ipcChannels.taken)
    expect(await shell.evaluate(async () => (await telitSim.snapshot()).product.name)).toBe('HE910')
  })
})

describe('what is handed to the system', () => {
  const board = 'http://127.0.0.1:4000/#token=00'

  test.each([...helpPages.map(({ url }) => url), board])('%s may be', async (url) => {
    const opened: string[] = []
    expect(await openListed(url, board, async (one) => void opened.push(one))).toBe(true)
    expect(opened).toEqual([url])
  })

  test.each([
    '',
    'file:///etc/passwd',
    'http://127.0.0.1:4000/',
    'http://127.0.0.1:4000/#token=01',
    'https://www.rfc-editor.org.evil.example/rfc/rfc2246',
    'https://www.rfc-editor.org/rfc/rfc2246/../../',
    'https://www.rfc-editor.org/rfc/rfc2246#x',
    'HTTPS://WWW.RFC-EDITOR.ORG/rfc/rfc2246',
    'https://user@www.rfc-editor.org/rfc/rfc2246',
    ' https://www.rfc-editor.org/rfc/rfc2246',
    'https://www.rfc-editor.org/rfc/rfc2246\nfile:///x',
    'null'
  ])('%j may not', async (url) => {
    for (const own of [board, null])
      expect(await openListed(url, own, () => Promise.reject(new Error('it was opened')))).toBe(false)
  })
})

describe('files that the program is given', () => {
  test('are those it opens, absolute, and few', () => {
    const many = Array.from({ length: 50 }, (_, at) => `/x/${at}.transcript`)
    expect(openableFiles(many)).toHaveLength(MAX_OPENED_FILES)
    expect(openableFiles(['/a.TRANSCRIPT', '/a.exe', 'a.transcript', '/a.transcript.exe', {}, null])).toEqual([
      '/a.TRANSCRIPT'
    ])
    for (const message of [undefined, null, 'x', 7, {}, { length: 3 }]) expect(openableFiles(message)).toEqual([])
  })

  test.each([
    [['a.transcript'], ['/w/a.transcript'], []],
    [['--json', '/b/a.transcript'], [], ['--json', '/b/a.transcript']],
    [['--state', 'none', '/b/a.transcript', '--lab=off'], ['/b/a.transcript'], ['--state', 'none', '--lab=off']],
    [['--transcript', 'new.transcript'], [], ['--transcript', 'new.transcript']],
    [['check', 'a.transcript'], [], ['check', 'a.transcript']],
    [['--transcript=new.transcript', '-x.transcript'], [], ['--transcript=new.transcript', '-x.transcript']]
  ])('are told from options: %j', (args, files, rest) => expect(takeFiles(args, '/w')).toEqual({ files, rest }))
})
