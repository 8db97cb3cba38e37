#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { release, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronProgram, fetchElectron, hasDisplay } from './setup/electron-program.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { say, sentenceOf } from './setup/run.mjs'

/**
 * `npm run smoke [-- FILE]`: starts the real Electron and goes through the ten minutes of `docs/not-tested.md`, as far
 * as a script can. Writes what it saw to FILE (dist/smoke.md). Status 1 when a step failed, 3 when Electron cannot be
 * fetched or started here.
 */
requireNode()
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const file = resolve(process.argv[2] ?? join(root, 'dist/smoke.md'))
/** For each request to the program. A start on a hosted machine takes the longest. */
const LIMIT_MS = 60_000

try {
  await ensurePackages(root)
  await ensureBuilt(root)
} catch (error) {
  const sentence = sentenceOf(error)
  if (sentence === null) throw error
  refuse(sentence)
}
if (!hasDisplay()) refuse('There is no display, so Electron cannot show a window.')
if (process.platform === 'linux' && process.getuid() === 0) refuse('Electron does not run as root.')
const program = electronProgram(root) ?? (await fetched())

const folder = mkdtempSync(join(tmpdir(), 'telit-sim-smoke-'))
const readyFile = join(folder, 'ready.json')
const args = [root, '--state', join(folder, 'state'), '--tcp', '0', '--ready-file', readyFile]
const seen = []
try {
  await drive()
} finally {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, reportOf(seen))
  process.stdout.write(`${file}\n`)
}
process.exitCode = seen.every(({ problem }) => problem === null) ? 0 : 1

async function drive() {
  const { _electron } = await import('playwright-core')
  const app = await _electron.launch({ executablePath: program, args, timeout: LIMIT_MS })
  try {
    const page = await app.firstWindow({ timeout: LIMIT_MS })
    page.setDefaultTimeout(LIMIT_MS)
    const versions = await app.evaluate(() => ({ ...process.versions }))
    await step(1, 'a window opens with the board', async () => {
      await page
        .getByRole('img', { name: /^Module HE910/ })
        .or(page.getByLabel(/^Module HE910/))
        .first()
        .waitFor()
      return `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}`
    })
    const port = await readyPort()
    const host = await connect(port)
    await step(2, 'AT is answered at the port, and the window shows it', async () => {
      const answer = await host.at('AT')
      await page.getByText('AT', { exact: true }).first().waitFor()
      return expectText(answer, /OK/)
    })
    await step(3, 'the five-minute connection', async () => {
      await host.at('AT#SGACT=1,1')
      await host.at('AT#SSLEN=1,1')
      expectText(await host.at('AT#SSLD=1,443,"123.124.125.126",0,1'), /OK/)
      await page.getByText('ClientHello').first().waitFor()
      return expectText(await host.at('AT#SSLS=1'), /#SSLS: 1,2/)
    })
    await step(4, 'the menus are there', async () => {
      const labels = await app.evaluate(({ Menu }) =>
        (Menu.getApplicationMenu()?.items ?? []).map(
          ({ label, submenu }) =>
            `${label}: ${(submenu?.items ?? [])
              .map((one) => one.label)
              .filter(Boolean)
              .join(', ')}`
        )
      )
      return expectText(labels.join('; '), /Help: .*About/)
    })
    await step(6, 'a second start says that the simulator runs already', async () => {
      const second = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      for (const stream of [second.stdout, second.stderr]) stream.on('data', (bytes) => (said += bytes))
      await within('the second start', new Promise((ended) => second.on('exit', ended)), () => second.kill())
      return expectText(said, /runs already/)
    })
    await step(8, 'the page reaches nothing of Node, and nothing outside', async () => {
      const reached = await page.evaluate(async () => ({
        process: typeof globalThis.process,
        require: typeof globalThis.require,
        fetch: await fetch('https://example.com').then(
          () => 'answered',
          () => 'refused'
        ),
        open: String(window.open('https://example.com')),
        notification: await Notification.requestPermission()
      }))
      const wanted = {
        process: 'undefined',
        require: 'undefined',
        fetch: 'refused',
        open: 'null',
        notification: 'denied'
      }
      return expectText(JSON.stringify(reached), new RegExp(`^${JSON.stringify(wanted)}$`))
    })
    await step(10, 'the window comes back after its process died, and the port never went', async () => {
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer())
      expectText(await host.at('ATI'), /OK/)
      await within(
        'the window',
        app.evaluate(
          ({ BrowserWindow }) =>
            new Promise((back) => {
              const look = () => {
                const [window] = BrowserWindow.getAllWindows()
                if (window && !window.webContents.isCrashed() && !window.webContents.isLoading()) back()
                else setTimeout(look, 100)
              }
              look()
            })
        )
      )
      return 'the window is drawn again'
    })
    host.close()
  } finally {
    await app.close()
  }
}

/**
 * Runs one step of the checklist and records what it saw, or the first line of its failure. Later steps run all the
 * same.
 */
async function step(number, title, run) {
  try {
    seen.push({ number, title, saw: await within(title, run()), problem: null })
  } catch (error) {
    seen.push({ number, title, saw: '', problem: String(error?.message ?? error).split('\n')[0] })
  }
  const { problem, saw } = seen.at(-1)
  process.stdout.write(`${problem === null ? 'ok  ' : 'FAIL'} ${number}. ${title}: ${problem ?? saw}\n`)
}

function reportOf(steps) {
  const rows = steps.map(
    ({ number, title, saw, problem }) =>
      `| ${number} | ${title} | ${problem === null ? 'as it should' : 'FAILED'} | ${(problem ?? saw).replaceAll('|', '\\|')} |`
  )
  return `# What npm run smoke saw

${new Date().toISOString()}, ${process.platform} ${release()} ${process.arch}. Steps as in docs/not-tested.md. Not scripted: 5 (tray), 7 (drop a
file), 9 (log out), and what a person sees of the others.

| step | what | outcome | seen |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

async function readyPort() {
  const read = async () => {
    for (;;) {
      try {
        return JSON.parse(readFileSync(readyFile, 'utf8'))
      } catch {
        await new Promise((later) => setTimeout(later, 100))
      }
    }
  }
  const ready = await within('the ready file', read())
  return ready.tcp
}

/** Connects to the AT port over TCP. `at` sends a line and returns everything up to its result code. */
async function connect(port) {
  const socket = createConnection({ host: '127.0.0.1', port })
  await within('the AT port', new Promise((open, failed) => socket.on('connect', open).on('error', failed)))
  let text = ''
  let heard = () => undefined
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
    heard()
  })
  return {
    close: () => socket.destroy(),
    at: (line) => {
      text = ''
      socket.write(`${line}\r`)
      const result = new Promise((done) => {
        heard = () => /\r\n(OK|ERROR|\+CME ERROR: .*|CONNECT|NO CARRIER)\r\n/.test(text) && done(text)
      })
      return within(line, result)
    }
  }
}

/** Waits for a promise. Rejects with a sentence when it takes too long. */
async function within(what, promise, giveUp = () => undefined) {
  let timer
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => {
      giveUp()
      failed(new Error(`${what} did not come within ${LIMIT_MS / 1000} s.`))
    }, LIMIT_MS)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

function expectText(text, pattern) {
  if (!pattern.test(text)) throw new Error(`expected ${pattern}, saw ${JSON.stringify(text)}`)
  return text.trim().replace(/\s+/g, ' ')
}

async function fetched() {
  const got = await fetchElectron(root)
  return 'program' in got ? got.program : refuse(`Electron could not be fetched (${got.problem}).`)
}

function refuse(sentence) {
  say(`${sentence.replace(/\.$/, '')}: nothing was tried.`)
  process.exit(3)
}
