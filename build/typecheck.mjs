#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './setup/run.mjs'

/**
 * `npm run typecheck`: checks every TypeScript project. `shared` has neither Node's nor the browser's globals, `main`
 * not the browser's, `renderer` not Node's; the root project, for the tests, has both.
 */
const projects = ['src/shared', 'src/main', 'src/preload', 'src/renderer', '.']

/** Returns `{ status, output }`: status 0 when all projects are sound, and the output of the compiler. */
export async function checkTypes(root) {
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const results = await Promise.all(
    projects.map((project) => run(process.execPath, [compiler, '--noEmit', '-p', project], { cwd: root }))
  )
  // An error in `shared` is reported by each project that imports it; print it once.
  const lines = new Set(results.flatMap(({ output }) => output.split('\n')))
  return { status: results.some(({ status }) => status !== 0) ? 1 : 0, output: [...lines].join('\n') }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { status, output } = await checkTypes(dirname(dirname(fileURLToPath(import.meta.url))))
  process.stdout.write(output)
  process.exitCode = status
}
