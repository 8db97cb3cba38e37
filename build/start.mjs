#!/usr/bin/env node
import { requireNode } from './setup/node-version.mjs'

/**
 * `npm start`. It imports the rest dynamically. Loading fails first where the system allows no more open files (`ulimit
 * -n`) or a script is missing; that too gives one sentence and exit status 3.
 */
requireNode()
try {
  const { startProgram } = await import('./start-program.mjs')
  await startProgram(process.argv.slice(2))
} catch (error) {
  // A bug of the scripts needs its stack.
  if (typeof error?.code !== 'string') throw error
  const why =
    error.code === 'EMFILE' ? 'this process may open no more files (ulimit -n)' : error.message.split('\n', 1)[0]
  process.stderr.write(`telit-sim: The program cannot be started: ${why}.\n`)
  process.exit(3)
}
