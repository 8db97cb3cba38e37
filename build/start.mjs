#!/usr/bin/env node
import { requireNode } from './setup/node-version.mjs'

/**
 * `npm start`. It loads the rest by hand, because loading is what fails first where the system gives no more files (`ulimit -n`) or a
 * script is missing: that is one sentence and status 3 too.
 */
requireNode()
try {
  const { startProgram } = await import('./start-program.mjs')
  await startProgram(process.argv.slice(2))
} catch (error) {
  // A fault of the scripts themselves needs its stack.
  if (typeof error?.code !== 'string') throw error
  const why =
    error.code === 'EMFILE' ? 'this process may open no more files (ulimit -n)' : error.message.split('\n', 1)[0]
  process.stderr.write(`telit-sim: The program cannot be started: ${why}.\n`)
  process.exit(3)
}
