import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run, say } from './run.mjs'

/**
 * Bun, with which the tests of the TLS engine run once more, because its crypto is BoringSSL like Electron's. It is too
 * large for every user's node_modules, so only the tests fetch it, into a cache of its own.
 */
const version = '1.4.5'

/** Returns the path of Bun after `ensureSecondRuntime`; `null` on systems for which it is not fetched. */
export function secondRuntime(root) {
  const name = packageName()
  return name ? join(cacheOf(root), 'node_modules', name, 'bin/bun') : null
}

/** Fetches Bun once. Without it its test is skipped, or fails in CI; nothing else depends on it. */
export async function ensureSecondRuntime(root) {
  const program = secondRuntime(root)
  if (!program || existsSync(program)) return
  say('Fetching Bun, for the tests on BoringSSL (once).')
  mkdirSync(cacheOf(root), { recursive: true })
  const install = [
    'install',
    '--prefix',
    cacheOf(root),
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `${packageName()}@${version}`
  ]
  const { status } = await run('npm', install, { cwd: root })
  if (status !== 0) say('Bun cannot be had; the tests on BoringSSL are skipped.')
}

const cacheOf = (root) => join(root, 'node_modules/.cache/bun')

/** Returns Bun's package for this system if it is known to run the tests, or `null`. */
function packageName() {
  const system = `${process.platform}-${process.arch}`
  return (
    {
      'linux-x64': '@oven/bun-linux-x64',
      'linux-arm64': '@oven/bun-linux-aarch64',
      'darwin-arm64': '@oven/bun-darwin-aarch64'
    }[system] ?? null
  )
}
