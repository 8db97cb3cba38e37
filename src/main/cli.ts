import { join } from 'node:path'

/**
 * The program `telit-sim` (`out/main/cli.js`). It only loads the headless shell, because loading is what fails first where the system
 * gives no more files (`ulimit -n`) or a file of the program is missing: that is one sentence and status 3 too.
 */
import('./cli/run.ts').then(
  ({ main }) => main(process.argv.slice(2), join(import.meta.dirname, '../renderer')),
  (error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'EMFILE' ? 'this process may open no more files (ulimit -n)' : error.message.split('\n', 1)[0]
    process.stderr.write(`telit-sim: The program cannot be loaded: ${why}.\n`)
    process.exit(3)
  }
)
