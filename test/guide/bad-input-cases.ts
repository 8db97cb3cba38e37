import { parametersOf, rangesOf } from '../../src/shared/commands/declaration.ts'
import type {
  CommandDeclaration,
  NumberParameter,
  NumberRange,
  ParameterDeclaration
} from '../../src/shared/commands/declaration.ts'
import type { SettingDeclaration } from '../../src/shared/commands/settings.ts'
import type { ModuleProfile } from '../../src/shared/products/profile.ts'
import { cmeErrors } from '../../src/shared/rules/errors.ts'

/** A command line that must fail, and how. */
export interface BadInput {
  /** The text after `AT`. */
  readonly command: string
  /** What is wrong with it. */
  readonly wrong: string
  /** The response with +CMEE=1. */
  readonly answer: string
}

/** Returns everything that can be wrong with one command, derived from its declaration (D-22). */
export function badInputs(command: CommandDeclaration, profile: ModuleProfile): BadInput[] {
  if (!isExtended(command)) return wrongDigits(command, profile)
  return [...wrongForms(command), ...(command.forms.includes('set') ? wrongArguments(command, profile) : [])]
}

/** The same for the S registers. */
export function badRegisterInputs(registers: readonly SettingDeclaration[]): BadInput[] {
  const bad = (text: string, wrong: string): BadInput => ({ command: text, wrong, answer: plain })
  const unknown = [6, 99, 999].filter((number) => !registers.some((one) => one.name === `S${number}`))
  return [
    ...unknown.flatMap((number) => [
      bad(`S${number}?`, 'a register that is not there'),
      bad(`S${number}=1`, 'a register that is not there')
    ]),
    ...registers.flatMap(({ name, ranges, readOnly }) => [
      bad(`${name}=`, 'no value'),
      bad(`${name}=x`, 'a letter'),
      bad(`${name}=99999999999`, 'of eleven digits'),
      ...beside(ranges).map((value) => bad(`${name}=${value}`, `out of range, ${value}`)),
      ...(readOnly ? [bad(`${name}=${ranges[0]![0]}`, 'a register that cannot be written')] : [])
    ])
  ]
}

export function isExtended({ name }: CommandDeclaration): boolean {
  return /^[+#]/.test(name)
}

const plain = '\r\nERROR\r\n'

/** A basic command has one number, the digits after its name; 0 by default. */
function wrongDigits({ name, parameters }: CommandDeclaration, profile: ModuleProfile): BadInput[] {
  const values = parameters.flatMap((parameter) =>
    parameter.kind === 'number' ? beside(rangesOf(parameter, profile)) : []
  )
  return values.map((value) => ({ command: `${name}${value}`, wrong: `out of range, ${value}`, answer: plain }))
}

function wrongForms({ name, forms, parameters }: CommandDeclaration): BadInput[] {
  const bad = (text: string, wrong: string): BadInput => ({ command: `${name}${text}`, wrong, answer: plain })
  return [
    ...(forms.includes('read') ? [] : [bad('?', 'a read form that is not there')]),
    ...(forms.includes('execute') ? [] : [bad('', 'an execute form that is not there')]),
    ...(forms.includes('set') ? [] : [bad('=1', 'a set form that is not there')]),
    bad('?1', 'something after the read form'),
    // A text may begin with any character.
    ...(parameters[0]?.kind === 'text'
      ? []
      : [bad('=?1', 'something after the test form'), bad('=??', 'a doubled test form')]),
    bad('!', 'a sign that means nothing')
  ]
}

function wrongArguments(command: CommandDeclaration, profile: ModuleProfile): BadInput[] {
  const { name } = command
  const parameters = parametersOf(command, profile)
  const good = parameters.map((parameter) => goodValue(parameter, profile))
  const set = (args: readonly string[], wrong: string, answer = plain): BadInput => ({
    command: `${name}=${args.join(',')}`,
    wrong,
    answer
  })
  const withOne = (index: number, value: string, wrong: string, answer = plain): BadInput =>
    set(good.toSpliced(index, 1, value), `<${parameters[index]!.name}> ${wrong}`, answer)
  return [
    set([...good, '1'], 'one parameter too many'),
    ...parameters.flatMap((parameter, index): BadInput[] => [
      ...(parameter.optional
        ? []
        : [set(good.slice(0, index), `<${parameter.name}> and all after it missing`), withOne(index, '', 'empty')]),
      ...(parameter.kind === 'number'
        ? [
            ...beside(rangesOf(parameter, profile)).map((value) =>
              withOne(index, String(value), `out of range, ${value}`, answerBeyond(parameter))
            ),
            withOne(index, '-1', 'negative'),
            withOne(index, 'x', 'a letter'),
            withOne(index, `"${good[index]}"`, 'in quotes'),
            withOne(index, `${good[index]}.5`, 'with a fraction'),
            withOne(index, '99999999999', 'of eleven digits')
          ]
        : [
            withOne(index, `"${'x'.repeat(parameter.maxChars + 1)}"`, 'one character too long'),
            withOne(index, '"open', 'with its quote left open'),
            withOne(index, 'a"b"', 'with a quote inside')
          ])
    ])
    // A command with optional parameters only accepts an empty list, without an effect.
  ].filter((one) => one.command !== `${name}=` || parameters.some((parameter) => !parameter.optional))
}

function goodValue(parameter: ParameterDeclaration, profile: ModuleProfile): string {
  return parameter.kind === 'number' ? String(rangesOf(parameter, profile)[0]![0]) : '"x"'
}

/** Returns the numbers next to each range that are in none. */
function beside(ranges: readonly NumberRange[]): number[] {
  const inside = (value: number): boolean => ranges.some(([from, to]) => value >= from && value <= to)
  return [...new Set(ranges.flatMap(([from, to]) => [from - 1, to + 1]))].filter(
    (value) => value >= 0 && !inside(value)
  )
}

function answerBeyond({ beyond }: NumberParameter): string {
  return beyond ? `\r\n+CME ERROR: ${cmeErrors[beyond].code}\r\n` : plain
}
