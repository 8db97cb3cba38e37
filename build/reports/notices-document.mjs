import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns the text of `THIRD-PARTY-NOTICES.md`: every package that the sources import, including fonts, and all their
 * dependencies, with licences. Electron has its own licence files. Throws when a package has no licence.
 */
export function noticesDocument(root) {
  const packages = bundledPackages(root)
  const texts = new Map()
  for (const one of packages) texts.set(one.text, [...(texts.get(one.text) ?? []), `${one.name} ${one.version}`])
  const rows = packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
  const chapters = [...texts].map(([text, names]) => `## ${names.join(', ')}\n\n\`\`\`text\n${text}\n\`\`\``)
  return `${introduction}\n\n| package | version | licence |\n| --- | --- | --- |\n${rows.join('\n')}\n\n${chapters.join('\n\n')}\n`
}

/** Returns name, version, licence and licence text of all packages in the bundles, by name. */
export function bundledPackages(root) {
  const { packages: locked } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Map()
  const seen = new Set()
  const visit = (name, from, isOptional) => {
    const place = placeOf(locked, name, from)
    if (place === null) {
      if (isOptional) return
      throw new Error(`package-lock.json does not have ${name}, which ${from || 'src'} needs.`)
    }
    if (seen.has(place)) return
    seen.add(place)
    const { version, license, dependencies = {}, optionalDependencies = {} } = locked[place]
    found.set(`${name} ${version}`, { name, version, licence: license, text: licenceText(root, place, name) })
    for (const next of Object.keys(dependencies)) visit(next, place, next in optionalDependencies)
  }
  for (const name of importedPackages(root)) visit(name, '', false)
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/**
 * Returns the packages that `src` imports, also in style sheets, without Node and Electron, which are not in the
 * bundles.
 */
export function importedPackages(root) {
  const names = new Set()
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(tsx?|css)$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [, , wanted] of text.matchAll(IMPORT)) {
      const name = wanted
        .split('/')
        .slice(0, wanted.startsWith('@') ? 2 : 1)
        .join('/')
      if (name !== 'electron' && !wanted.startsWith('node:')) names.add(name)
    }
  }
  return [...names].toSorted()
}

/** Matches imports from packages: static, dynamic, and `url()` and `@import` of style sheets. */
const IMPORT =
  /(from |import |import\(|createRequire\(import\.meta\.url\)\(|url\()\s*['"](@[a-z][\w.-]*\/[\w./-]+|[a-z][\w.:/-]*)['"]/g

/** Returns where Node finds a package: in the nearest `node_modules` above the importing one. */
function placeOf(locked, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (place in locked) return place
    if (folder === '') return null
  }
}

function licenceText(root, place, name) {
  const folder = join(root, place)
  const file = existsSync(folder) && readdirSync(folder).find((one) => /^licen[cs]e(\.\w+)?$/i.test(one))
  if (!file) throw new Error(`${name} has no licence file in ${place}.`)
  // A code fence inside would end the block early.
  return readFileSync(join(folder, file), 'utf8')
    .replaceAll('\r\n', '\n')
    .replaceAll('```', "'''")
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}

const introduction = `# Third-party notices

The program contains or installs these packages, and the fonts of the window. The desktop packages contain Electron as well, whose licences
(\`LICENSE\`, \`LICENSES.chromium.html\`) lie beside its program.

This file is generated (\`npm run docs\`) from what the sources import and from \`package-lock.json\`; a test fails when it is stale.`
