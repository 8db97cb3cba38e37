import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { tellTest } from './tell-test.mjs'

const program = process.env.CHROMIUM ?? 'chromium'

/** After that it is killed. */
const closeLimitMs = 3_000

const removeAttempts = 20
const removePauseMs = 50

/** Headless, without any network traffic of its own. */
const quietly = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0'
]

let child = null
let profile = null
let starting = null

/** Returns the browser's only context; started on first use. */
export function browserContext() {
  starting ??= start()
  return starting
}

/** Ends Chromium normally and removes its profile. */
export async function closeChromium() {
  if (child !== null && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    const limit = setTimeout(() => child.kill('SIGKILL'), closeLimitMs)
    child.kill('SIGTERM')
    await ended
    clearTimeout(limit)
  }
  child = null
  for (let attempt = 1; attempt <= removeAttempts && !removeProfile(); attempt += 1) await delay(removePauseMs)
}

/** Kills Chromium by its pid and removes its profile. No effect when it does not run. */
export function killChromium() {
  child?.kill('SIGKILL')
  child = null
  removeProfile()
}

/** Returns false while something is left: Chromium's helpers still write for a moment after its end. */
function removeProfile() {
  if (profile === null) return true
  try {
    rmSync(profile, { recursive: true, force: true })
    profile = null
    return true
  } catch {
    return false
  }
}

async function start() {
  profile = mkdtempSync(join(tmpdir(), 'standin-'))
  // Chromium does not run as root with its sandbox, and tests in containers often are root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  child = spawn(program, [...quietly, ...asRoot, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  tellTest({ event: 'chromium', pid: child.pid })
  const browser = await chromium.connectOverCDP(await debuggingAddress(child))
  return browser.contexts()[0]
}

function debuggingAddress(process) {
  return new Promise((resolve, reject) => {
    let said = ''
    process.once('error', reject)
    process.once('exit', (code) => reject(new Error(`Chromium ended with status ${code}: ${said}`)))
    process.stderr.setEncoding('utf8').on('data', (text) => {
      said = (said + text).slice(-4000)
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (address !== undefined) resolve(address)
    })
  })
}
