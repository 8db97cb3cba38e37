import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { run, say, SetUpError } from './run.mjs'

/** What the built program is made from. */
const sources = [
  'src',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json'
]
/** What has to be there for a build to count. */
const products = ['main/cli.js', 'main/index.js', 'preload/index.cjs', 'renderer/index.html']

/** Builds `out/` when its sources have changed since the last build. Throws a SetUpError that holds what went wrong. */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return
  await withLock(join(root, 'out/.setup-lock'), async () => {
    if (isBuilt(root)) return
    say('Building the program.')
    // Before the build: what is changed while it runs must count as changed afterwards.
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

/** What a build said, below the sentence when it is more than a line. */
function inWords(status, output) {
  if (output === '') return `the build ended with status ${status}.`
  return output.includes('\n') ? `\n${output}` : output
}

export function isBuilt(root) {
  if (!products.every((file) => existsSync(join(root, 'out', file)))) return false
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === fingerprint(root)
}

/** A hash of names and contents. Times will not do: a checkout, a copy or a cache changes them. */
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
