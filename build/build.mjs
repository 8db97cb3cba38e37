#!/usr/bin/env node
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireNode } from './setup/node-version.mjs'
import { ensurePackages } from './setup/packages.mjs'
import { ensureBuilt } from './setup/program-build.mjs'
import { say, sentenceOf } from './setup/run.mjs'

/** `npm run build`: the preparations of `npm start`. */
requireNode()
const root = dirname(dirname(fileURLToPath(import.meta.url)))
try {
  await ensurePackages(root)
  await ensureBuilt(root)
} catch (error) {
  const sentence = sentenceOf(error)
  if (sentence === null) throw error
  say(sentence)
  process.exit(3)
}
