import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run, say, SetUpError } from './run.mjs'

/**
 * Installs electron-builder in build/packaging, in the versions of its lock file. Only packaging needs it. Returns the
 * script to run. Throws a SetUpError.
 */
export async function ensurePackagingTools(root) {
  const folder = join(root, 'build/packaging')
  const script = join(folder, 'node_modules/electron-builder/out/cli/cli.js')
  if (existsSync(script) && installedVersion(folder) === wantedVersion(folder)) return script
  say('Installing electron-builder (about 100 MB, once).')
  const npmScript = process.env['npm_execpath']
  const npm = npmScript?.endsWith('npm-cli.js')
    ? [process.execPath, npmScript]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  // Its packages need no install scripts for what is made here.
  const args = ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund']
  const { status, output } = await run(npm[0], [...npm.slice(1), ...args], { cwd: folder })
  if (status !== 0)
    throw new SetUpError(
      `electron-builder could not be installed: npm ci ended with status ${status}.\n${output.trimEnd()}`
    )
  return script
}

const wantedVersion = (folder) => readJson(join(folder, 'package.json'))?.dependencies['electron-builder']
const installedVersion = (folder) => readJson(join(folder, 'node_modules/electron-builder/package.json'))?.version

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
