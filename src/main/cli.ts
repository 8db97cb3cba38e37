import { join } from 'node:path'

/**
 * The program `telit-sim` (`out/main/cli.js`). It only loads the headless shell. Loading fails first where the system
 * allows no more open files (`ulimit -n`) or a program file is missing; that too gives one sentence and exit status 3.
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
