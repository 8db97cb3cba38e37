import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { findProgram, run, say, SetUpError } from './run.mjs'

/** Installs the npm packages of package-lock.json if they are missing. Throws a SetUpError. */
export async function ensurePackages(root) {
  if (whyInstall(root) === null && !mayCompilePty(root)) return
  await withLock(join(root, 'out/.setup-lock'), async () => {
    const why = whyInstall(root)
    if (why === null && !mayCompilePty(root)) return
    say(`Installing packages: ${why ?? 'node-pty can be compiled now'}.`)
    const missing = missingCompilerParts()
    // Level error: on Node 20 npm warns that the packaging tools want a newer Node, which the program does not need.
    const { status } = await npm(root, [
      'ci',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
      '--no-audit',
      '--no-fund'
    ])
    if (status !== 0) throw new SetUpError(`The packages could not be installed: npm ci ended with status ${status}.`)
    if (!needsCompiledPty || hasCompiledPty(root)) return
    if (missing.length === 0) remember(root)
    say(ptyProblem(root, missing))
  })
}

/**
 * Returns why there is no serial port, and a command that shows more. npm skips an optional package silently when it
 * does not compile. Installed by itself in another folder it is not optional, and the compiler's messages are shown.
 */
export function ptyProblem(root, missing) {
  const { version } = packagesOf(join(root, 'package-lock.json'))?.['node_modules/node-pty'] ?? {}
  const command = `npm install --prefix "$(mktemp -d)" node-pty${version ? `@${version}` : ''}`
  const because =
    missing.length > 0
      ? `${listed(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`
      : `its build failed; ${command} shows why`
  return `node-pty could not be compiled (${because}): there is no serial port, but --tcp PORT gives the AT port over TCP.`
}

/**
 * Returns why packages must be installed, in a few words, or `null`. Compares the installed packages with the lock
 * file.
 */
export function whyInstall(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  if (wanted === null) throw new SetUpError(`${join(root, 'package-lock.json')} is missing or cannot be read.`)
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (installed === null) return 'none are installed'
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '' || (optional && !installed[path])) continue
    if (installed[path]?.version !== version)
      return `${path.replace(/^.*node_modules\//, '')} ${version} is not installed`
  }
  return null
}

/** Returns the parts of a compiler that node-gyp needs and that are missing. */
export function missingCompilerParts(path = process.env['PATH']) {
  const alternatives = [
    ['python3', 'python'],
    ['make', 'gmake'],
    ['g++', 'c++', 'clang++']
  ]
  return alternatives.filter((names) => names.every((name) => findProgram(name, path) === null)).map(([name]) => name)
}

/** node-pty ships compiled files only for macOS and Windows. */
export const needsCompiledPty = process.platform === 'linux'

export function hasCompiledPty(root) {
  return existsSync(join(root, 'node_modules/node-pty/build/Release/pty.node'))
}

/** Returns whether a compiler was installed since the last npm install, which continued without node-pty. */
function mayCompilePty(root) {
  return (
    needsCompiledPty && !hasCompiledPty(root) && !existsSync(failureFile(root)) && missingCompilerParts().length === 0
  )
}

/** Remembers a failed compilation although there is a compiler, so that not every start tries again. */
function remember(root) {
  try {
    mkdirSync(dirname(failureFile(root)), { recursive: true })
    writeFileSync(failureFile(root), '')
  } catch {
    // Only the next start takes longer.
  }
}

const failureFile = (root) => join(root, 'node_modules/.cache/telit-sim/node-pty-failed')

/** Returns the npm that started this script, so that npm.cmd of Windows needs no shell. */
function npm(root, args) {
  const script = process.env['npm_execpath']
  if (script?.endsWith('npm-cli.js')) return run(process.execPath, [script, ...args], { cwd: root, show: true })
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root, show: true })
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

function listed(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0]
}
