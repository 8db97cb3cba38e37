#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './setup/run.mjs'

/**
 * `npm run typecheck`: every TypeScript project by itself. `shared` has neither Node's globals nor the browser's, `main` none of the
 * browser, `renderer` none of Node; the root project has both, for the tests.
 */
const projects = ['src/shared', 'src/main', 'src/preload', 'src/renderer', '.']

/** Answers `{ status, output }`: 0 where every project is sound, and what the compiler said. */
export async function checkTypes(root) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const results = await Promise.all(
    projects.map((project) => run(process.execPath, [compiler, '--noEmit', '-p', project], { cwd: root }))
  )
  // A mistake in `shared` is told by each project that imports it; once is enough.
  const lines = new Set(results.flatMap(({ output }) => output.split('\n')))
  return { status: results.some(({ status }) => status !== 0) ? 1 : 0, output: [...lines].join('\n') }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, output } = await checkTypes(dirname(dirname(fileURLToPath(import.meta.url))))
  process.stdout.write(output)
  process.exitCode = status
}
