#!/usr/bin/env node
import { runnerImport } from 'vite'

/** Prints the ratios of every bench. Nothing fails: a machine that is busy gives other numbers. */
const { module } = await runnerImport(new URL('tls.bench.ts', import.meta.url).pathname)
await module.tlsBenches(({ name, ratio, target, detail }) => {
  process.stdout.write(`${ratio.toFixed(2).padStart(6)}  ${name} (${target}; ${detail})\n`)
})
process.exit(0)
