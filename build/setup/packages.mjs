import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram, run, say, SetUpError } from './run.mjs'
import { withLock } from './lock.mjs'

/** Installs the npm packages that package-lock.json names, when they are not there. Throws a SetUpError. */
export async function ensurePackages(root) {
  if (whyInstall(root) === null && !mayCompilePty(root)) return
  await withLock(join(root, 'out/.setup-lock'), async () => {
    const why = whyInstall(root)
    if (why === null && !mayCompilePty(root)) return
    say(`Installing packages: ${why ?? 'node-pty can be compiled now'}.`)
    const missing = missingCompilerParts()
    // Level error: on Node 20 npm warns that the packager's tools want a newer Node, which the program does not need.
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
 * Why there is no serial port, and what shows more. npm leaves an optional package out without a word when it does not compile, and has
 * nothing to rebuild then; asked for by itself, elsewhere, it is no optional package, and its compiler is heard.
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

/** Why packages have to be installed, in a few words, or null. Compares what npm installed with the lock file. */
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

/** What of a compiler node-gyp would miss. */
export function missingCompilerParts(path = process.env['PATH']) {
  const alternatives = [
    ['python3', 'python'],
    ['make', 'gmake'],
    ['g++', 'c++', 'clang++']
  ]
  return alternatives.filter((names) => names.every((name) => findProgram(name, path) === null)).map(([name]) => name)
}

/** node-pty brings itself compiled for macOS and Windows only. */
export const needsCompiledPty = process.platform === 'linux'

export function hasCompiledPty(root) {
  return existsSync(join(root, 'node_modules/node-pty/build/Release/pty.node'))
}

/** A compiler has come since the last install, which had gone on without node-pty. */
function mayCompilePty(root) {
  return (
    needsCompiledPty && !hasCompiledPty(root) && !existsSync(failureFile(root)) && missingCompilerParts().length === 0
  )
}

/** With a compiler there and node-pty failing all the same, another attempt at every start would only cost time. */
function remember(root) {
  try {
    mkdirSync(dirname(failureFile(root)), { recursive: true })
    writeFileSync(failureFile(root), '')
  } catch {
    // Nothing depends on it but the time of the next start.
  }
}

const failureFile = (root) => join(root, 'node_modules/.cache/telit-sim/node-pty-failed')

/** The npm that started this script, so that Windows' npm.cmd needs no shell. */
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
