import type { ArgumentValues } from '../../../shared/commands/arguments.ts'
import {
  parametersOf,
  rangesOf,
  type CommandDeclaration,
  type NumberParameter,
  type ParameterDeclaration
} from '../../../shared/commands/declaration.ts'
import { listText } from '../../../shared/explain/words.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { RawArgument } from './command-parser.ts'

export type CheckedArguments = { readonly values: ArgumentValues } | { readonly failure: CommandFailure }

/**
 * Checks raw arguments against the declaration. A wrong one gives ERROR (D-22), unless a driver shows a +CME code for
 * that parameter.
 */
export function checkArguments(
  command: CommandDeclaration,
  raw: readonly RawArgument[],
  profile: ModuleProfile
): CheckedArguments {
  const parameters = parametersOf(command, profile)
  if (raw.length > parameters.length) {
    return {
      failure: wrong(
        null,
        `AT${command.name} takes ${parameters.length} parameters at most`,
        `${parameters.length} at most`,
        String(raw.length)
      )
    }
  }
  const values: Record<string, number | string> = {}
  for (const [index, parameter] of parameters.entries()) {
    const given = raw[index]
    if (!given || (given.text === '' && !given.quoted)) {
      if (!parameter.optional)
        return {
          failure: wrong(
            parameter.name,
            `AT${command.name} needs <${parameter.name}>`,
            describe(parameter, profile),
            'nothing'
          )
        }
      if (parameter.default !== undefined) values[parameter.name] = parameter.default
      continue
    }
    const value =
      parameter.kind === 'number'
        ? checkNumber(command, parameter, given, profile)
        : checkText(command, parameter, given)
    if (typeof value === 'object') return { failure: value }
    values[parameter.name] = value
  }
  return { values }
}

function checkNumber(
  command: CommandDeclaration,
  parameter: NumberParameter,
  given: RawArgument,
  profile: ModuleProfile
): number | CommandFailure {
  const expected = describe(parameter, profile)
  // Ten digits exceed every range. More would only lose precision.
  if (given.quoted || !/^\d{1,10}$/.test(given.text))
    return wrong(parameter.name, `<${parameter.name}> of AT${command.name} is a number`, expected, given.text)
  const value = Number(given.text)
  if (rangesOf(parameter, profile).some(([from, to]) => value >= from && value <= to)) return value
  return {
    ...wrong(parameter.name, `<${parameter.name}> of AT${command.name} is out of range`, expected, given.text),
    error: parameter.beyond ?? null
  }
}

function checkText(
  command: CommandDeclaration,
  parameter: ParameterDeclaration & { kind: 'text' },
  given: RawArgument
): string | CommandFailure {
  // Spaces outside quotes are ignored (at-reference 1).
  const text = given.quoted ? given.text : given.text.replaceAll(' ', '')
  if (text.length <= parameter.maxChars) return text
  return wrong(
    parameter.name,
    `<${parameter.name}> of AT${command.name} is too long`,
    `${parameter.maxChars} characters at most`,
    `${text.length}`
  )
}

function describe(parameter: ParameterDeclaration, profile: ModuleProfile): string {
  if (parameter.kind === 'text') return parameter.about
  const taken = rangesOf(parameter, profile).flatMap(([from, to]) =>
    to - from <= 1 ? [...new Set([from, to])].map(String) : [`${from} to ${to}`]
  )
  return `${listText(taken, 'or')}${parameter.unit ? ` (${parameter.unit})` : ''}`
}

/** `name` is `null` when there were more arguments than the command has parameters. */
function wrong(name: string | null, sentence: string, expected: string | null, got: string): CommandFailure {
  return hostFailure(null, `${sentence}.`, {
    expected,
    got,
    rule: 'D-22',
    finding: 'bad-parameter',
    facts: [{ kind: 'parameter', name }]
  })
}
