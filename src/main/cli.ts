import { join } from 'node:path'
import { asksForHelp, parseCommandLine, usage, UsageError } from './cli-options.ts'
import { checkCommand } from './check/check-command.ts'
import { productsCommand } from './products-command.ts'
import { removeStaleReadyFile } from './ready-file.ts'
import { reportReady } from './report-ready.ts'
import { startSimulator, type Simulator } from './simulator.ts'

/** The headless shell: arguments, signals, exit status. 0 clean, 2 wrong usage, 3 something cannot be had. */
void main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<void> {
  if (asksForHelp(argv)) {
    process.stdout.write(usage)
    return
  }
  if (argv[0] === 'products') return printProducts(argv.slice(1))
  if (argv[0] === 'check') return check(argv.slice(1))
  // Signals count from the first moment: a start that is interrupted must leave nothing behind either.
  let stopping = false
  const interrupted = new Promise<void>((resolve) => {
    const stop = (): void => {
      stopping = true
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
  let simulator: Simulator | null = null
  let retract = (): void => {}
  try {
    const options = parseCommandLine(argv)
    if (options.readyFile !== null) removeStaleReadyFile(options.readyFile)
    simulator = await startSimulator(options, { board: join(import.meta.dirname, '../renderer'), notice })
    if (!stopping) retract = reportReady(simulator, options)
    await interrupted
    retract()
    await simulator.close()
    process.exit(0)
  } catch (error) {
    await simulator?.close()
    fail(error)
  }
}

function notice(sentence: string): void {
  process.stderr.write(`telit-sim: ${sentence}\n`)
}

function printProducts(args: readonly string[]): void {
  try {
    process.stdout.write(productsCommand(args))
  } catch (error) {
    fail(error)
  }
}

async function check(args: readonly string[]): Promise<void> {
  try {
    const { text, same } = await checkCommand(args)
    process.stdout.write(text)
    process.exitCode = same ? 0 : 1
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): never {
  process.stderr.write(`telit-sim: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(error instanceof UsageError ? 2 : 3)
}
