import { existsSync, lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ReadyFacts } from '../../src/main/simulator/ready-facts.ts'
import { apiCalls } from '../../src/shared/api/api.ts'
import type { SimulatorApi } from '../../src/shared/api/api.ts'
import { ipcChannels } from '../../src/shared/carrier/ipc-channels.ts'
import { havePeers } from '../fixtures/peers.ts'
import { freePort } from '../fixtures/tls-programs.ts'
import { Shell } from './standin/start-shell.ts'

/** In the page, where the functions for `evaluate` run. */
declare const telitSim: SimulatorApi

const boardUrl = 'telit-sim://board/index.html'
const builtShell = join(import.meta.dirname, '../../out/main/index.js')

const folder = mkdtempSync(join(tmpdir(), 'shell-'))
const link = join(folder, 'tty0')
const shells: Shell[] = []

/** Starts the shell with real options and all its data in the test's folder. */
function start(...args: readonly string[]): Shell {
  const shell = new Shell(args, { env: { HOME: folder, XDG_RUNTIME_DIR: folder, TMPDIR: folder } })
  shells.push(shell)
  return shell
}

const serving = ['--state', 'none', '--link', link, '--lab', 'off'] as const

async function endAll(): Promise<void> {
  await Promise.all(shells.splice(0).map((shell) => shell.end()))
}

afterAll(async () => {
  await endAll()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe.skipIf(!havePeers('chromium'))('the desktop shell, built, under the stand-in for Electron', () => {
  test('has been built (npm run build)', () => expect(existsSync(builtShell)).toBe(true))

  describe('with its window up', () => {
    let shell: Shell

    beforeAll(async () => {
      shell = start(...serving)
      await shell.windowUp()
      await shell.until(() => document.querySelector('[role="toolbar"]'))
    })

    afterAll(endAll)

    test('shows the board at its own address, with nothing to complain about', async () => {
      const facts = await shell.facts()
      expect(facts.url).toBe(boardUrl)
      expect(facts.refusedRequests).toEqual([])
      expect(facts.console.filter((line) => /^(uncaught|error|warning)/.test(line))).toEqual([])
      expect(await shell.evaluate(() => document.querySelector('[role="toolbar"]')!.textContent)).toContain('HE910')
    })

    test('gives the page one frozen object with the calls of the contract, and nothing else', async () => {
      const plain = await shell.plainGlobals()
      const added = await shell.evaluate(
        (known) => Object.getOwnPropertyNames(window).filter((name) => !known.includes(name)),
        plain
      )
      expect(added).toEqual(['telitSim'])
      const api = await shell.evaluate(() => ({
        names: Object.keys(telitSim).sort(),
        frozen: Object.isFrozen(telitSim),
        property: { ...Object.getOwnPropertyDescriptor(window, 'telitSim'), value: null }
      }))
      expect(api).toEqual({
        names: [...Object.keys(apiCalls), 'subscribe'].sort(),
        frozen: true,
        property: { value: null, enumerable: true, writable: false, configurable: false }
      })
      expect(
        await shell.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window))
      ).toEqual([])
    })

    test('asks for the window that it should', async () => {
      const { options, sandboxed, schemes } = await shell.facts()
      expect(options).toMatchObject({
        width: 1280,
        height: 800,
        minWidth: 1024,
        minHeight: 700,
        title: 'Telit SSL Simulator'
      })
      expect(options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        preload: join(builtShell, '../../preload/index.cjs')
      })
      expect(sandboxed).toBe(true)
      expect(schemes).toEqual([
        { scheme: 'telit-sim', privileges: { standard: true, secure: true, supportFetchAPI: true } }
      ])
    })

    test('brings snapshots from the module', async () => {
      const snapshot = await shell.evaluate(() => telitSim.snapshot())
      expect(snapshot.product.name).toBe('HE910')
      expect(snapshot.ports).toMatchObject([{ instance: 0, kind: 'pty', name: link }])
    })

    test('types to the module and brings its answer as bytes', async () => {
      const answer = await shell.evaluate(async () => {
        const parts: { kind: string; text: string }[] = []
        const seen = (): string => parts.map((part) => part.text).join('')
        let unsubscribe = (): void => {}
        const answered = new Promise<void>((resolve) => {
          unsubscribe = telitSim.subscribe((batch) => {
            for (const { bytes } of batch.output) {
              parts.push({ kind: Object.prototype.toString.call(bytes), text: String.fromCharCode(...bytes) })
            }
            if (seen().endsWith('\r\nOK\r\n')) resolve()
          })
        })
        await telitSim.type({ instance: 0, bytes: new TextEncoder().encode('AT\r') })
        await answered
        unsubscribe()
        return { text: seen(), kinds: [...new Set(parts.map((part) => part.kind))] }
      })
      expect(answer).toEqual({ text: 'AT\r\r\nOK\r\n', kinds: ['[object Uint8Array]'] })
    })

    test('refuses a bad argument with one sentence', async () => {
      const sentence = await shell.evaluate(async () => {
        const wrong = { fromSeq: -1, limit: 1 }
        return await telitSim.events(wrong).then(String, (error: Error) => error.message)
      })
      expect(sentence).toBe('The call events was refused: fromSeq is wrong, expected >=0, got -1.')
    })

    test("passes on the simulator's own refusal as one sentence", async () => {
      const sentence = await shell.evaluate(async () => {
        return await telitSim
          .selectProduct({ product: 'XX999', software: null })
          .then(String, (error: Error) => error.message)
      })
      expect(sentence).toMatch(/^[A-Z][^\n]*XX999[^\n]*\.$/)
    })

    test('grants no permission at all', async () => {
      expect((await shell.facts()).granted).toEqual([])
    })

    test('opens no second window', async () => {
      await shell.evaluate(() => void window.open('https://example.com/'))
      await shell.evaluate(() => {
        const anchor = Object.assign(document.createElement('a'), {
          href: 'https://example.com/link',
          target: '_blank'
        })
        anchor.click()
      })
      const facts = await shell.facts()
      expect(facts.windows).toEqual([
        { url: 'https://example.com/', action: 'deny' },
        { url: 'https://example.com/link', action: 'deny' }
      ])
    })

    test('goes nowhere else', async () => {
      await shell.evaluate(async () => {
        location.href = 'https://example.com/away'
        // A navigation that is not prevented would unload this page within these frames.
        for (let frames = 0; frames < 30; frames += 1) await new Promise(requestAnimationFrame)
      })
      const facts = await shell.facts()
      expect(facts.url).toBe(boardUrl)
      expect(facts.navigations).toEqual([{ url: 'https://example.com/away', prevented: true }])
    })

    test("lets no script in that is not the board's own, and reaches no network", async () => {
      const outcome = await shell.evaluate(async () => {
        // Each violation is reported twice: by the policy in the header, and by that of the page itself.
        const policy = new Set<string>()
        document.addEventListener('securitypolicyviolation', (event) => policy.add(event.effectiveDirective))
        const inline = document.createElement('script')
        inline.textContent = 'window.injected = true'
        document.body.append(inline)
        const image = new Image()
        image.src = 'https://example.com/pixel.png'
        const fetched = await fetch('https://example.com/').then(
          () => 'fetched',
          () => 'refused'
        )
        const frame = Object.assign(document.createElement('iframe'), { src: 'https://example.com/' })
        document.body.append(frame)
        while (policy.size < 4) await new Promise(requestAnimationFrame)
        inline.remove()
        frame.remove()
        return { fetched, injected: 'injected' in window, policy: [...policy].sort() }
      })
      expect(outcome).toEqual({
        fetched: 'refused',
        injected: false,
        policy: ['connect-src', 'frame-src', 'img-src', 'script-src-elem']
      })
      expect((await shell.facts()).refusedRequests).toEqual([])
    })

    test('does not answer a frame inside the board', async () => {
      const answer = await shell.invokeFromChildFrame(ipcChannels.call, 'snapshot', [])
      expect(answer).toEqual({ result: { error: 'Only the board may use the simulator.' } })
    })

    test('works again after the page was loaded anew', async () => {
      await shell.reload()
      await shell.until(() => document.querySelector('[role="toolbar"]'))
      expect(await shell.evaluate(async () => (await telitSim.snapshot()).product.name)).toBe('HE910')
    })

    test('does not answer a page of somebody else, even if one got into the window', async () => {
      await shell.showForeignPage()
      const answers = await shell.evaluate(async () => {
        let batches = 0
        telitSim.subscribe(() => (batches += 1))
        const asked = [telitSim.snapshot(), telitSim.pressKey({ key: 'reset' })]
        const sentences = await Promise.all(asked.map((call) => call.then(String, (error: Error) => error.message)))
        // A subscriber gets its first batch at once, within these frames.
        for (let frames = 0; frames < 30; frames += 1) await new Promise(requestAnimationFrame)
        return { at: location.href, sentences, batches }
      })
      expect(answers).toEqual({
        at: 'https://foreign.example/',
        sentences: Array(2).fill('Only the board may use the simulator.'),
        batches: 0
      })
    })
  })

  describe('with the lab', () => {
    let shell: Shell

    beforeAll(async () => {
      shell = start('--state', 'none', '--link', link)
      await shell.windowUp()
      await shell.until(() => document.querySelector('.ev-row'))
    })

    afterAll(endAll)

    /** Types a line, and waits in the page for the result code. */
    const command = (line: string): Promise<string> =>
      shell.evaluate(async (text) => {
        const { nextSeq } = (await telitSim.snapshot()).timeline
        await telitSim.type({ instance: 0, bytes: new TextEncoder().encode(`${text}\r`) })
        for (;;) {
          const { events } = await telitSim.events({ fromSeq: nextSeq, limit: 1000 })
          for (const { what } of events) if (what.kind === 'result') return what.word
          await new Promise(requestAnimationFrame)
        }
      }, line)

    test('shows every panel of the window, the drawn board among them', async () => {
      const panels = await shell.evaluate(() =>
        [...document.querySelectorAll('[data-tab-of]')].map((tab) => tab.getAttribute('data-tab-of'))
      )
      expect(panels).toEqual(
        expect.arrayContaining([
          'board',
          'module',
          'context',
          'socket',
          'nvm',
          'timers',
          'timeline',
          'terminal',
          'handshake',
          'why',
          'start'
        ])
      )
      expect(
        await shell.evaluate(() => document.querySelector('.pcb [data-part="module"]')!.getAttribute('aria-label'))
      ).toMatch(/^Module HE910, software/)
    })

    test('shows a real connection, and why the next one fails', async () => {
      for (const line of ['AT#SGACT=1,1', 'AT#SSLEN=1,1', 'AT#SSLD=1,443,"123.124.125.126",0,1'])
        expect(await command(line)).toBe('OK')
      await shell.until(() => document.querySelector('.digit .fig')?.textContent === '2')
      await shell.until(() => document.querySelectorAll('.ladder .msg').length === 9)
      for (const line of ['AT#SSLH=1', 'AT#SSLSECCFG=1,0,1']) expect(await command(line)).toBe('OK')
      expect(await command('AT#SSLD=1,443,"123.124.125.126",0,1')).toBe('ERROR')
      await shell.until(
        () => document.querySelector('[data-panel="why"] h2')?.textContent === 'No CA certificate is stored'
      )
      await shell.until(() => document.querySelector('[data-part="nvm"].marked'))
      const { console: said, refusedRequests } = await shell.facts()
      expect(refusedRequests).toEqual([])
      expect(said.filter((line) => /^(uncaught|error|warning)/.test(line))).toEqual([])
    })
  })

  describe('from start to end', () => {
    afterEach(endAll)

    test('closing the window ends the program with status 0 and takes the link away', async () => {
      const shell = start(...serving)
      await shell.windowUp()
      expect(lstatSync(link).isSymbolicLink()).toBe(true)
      expect(await shell.closeWindow()).toEqual({ status: 0, signal: null })
      expect(existsSync(link)).toBe(false)
      expect(shell.stdout).toContain(link)
    })

    test.each(['SIGINT', 'SIGTERM'] as const)('%s does the same', async (signal) => {
      const shell = start(...serving)
      await shell.windowUp()
      expect(await shell.signal(signal)).toEqual({ status: 0, signal: null })
      expect(existsSync(link)).toBe(false)
    })

    test('a port named with --ui serves browsers beside the window; without it there is no server at all', async () => {
      const port = await freePort()
      const shell = start(...serving, '--ui', String(port), '--json')
      await shell.windowUp()
      await shell.untilOutput('"event":"ready"')
      const ready = JSON.parse(shell.stdout) as ReadyFacts
      expect(ready.ui).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=[0-9a-f]{64}$`))
      expect(await (await fetch(ready.ui!)).text()).toContain('<div id="root">')
      await shell.closeWindow()
      const alone = start(...serving, '--json')
      await alone.windowUp()
      await alone.untilOutput('"event":"ready"')
      expect(JSON.parse(alone.stdout)).toMatchObject({ ui: null, control: null, product: 'HE910' })
    })

    test('--help prints the usage and ends with status 0', async () => {
      const shell = start('--help')
      expect(await shell.exit).toEqual({ status: 0, signal: null })
      expect(shell.stdout).toContain('--link PATH')
    })

    test('a wrong option is one sentence and status 2', async () => {
      const shell = start('--no-such-option')
      expect(await shell.exit).toEqual({ status: 2, signal: null })
      expect(shell.stderr).toMatch(/^[^\n]*--no-such-option[^\n]*\n$/)
      expect(shell.stdout).toBe('')
    })

    test('a link that cannot be had is one sentence and status 3', async () => {
      const shell = start('--state', 'none', '--link', '/proc/nowhere/tty0')
      expect(await shell.exit).toEqual({ status: 3, signal: null })
      expect(shell.stderr).toMatch(/^[^\n]*\/proc\/nowhere\/tty0[^\n]*\n$/)
    })
  })
})
