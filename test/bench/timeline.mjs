import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'vite'
import { median, quantile } from './statistics.mjs'

/** Measures the timeline with a million events against plain arrays, in a new process for each round. */
export async function timeline({ root, folder, rounds, progress }) {
  const program = join(folder, 'timeline-bench.mjs')
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'timeline.bench.ts'),
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { format: 'es', entryFileNames: 'timeline-bench.mjs' } }
    }
  })
  const runs = []
  for (let round = 0; round < rounds; round++) {
    progress(round)
    const worker = join(root, 'out/main/timeline-search.js')
    runs.push(
      ...JSON.parse(execFileSync(process.execPath, ['--expose-gc', program, worker, '1'], { encoding: 'utf8' }))
    )
  }
  const of = (value) => {
    const each = runs.map(value)
    return { median: median(each), low: quantile(each, 0.25), high: quantile(each, 0.75) }
  }
  return {
    append: of((one) => one.plainAppendMs / one.appendMs),
    appendPerS: of((one) => 1e9 / one.appendMs),
    regex: of((one) => one.regexMs / one.plainRegexMs),
    regexMs: of((one) => one.regexMs),
    stallMs: of((one) => one.stallMs),
    windowMs: of((one) => one.windowMs),
    slowestWindowMs: of((one) => one.slowestWindowMs),
    madeMs: of((one) => one.madeMs),
    overheadBytes: of((one) => one.bytesAnEvent - one.contentBytes)
  }
}
