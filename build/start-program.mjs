import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { electronProgram, fetchElectron, hasDisplay } from './setup/electron-program.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { onSignals, say, sentenceOf, signalStatus } from './setup/run.mjs'
import { endWithStarter } from './setup/starter.mjs'

/**
 * `npm start -- ARGS` is `telit-sim ARGS`: installs and builds what is missing, then starts the desktop program if it
 * can run, else the headless one. ARGS go to the program; messages of the set-up go to stderr.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A program that cannot open its window (missing library, no sandbox) ends within this time. */
const stillbornMs = 5_000

export async function startProgram(args) {
  endWithStarter()
  try {
    await ensurePackages(root)
    await ensureBuilt(root)
  } catch (error) {
    const sentence = sentenceOf(error)
    if (sentence === null) throw error
    say(sentence)
    process.exit(3)
  }
  const program = wantsWindow(args) ? await desktopProgram() : null
  if (program && (await startDesktop(program, args))) return
  await startHeadless()
}

/** Returns whether ARGS ask for the desktop program: `serve`, the default, without `--headless`. */
function wantsWindow(args) {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (['--headless', '--help', '-h'].some((option) => own.includes(option))) return false
  const command = own[0]
  return command === undefined || command.startsWith('-') || command === 'serve'
}

/**
 * Returns Electron's program, or `null` after one line that says why no window opens. The program itself reports the
 * board for browsers.
 */
async function desktopProgram() {
  const instead = 'no window opens'
  if (!hasDisplay()) return decline(`There is no display: ${instead}.`)
  // Chromium's sandbox refuses root, and without it there is no window.
  if (process.platform === 'linux' && process.getuid?.() === 0)
    return decline(`Electron does not run as root: ${instead}.`)
  const present = electronProgram(root)
  if (present) return present
  const fetched = await fetchElectron(root)
  if ('program' in fetched) return fetched.program
  return decline(`Electron could not be fetched (${fetched.problem}): ${instead}.`)
}

function decline(sentence) {
  say(sentence)
  return null
}

/** Runs the desktop program to its end and passes on its status. Returns false when it could not start. */
function startDesktop(program, args) {
  const startedMs = Date.now()
  const env = { ...process.env }
  delete env['ELECTRON_RUN_AS_NODE']
  return new Promise((resolve) => {
    // Waits for the program, which first closes its ports and removes its links.
    const stopPassing = onSignals((signal) => child.kill(signal))
    const child = spawn(program, [root, ...args], { stdio: 'inherit', env })
    const finish = (alive, status) => {
      stopPassing()
      if (alive) process.exitCode = status
      resolve(alive)
    }
    child.on('error', (error) => {
      say(`Electron cannot be started (${error.code}): no window opens.`)
      finish(false, 0)
    })
    child.on('exit', (status, signal) => {
      const stillborn =
        Date.now() - startedMs < stillbornMs && (status === 127 || ['SIGTRAP', 'SIGABRT', 'SIGSEGV'].includes(signal))
      if (stillborn) say('Electron ended before it had a window (see above); it goes on without one.')
      finish(!stillborn, status ?? signalStatus(signal))
    })
  })
}

/** Runs in this process, which receives the signals and returns the status. */
async function startHeadless() {
  await import(pathToFileURL(join(root, 'out/main/cli.js')).href)
}
