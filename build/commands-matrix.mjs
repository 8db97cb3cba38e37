#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsDocument } from './reports/commands-document.mjs'

/** `npm run docs`: writes docs/commands.md anew. With `--check` it writes nothing, and status 1 says that the file is stale. */
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const file = join(root, 'docs/commands.md')
const text = await commandsDocument(root)
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('docs/commands.md is stale: run npm run docs.\n')
  process.exitCode = 1
}
