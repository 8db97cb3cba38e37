/** @module The sub-commands of `telit-sim`, without a window. */

import { checkCommand } from '../check/check-command.ts'
import { Ending, killThisProcess } from '../host/ending.ts'
import { fileReason } from '../host/file-reason.ts'
import { asksForHelp, parseCommandLine, UsageError } from '../options/options.ts'
import { usage } from '../options/usage.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { doctorCommand } from './doctor-command.ts'
import { productsCommand } from './products-command.ts'
import { removeStaleReadyFile } from './ready-file.ts'
import { reportReady } from './report-ready.ts'

/**
 * Runs the program without a window: arguments, signals, exit status. The status is 0 for a clean end, 1 for a bug of
 * the program, 2 for wrong usage, 3 for a resource that is not available. `boardFolder` is the folder of the built
 * window.
 */
export async function main(argv: readonly string[], boardFolder: string): Promise<void> {
  if (asksForHelp(argv)) {
    process.stdout.write(usage)
    return
  }
  if (argv[0] === 'products') return printProducts(argv.slice(1))
  if (argv[0] === 'check') return check(argv.slice(1))
  if (argv[0] === 'doctor') return doctor(argv.slice(1))
  let simulator: Simulator | null = null
  let starting: Promise<Simulator> | null = null
  let retract = (): void => {}
  let interrupt = (): void => {}
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve))
  const ending = new Ending({
    keep: interrupt,
    close: async () => {
      retract()
      // A failed start is reported below, where it is awaited.
      await (await starting?.catch(() => null))?.close()
    },
    unclosed: () => simulator?.unclosed ?? ['the start under way'],
    say: notice,
    exit: (status) => process.exit(status),
    force: killThisProcess,
    sentenceOf
  })
  // Signals are handled from the first moment: an interrupted start must leave nothing behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void ending.end())
  // After a bug of the program the module is still closed. An error of the system is reported without a stack.
  const failed = (error: unknown): void => {
    if (ending.begun) return
    notice(`The simulator failed: ${sentenceOf(error)}`)
    if (error instanceof Error && !('syscall' in error)) process.stderr.write(`${error.stack}\n`)
    void ending.end(1)
  }
  process.on('uncaughtException', failed)
  process.on('unhandledRejection', failed)
  // The reader of the ready line may close the pipe after it. A full disk is reported, because the ready line is
  // needed.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    notice(`Standard output cannot be written: ${fileReason(error)}.`)
    void ending.end(3)
  })
  process.stderr.on('error', () => {})
  try {
    const options = parseCommandLine(argv)
    if (options.readyFile !== null) removeStaleReadyFile(options.readyFile)
    starting = startSimulator(options, { board: boardFolder, notice, interrupted })
    simulator = await starting
    if (!ending.begun) retract = reportReady(simulator, options)
  } catch (error) {
    notice(sentenceOf(error))
    await ending.end(error instanceof UsageError ? 2 : 3)
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

async function doctor(args: readonly string[]): Promise<void> {
  try {
    const { text, isWell } = await doctorCommand(args)
    process.stdout.write(text)
    process.exitCode = isWell ? 0 : 1
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): never {
  notice(sentenceOf(error))
  process.exit(error instanceof UsageError ? 2 : 3)
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
