#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsDocument } from './reports/commands-document.mjs'
import { noticesDocument } from './reports/notices-document.mjs'
import { architectureDocument } from './reports/rooms.mjs'
import { rulesDocument } from './reports/rules-document.mjs'

/**
 * `npm run docs`: writes the generated pages. With `--check` it writes nothing, and ends with status 1 when a page is
 * stale.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const pages = {
  'THIRD-PARTY-NOTICES.md': noticesDocument,
  'docs/architecture.md': architectureDocument,
  'docs/commands.md': commandsDocument,
  'docs/rules.md': rulesDocument
}
for (const [page, make] of Object.entries(pages)) {
  const file = join(root, page)
  const text = await make(root)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (read(file) !== text) {
    process.stderr.write(`${page} is stale: run npm run docs.\n`)
    process.exitCode = 1
  }
}

/** Returns the content of a file, or `null` when it does not exist. */
function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
