#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireNode } from './setup/node-version.mjs'
import { hasCompiledPty, needsCompiledPty, ensurePackages } from './setup/packages.mjs'
import { ensurePackagingTools } from './setup/packaging-tools.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { run, say, SetUpError } from './setup/run.mjs'

/**
 * `npm run dist [-- ARGS]`: makes the desktop packages for this system in dist/. ARGS go to electron-builder (`--linux
 * deb`, `--win`, `--dir`).
 */
const needs = `It needs the internet: Electron's files (about 100 MB) and the packagers of electron-builder come from github.com.
telit-sim: AppImage and deb are made on Linux, dmg on macOS, nsis on Windows (or on Linux with wine).
telit-sim: node-pty is packed as this system compiled it: make the packages of a system on that system.`

requireNode()
const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  say(needs)
  await ensurePackages(root)
  if (needsCompiledPty && !hasCompiledPty(root))
    throw new SetUpError(
      'node-pty is not compiled: the packages would have no serial port (apt-get install python3 make g++).'
    )
  await ensureBuilt(root)
  const builder = await ensurePackagingTools(root)
  const args = [
    '--config',
    join(root, 'build/electron-builder.mjs'),
    '--projectDir',
    root,
    '--publish',
    'never',
    ...process.argv.slice(2)
  ]
  const { status } = await run(process.execPath, [builder, ...args], { cwd: root, show: true })
  if (status !== 0) throw new SetUpError('The packages were not made; the lines above say why.')
  say(`The packages are in ${join(root, 'dist')}.`)
} catch (error) {
  if (!(error instanceof SetUpError)) throw error
  say(error.message)
  process.exit(3)
}
