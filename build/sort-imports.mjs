#!/usr/bin/env node
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

/** A part of `npm run format`: puts the imports of every file into one order. */
const folders = ['src', 'test', 'build']

/**
 * Returns the source with its imports in order: Node's modules, packages, own files from far to near, each by name.
 * Only imports that follow each other are sorted; one for its effect alone, such as a style, stays where it is.
 */
export function withSortedImports(path, source) {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0].message}`)
  let text = source
  // From the last run, so that the offsets of the others stay true.
  for (const run of runsOf(program.body, source).toReversed()) {
    const sorted = run.toSorted((a, b) => compare(a.source.value, b.source.value))
    if (sorted.every((node, at) => node === run[at])) continue
    const lines = sorted.map(({ start, end }) => source.slice(start, end)).join('\n')
    text = text.slice(0, run[0].start) + lines + text.slice(run.at(-1).end)
  }
  return text
}

/** Returns the files below `root` whose imports are out of order, each with its source in order. Packages are not ours. */
export function unsortedFiles(root) {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`${sep}node_modules${sep}`))
    .flatMap((path) => {
      const source = readFileSync(path, 'utf8')
      const sorted = withSortedImports(path, source)
      return sorted === source ? [] : [{ path, sorted }]
    })
}

/** Returns the imports that stand together, with nothing but white space between them. */
function runsOf(body, source) {
  const runs = []
  let run = []
  for (const node of body) {
    const last = run.at(-1)
    const isSortable = node.type === 'ImportDeclaration' && (node.specifiers.length > 0 || node.importKind === 'type')
    if (isSortable && last && /^\s*$/.test(source.slice(last.end, node.start))) run.push(node)
    else runs.push((run = isSortable ? [node] : []))
  }
  return runs.filter(({ length }) => length > 1)
}

function compare(a, b) {
  return rank(a) - rank(b) || climbs(b) - climbs(a) || (a < b ? -1 : a > b ? 1 : 0)
}

function rank(from) {
  return from.startsWith('node:') ? 0 : from.startsWith('.') ? 2 : 1
}

function climbs(from) {
  return from.match(/\.\.\//g)?.length ?? 0
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { path, sorted } of unsortedFiles(dirname(dirname(fileURLToPath(import.meta.url)))))
    writeFileSync(path, sorted)
