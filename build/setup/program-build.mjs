import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { run, say, SetUpError } from './run.mjs'

/** The sources of the built program. */
const sources = [
  'src',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json'
]
/** Files that a complete build must have. */
const products = ['main/cli.js', 'main/index.js', 'preload/index.cjs', 'renderer/index.html']

/** Builds `out/` if the sources have changed since the last build. Throws a SetUpError with the reason. */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return
  await withLock(join(root, 'out/.setup-lock'), async () => {
    if (isBuilt(root)) return
    say('Building the program.')
    // Before the build: what changes while it runs must count as changed.
    const print = fingerprint(root)
    rmSync(stampFile(root), { force: true })
    const { status, output } = await run(
      process.execPath,
      [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
      { cwd: root }
    )
    if (status !== 0) throw new SetUpError(`The program could not be built: ${inWords(status, output.trimEnd())}`)
    writeFileSync(stampFile(root), print)
  })
}

/** Formats the output of a build: below the sentence if it is more than a line. */
function inWords(status, output) {
  if (output === '') return `the build ended with status ${status}.`
  return output.includes('\n') ? `\n${output}` : output
}

export function isBuilt(root) {
  if (!products.every((file) => existsSync(join(root, 'out', file)))) return false
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === fingerprint(root)
}

/** Returns a hash of names and contents. Times are changed by a checkout, a copy or a cache. */
export function fingerprint(root) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(root, source))) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

const stampFile = (root) => join(root, 'out/.stamp')

function filesIn(root, path) {
  const file = join(root, path)
  if (!existsSync(file)) return []
  let entries
  try {
    entries = readdirSync(file, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`]))
}
