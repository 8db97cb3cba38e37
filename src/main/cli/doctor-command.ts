import type { Diagnosis } from '../../shared/calls/diagnosis.ts'
import { counted } from '../../shared/english/counted.ts'
import { examine } from '../doctor/doctor.ts'
import { UsageError } from '../options/options.ts'

/**
 * Runs `telit-sim doctor [PORT] [--json]`: finds out why a terminal program does not see the serial port, one line for
 * each check, with its remedy. Returns the text for stdout and whether no problem was found. Throws a UsageError for
 * unknown arguments.
 */
export async function doctorCommand(
  args: readonly string[]
): Promise<{ readonly text: string; readonly isWell: boolean }> {
  const json = args.includes('--json')
  const rest = args.filter((one) => one !== '--json')
  const [port, ...more] = rest
  const wrong = rest.find((one) => one.startsWith('-')) ?? more[0]
  if (wrong !== undefined) throw new UsageError(`doctor takes one port and --json, not ${wrong}.`)
  const found = await examine(port ?? null)
  const isWell = found.every(({ verdict }) => verdict !== 'problem')
  return { text: json ? `${JSON.stringify({ isWell, found })}\n` : asText(found, isWell), isWell }
}

function asText(found: readonly Diagnosis[], isWell: boolean): string {
  const lines = found.flatMap(({ verdict, sentence, remedy }) => [
    `  ${verdict.padEnd(WIDTH)}${sentence}`,
    ...(remedy === null ? [] : [`  ${''.padEnd(WIDTH)}→ ${remedy}`])
  ])
  const last = isWell
    ? 'Nothing was found that keeps a terminal program from the port.'
    : `${counted(found.filter(({ verdict }) => verdict === 'problem').length, 'problem')} found.`
  return [...lines, last, ''].join('\n')
}

/** Length of the longest verdict and two spaces. */
const WIDTH = 'problem'.length + 2
