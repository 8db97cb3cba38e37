import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { electronProgram, fetchElectron, hasDisplay } from './setup/electron-program.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { onSignals, say, sentenceOf, signalStatus } from './setup/run.mjs'
import { endWithStarter } from './setup/starter.mjs'

/**
 * `npm start -- ARGS` is `telit-sim ARGS`: installs and builds what is missing, then starts the desktop program where it
 * can run, and the headless one otherwise. ARGS are the program's own business; set-up talks on stderr only.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A program that cannot open its window (a library missing, no sandbox) ends within this time. */
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

/** Whether ARGS ask for the desktop program: `serve`, said or not, without `--headless`. */
function wantsWindow(args) {
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  if (['--headless', '--help', '-h'].some((option) => own.includes(option))) return false
  const command = own[0]
  return command === undefined || command.startsWith('-') || command === 'serve'
}

/** Electron's program, or null after one line that says why no window opens: whether there is a board for the browser, the program itself says. */
async function desktopProgram() {
  const instead = 'no window opens'
  if (!hasDisplay()) return decline(`There is no display: ${instead}.`)
  // Chromium's sandbox refuses root, and there is no window without it.
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

/** Runs the desktop program to its end, and passes its status on. False when it did not come to life. */
function startDesktop(program, args) {
  const startedMs = Date.now()
  const env = { ...process.env }
  delete env['ELECTRON_RUN_AS_NODE']
  return new Promise((resolve) => {
    // Waited for, not left behind: the program closes its ports and removes its links first.
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

/** In this very process: it gets the signals itself, and its status is ours. */
async function startHeadless() {
  await import(pathToFileURL(join(root, 'out/main/cli.js')).href)
}
