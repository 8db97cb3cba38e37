#!/usr/bin/env node
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layOutHeadlessPackage } from './headless-package.mjs'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { run, say, SetUpError } from './setup/run.mjs'

/**
 * `npm run pack:headless [-- FOLDER]`: makes the headless program as an npm package, telit-ssl-simulator-VERSION.tgz in
 * dist/ or FOLDER.
 */
requireNode()
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = resolve(process.argv[2] ?? join(root, 'dist'))
const layout = join(folder, 'headless')
try {
  await ensurePackages(root)
  await ensureBuilt(root)
  mkdirSync(folder, { recursive: true })
  layOutHeadlessPackage(root, layout)
  const npmScript = process.env['npm_execpath']
  const npm = npmScript?.endsWith('npm-cli.js')
    ? [process.execPath, npmScript]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  const { status, output } = await run(
    npm[0],
    [...npm.slice(1), 'pack', '--loglevel=error', '--pack-destination', folder],
    { cwd: layout }
  )
  if (status !== 0) throw new SetUpError(`npm pack ended with status ${status}:\n${output.trimEnd()}`)
  process.stdout.write(`${join(folder, output.trim().split('\n').at(-1))}\n`)
  rmSync(layout, { recursive: true, force: true })
} catch (error) {
  if (!(error instanceof SetUpError)) throw error
  say(error.message)
  process.exit(3)
}
