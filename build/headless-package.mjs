import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { SetUpError } from './setup/run.mjs'

/** The entry points of the built program: the command line and the threads. */
const entries = ['cli.js', 'timeline-search.js', 'capture-worker.js']

/**
 * Makes the headless program as an npm package in `folder`: the built files of the command line, the built window, and
 * a package.json. Throws a SetUpError when something is missing.
 */
export function layOutHeadlessPackage(root, folder) {
  const main = join(root, 'out/main')
  const { files, packages } = reachable(main)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'bin'), { recursive: true })
  for (const file of files) copy(join(main, file), join(folder, 'out/main', file))
  for (const file of filesIn(join(root, 'out/renderer')))
    copy(join(root, 'out/renderer', file), join(folder, 'out/renderer', file))
  for (const file of ['LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md']) copy(join(root, file), join(folder, file))
  writeFileSync(join(folder, 'README.md'), readFileSync(join(root, 'build/headless-readme.md')))
  writeFileSync(join(folder, 'bin/telit-sim.js'), "#!/usr/bin/env node\nimport '../out/main/cli.js'\n", { mode: 0o755 })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifestOf(root, packages), null, 2)}\n`)
}

function manifestOf(root, packages) {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const versions = (kind) =>
    Object.fromEntries(Object.entries(project[kind] ?? {}).filter(([name]) => packages.has(name)))
  const dependencies = versions('dependencies')
  const optionalDependencies = versions('optionalDependencies')
  const unknown = [...packages].filter((name) => !(name in dependencies) && !(name in optionalDependencies))
  if (unknown.length > 0)
    throw new SetUpError(
      `The built program imports ${unknown.join(', ')}, which package.json does not list as a dependency.`
    )
  const { version, description, license, engines } = project
  return {
    name: 'telit-ssl-simulator',
    version,
    description,
    license,
    type: 'module',
    bin: { 'telit-sim': 'bin/telit-sim.js' },
    engines,
    files: ['bin', 'out', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.md'],
    dependencies,
    optionalDependencies
  }
}

/** Returns the built files that the entries import, directly and indirectly, and the packages that they import. */
export function reachable(main) {
  const files = new Set()
  const packages = new Set()
  const visit = (file) => {
    if (files.has(file)) return
    if (!existsSync(join(main, file)))
      throw new SetUpError(`The program is not built: out/main/${file} is missing (npm run build).`)
    files.add(file)
    for (const to of importsOf(readFileSync(join(main, file), 'utf8'))) {
      if (to.startsWith('.')) visit(relative(main, join(main, dirname(file), to)))
      else if (!to.startsWith('node:') && !builtinModules.includes(to))
        packages.add(
          to
            .split('/')
            .slice(0, to.startsWith('@') ? 2 : 1)
            .join('/')
        )
    }
  }
  for (const entry of entries) visit(entry)
  return { files, packages }
}

/**
 * Returns what a built file imports, statically and dynamically. The bundler writes each import on a line of its own.
 */
function importsOf(text) {
  const head = text.matchAll(/^(?:import|export)\b[^'"\n;]*?\s*(?:from\s*)?["']([^"'\n]+)["']/gm)
  const later = text.matchAll(/\b(?:import|require)\(\s*["']([^"'\n]+)["']\s*\)/g)
  // Modules that are loaded late but synchronously (node-pty).
  const required = text.matchAll(/\bcreateRequire\(import\.meta\.url\)\(\s*["']([^"'\n]+)["']\s*\)/g)
  return [...head, ...later, ...required].map(([, to]) => to).filter((to) => /^[.@a-z]/.test(to))
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => !name.endsWith('.map') && statSync(join(folder, name)).isFile())
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to)
}
